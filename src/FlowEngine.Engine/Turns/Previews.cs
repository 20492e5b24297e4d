using FlowEngine.Conversations;

namespace FlowEngine.Engine.Turns;

/// <summary>The first characters of a message, for lists; never cut inside a grapheme.</summary>
public static class Previews
{
    private const int Length = 120;

    public static string Of(MessageContent content)
    {
        // A picture's name says nothing that its kind does not say better.
        var text = content.Text ?? content.Template?.Name ?? (content.Kind == "document" ? content.Media?.FileName : null);
        if (string.IsNullOrWhiteSpace(text))
        {
            return $"[{content.Kind}]";
        }

        var line = text.ReplaceLineEndings(" ").Trim();
        if (line.Length <= Length)
        {
            return line;
        }

        var end = 0;
        while (end < line.Length)
        {
            var next = end + System.Globalization.StringInfo.GetNextTextElementLength(line.AsSpan(end));
            if (next > Length)
            {
                break;
            }

            end = next;
        }

        return line[..end] + "…";
    }
}
