using FlowEngine.Conversations;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Media;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>A kept file in a message, as <c>POST /api/media</c> has answered it. As what it is sent follows from its type and size.</summary>
internal sealed record MediaBody(string? Sha256, string? MimeType, string? FileName)
{
    private const int MaxCaption = 1024;

    public MessageContent Say(string? caption, FieldErrors errors)
    {
        errors.Check((caption?.Length ?? 0) <= MaxCaption, "text", $"has at most {MaxCaption} characters under a file");
        return new MessageContent { Kind = MediaKinds.Document, Text = string.IsNullOrWhiteSpace(caption) ? null : caption, Media = new MediaRef(null, MimeType, FileName, Sha256) };
    }

    /// <summary>The content with what is known of the file; errors where it is not here.</summary>
    public static MessageContent Complete(MessageContent content, MediaRef media, KeepFile files, FieldErrors errors)
    {
        var kept = files.Find(media.Sha256, media.MimeType, media.FileName);
        errors.Check(kept is not null, "media.sha256", "is of a file that POST /api/media has kept");
        errors.Check(kept?.Kind != "audio" || content.Text is null, "text", "does not go with sound: send it as a message of its own");
        return kept?.Say(content.Text) ?? content;
    }
}
