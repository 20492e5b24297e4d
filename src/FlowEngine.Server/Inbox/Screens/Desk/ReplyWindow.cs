using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;

namespace FlowEngine.Server.Inbox.Screens.Desk;

/// <summary>Whether free text may be sent now, and until when. Not every connection has a window; unknown counts as closed.</summary>
public readonly record struct ReplyWindow(bool Applies, DateTimeOffset? Until)
{
    /// <summary>Too close to the end to be sure that the message still arrives inside (race R100).</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    public static ReplyWindow Of(ConversationDetail detail, Connection? connection) =>
        new(connection is null || connection.Capabilities.Window == WindowKind.Sliding, detail.WindowUntil);

    public bool IsOpen(DateTimeOffset now) => !Applies || Until - Margin > now;

    public TimeSpan? Left(DateTimeOffset now) => Applies && Until > now ? Until - now : null;
}
