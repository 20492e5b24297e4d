using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Engine.Outbox;

/// <summary>The way out to a lead: WhatsApp, web chat. One call is one attempt; it never repeats by itself.</summary>
public interface IChannel
{
    /// <summary>Connection kind that it serves: whatsapp, webchat, api.</summary>
    string Kind { get; }

    /// <summary>Sends; answers what is known of the outcome, also when the answer was lost. Never throws for what a provider does.</summary>
    ValueTask<SendResult> Send(Connection connection, Contact to, Message message, CancellationToken cancel);
}

public enum SendOutcome
{
    /// <summary>The provider took it and named it.</summary>
    Accepted,

    /// <summary>The provider refused it for a reason; it did not leave.</summary>
    Rejected,

    /// <summary>The request may or may not have been taken.</summary>
    Unknown,
}

/// <param name="RetryAfter">How long to wait before the next attempt by the error's class; null when it must not be repeated.</param>
/// <param name="PausesConnection">The cause concerns the whole connection (token, account), not this message.</param>
public sealed record SendResult(SendOutcome Outcome, string? ProviderId = null, SendError? Error = null, TimeSpan? RetryAfter = null, bool PausesConnection = false)
{
    public static SendResult Accepted(string providerId) => new(SendOutcome.Accepted, providerId);

    public static SendResult Rejected(SendError error, TimeSpan? retryAfter = null, bool pausesConnection = false) => new(SendOutcome.Rejected, null, error, retryAfter, pausesConnection);

    public static SendResult Unknown(SendError error) => new(SendOutcome.Unknown, null, error);
}
