using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace FlowEngine.Server.Inbox.Screens.Wording;

/// <summary>What somebody wrote, with its web addresses to be followed. They lead away: into a tab of their own that knows nothing of this desk.</summary>
public static partial class Links
{
    public static RenderFragment Draw(string text) => builder =>
    {
        var at = 0;
        foreach (Match address in Address().Matches(text))
        {
            builder.AddContent(0, text[at..address.Index]);
            builder.OpenElement(1, "a");
            builder.AddAttribute(2, "href", address.Value);
            builder.AddAttribute(3, "target", "_blank");
            builder.AddAttribute(4, "rel", "noopener noreferrer nofollow");
            builder.AddContent(5, address.Value);
            builder.CloseElement();
            at = address.Index + address.Length;
        }

        builder.AddContent(6, text[at..]);
    };

    /// <summary>An address ends before the punctuation of the sentence that it stands in.</summary>
    [GeneratedRegex("""\bhttps?://[^\s<>"]*[^\s<>".,;:!?)\]}'»…]""", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
