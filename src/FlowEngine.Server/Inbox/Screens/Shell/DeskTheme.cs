using MudBlazor;

namespace FlowEngine.Server.Inbox.Screens.Shell;

/// <summary>Colours and sizes of the library's own parts; list and thread take theirs from the same palette by CSS variables.</summary>
public static class DeskTheme
{
    private static readonly string[] Font = ["Inter", "Segoe UI", "system-ui", "Roboto", "Noto Sans", "Helvetica Neue", "Arial", "sans-serif"];

    public static readonly MudTheme Theme = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b7265", PrimaryContrastText = "#ffffff", Secondary = "#4a4fc4", Info = "#1f6fb2", Success = "#1c7a43",
            Warning = "#9a5b00", Error = "#c02b34", Background = "#f3f5f7", Surface = "#ffffff", AppbarBackground = "#ffffff",
            AppbarText = "#16212b", DrawerBackground = "#ffffff", TextPrimary = "#16212b", TextSecondary = "#51606d",
            ActionDefault = "#51606d", LinesDefault = "#dfe4e9", LinesInputs = "#9aa7b3", TableLines = "#e6eaee", Divider = "#e3e8ec",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#3fd0b8", PrimaryContrastText = "#04231e", Secondary = "#a5abff", Info = "#7dbcf0", Success = "#5fd38d",
            Warning = "#f3b759", WarningContrastText = "#2b1c00", Error = "#ff8a8a", ErrorContrastText = "#3a0507",
            SuccessContrastText = "#03240f", InfoContrastText = "#04203a", Background = "#10161b", Surface = "#182027",
            AppbarBackground = "#182027", AppbarText = "#e7edf2", DrawerBackground = "#182027", TextPrimary = "#e7edf2",
            TextSecondary = "#a9b6c2", ActionDefault = "#a9b6c2", LinesDefault = "#2a353f", LinesInputs = "#5d6b78",
            TableLines = "#2a353f", Divider = "#2a353f", OverlayDark = "rgba(4,8,12,.6)",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Font, FontSize = ".84rem", LineHeight = "1.45" },
            Body1 = new Body1Typography { FontSize = ".84rem", LineHeight = "1.45" },
            Body2 = new Body2Typography { FontSize = ".8rem", LineHeight = "1.4" },
            Button = new ButtonTypography { FontSize = ".82rem", FontWeight = "600", TextTransform = "none", LetterSpacing = "0" },
            H6 = new H6Typography { FontSize = "1rem", FontWeight = "650", LetterSpacing = "0" },
        },
    };
}
