using FlowEngine.Conversations;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FlowEngine.Server.Inbox.Screens.Wording;

/// <summary>Small pictures drawn without a component each: lists and threads hold hundreds of them.</summary>
public static class Glyph
{
    public static RenderFragment Draw(string icon, string css = "fe-glyph") => builder =>
    {
        builder.OpenElement(0, "svg");
        builder.AddAttribute(1, "class", css);
        builder.AddAttribute(2, "viewBox", "0 0 24 24");
        builder.AddAttribute(3, "fill", "currentColor");
        builder.AddAttribute(4, "aria-hidden", "true");
        builder.AddMarkupContent(5, icon);
        builder.CloseElement();
    };

    public static string Of(OwnerKind owner) => owner switch
    {
        OwnerKind.Flow => Icons.Material.Outlined.SmartToy,
        OwnerKind.Queue => Icons.Material.Outlined.Groups,
        OwnerKind.Agent => Icons.Material.Outlined.Person,
        OwnerKind.PersonOutside => Icons.Material.Outlined.Smartphone,
        OwnerKind.OtherApp => Icons.Material.Outlined.Extension,
        _ => Icons.Material.Outlined.RadioButtonUnchecked,
    };

    public static string Of(AuthorKind author) => author switch
    {
        AuthorKind.Flow => Icons.Material.Outlined.SmartToy,
        AuthorKind.Ai => Icons.Material.Outlined.AutoAwesome,
        AuthorKind.PersonOutside => Icons.Material.Outlined.Smartphone,
        AuthorKind.OtherApp => Icons.Material.Outlined.Extension,
        AuthorKind.System => Icons.Material.Outlined.Settings,
        _ => Icons.Material.Outlined.Person,
    };

    public static string OfKind(string kind) => kind switch
    {
        "image" => Icons.Material.Outlined.Image,
        "video" => Icons.Material.Outlined.Videocam,
        "audio" => Icons.Material.Outlined.Mic,
        "document" => Icons.Material.Outlined.Description,
        "sticker" => Icons.Material.Outlined.EmojiEmotions,
        "location" => Icons.Material.Outlined.Place,
        "contacts" => Icons.Material.Outlined.ContactPage,
        "reaction" => Icons.Material.Outlined.AddReaction,
        "order" => Icons.Material.Outlined.ShoppingCart,
        "template" => Icons.Material.Outlined.Article,
        _ => Icons.Material.Outlined.HelpOutline,
    };

    public static string OfStory(string kind) => kind switch
    {
        "claimed" => Icons.Material.Outlined.PanTool,
        "handedOff" or "transferred" or "overflowed" or "agentGone" => Icons.Material.Outlined.MoveDown,
        "released" or "flowStarted" => Icons.Material.Outlined.SmartToy,
        "finalized" => Icons.Material.Outlined.CheckCircle,
        "noAnswerNeeded" => Icons.Material.Outlined.DoneAll,
        "reopened" => Icons.Material.Outlined.Replay,
        "slaBreached" => Icons.Material.Outlined.Alarm,
        "windowClosing" or "windowClosed" => Icons.Material.Outlined.HourglassBottom,
        "fault" => Icons.Material.Outlined.ErrorOutline,
        "problemResolved" => Icons.Material.Outlined.Healing,
        _ => Icons.Material.Outlined.Circle,
    };
}
