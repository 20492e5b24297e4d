using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Outbox;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Server.Channels.WebChat;

/// <summary>
/// The way out to a visitor of a website. Our own database is the medium: a released message is there already, so it is accepted at once under
/// its own id. The commit that settles it makes it visible to <see cref="ChatThread"/>, and <see cref="ChatStream"/> tells the open pages.
/// </summary>
public sealed class WebChatChannel : IChannel
{
    public string Kind => "webchat";

    public ValueTask<SendResult> Send(Connection connection, Contact to, Message message, CancellationToken cancel) =>
        ValueTask.FromResult(SendResult.Accepted(ProviderId(message.Id)));

    /// <summary>The name under which the page's acknowledgements speak of a message.</summary>
    public static string ProviderId(Guid message) => message.ToString();
}
