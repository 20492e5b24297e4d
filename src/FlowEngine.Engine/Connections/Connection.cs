namespace FlowEngine.Engine.Connections;

/// <summary>A business number or chat as the engine uses it. Secrets are in clear here only in memory; they are encrypted at rest and never logged.</summary>
public sealed record Connection
{
    /// <summary>Slug; part of the webhook's address.</summary>
    public required string Key { get; init; }

    public required string Name { get; init; }

    /// <summary>whatsapp, webchat, api.</summary>
    public required string Kind { get; init; }

    /// <summary>Definition id of the flow that takes new leads; null lets keyword and first-message triggers decide.</summary>
    public string? Flow { get; init; }

    /// <summary>Department of leads that no flow routes.</summary>
    public string? Department { get; init; }

    public string? PhoneNumberId { get; init; }

    public string? BusinessAccountId { get; init; }

    public string? AccessToken { get; init; }

    public string? AppSecret { get; init; }

    public string? VerifyToken { get; init; }

    public string GraphBaseUrl { get; init; } = "https://graph.facebook.com";

    public string GraphVersion { get; init; } = "v24.0";

    /// <summary>Whether an answer from the business phone is a human act (default) or ignored.</summary>
    public bool EchoTakesOver { get; init; } = true;

    /// <summary>Words by which a lead asks for a person; null means the built-in ones of es, pt and en.</summary>
    public IReadOnlyList<string>? EscapeWords { get; init; }

    /// <summary>Name of the API key of an outside automation that new leads are given to at once, instead of a flow.</summary>
    public string? Automation { get; init; }

    /// <summary>Whether an outside automation may claim a conversation from a running flow (which is parked then), and from a queue (race R12).</summary>
    public bool AutomationTakesFlows { get; init; }

    public bool AutomationTakesQueues { get; init; }

    public bool Active { get; init; } = true;

    /// <summary>For a chat on websites; null is how it looks without any setting.</summary>
    public ChatLook? WebChat { get; init; }

    public ChannelCapabilities Capabilities => ChannelCapabilities.Of(Kind);

    public override string ToString() => $"connection {Key}";
}
