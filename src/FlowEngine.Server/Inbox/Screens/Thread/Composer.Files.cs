using System.Globalization;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Media;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;

namespace FlowEngine.Server.Inbox.Screens.Thread;

/// <summary>Files for the next message: chosen, kept, and sent with the words as the caption of the first.</summary>
public sealed partial class Composer
{
    private const int MostAtOnce = 10;

    private readonly List<KeptFile> files = [];
    private Guid filesOf;
    private int input;
    private int taking;

    [Inject] private KeepFile Files { get; set; } = default!;

    [Inject] private ISnackbar Snackbar { get; set; } = default!;

    /// <summary>What was chosen for one lead never goes to another.</summary>
    protected override void OnParametersSet()
    {
        if (filesOf != Detail.Row.Id)
        {
            filesOf = Detail.Row.Id;
            files.Clear();
        }
    }

    private async Task Attach(InputFileChangeEventArgs chosen)
    {
        var conversation = filesOf;
        taking++;
        try
        {
            foreach (var file in chosen.GetMultipleFiles(MostAtOnce))
            {
                if (await Take(file) is { } kept && conversation == filesOf)
                {
                    files.Add(kept);
                }

                StateHasChanged();
            }
        }
        catch (InvalidOperationException)
        {
            Snackbar.Add(Words["Composer_TooMany", MostAtOnce], Severity.Warning);
        }
        finally
        {
            taking--;
            input++; // the same file may be chosen again
        }
    }

    private async Task<KeptFile?> Take(IBrowserFile file)
    {
        try
        {
            if (file.Size <= Files.MaxBytes)
            {
                await using var bytes = file.OpenReadStream(Files.MaxBytes);
                if (await Files.Keep(bytes, file.ContentType, file.Name, CancellationToken.None) is { } kept)
                {
                    return kept;
                }
            }

            Snackbar.Add(Words[file.Size == 0 ? "Composer_EmptyFile" : "Composer_TooLarge", file.Name, SizeOf(Files.MaxBytes)], Severity.Warning);
        }
        catch (IOException)
        {
            Snackbar.Add(Words["Composer_FileBroke", file.Name], Severity.Warning);
        }

        return null;
    }

    /// <summary>What is sent now is chosen no longer: a second click does not send it twice.</summary>
    private List<KeptFile> TakeFiles()
    {
        List<KeptFile> taken = [.. files];
        files.Clear();
        return taken;
    }

    /// <summary>Answers the words that are still to be said: none where the first file took them along. What was refused, and what would have followed it, is chosen again.</summary>
    private async Task<string> SendFiles(List<KeptFile> chosen, string words)
    {
        var left = words;
        for (var i = 0; i < chosen.Count; i++)
        {
            // Sound carries no caption.
            var caption = chosen[i].Kind == "audio" ? "" : left;
            if (await Say(chosen[i].Say(caption)) is null or CommandStatus.Refused)
            {
                files.InsertRange(0, chosen[i..]);
                return left;
            }

            left = caption.Length > 0 ? "" : left;
        }

        return left;
    }

    private static string SizeOf(long bytes) => bytes < 1024 * 1024
        ? string.Create(CultureInfo.CurrentCulture, $"{Math.Max(1, bytes / 1024)} kB")
        : string.Create(CultureInfo.CurrentCulture, $"{bytes / (1024.0 * 1024):0.#} MB");
}
