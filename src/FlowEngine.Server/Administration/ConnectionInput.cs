using System.Globalization;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Errors;

namespace FlowEngine.Server.Administration;

/// <summary>What an administrator writes of a connection. A secret that is null stays as it is.</summary>
public sealed record ConnectionInput
{
    public string? Key { get; init; }

    public string? Name { get; init; }

    /// <summary>whatsapp, webchat or api; cannot change later.</summary>
    public string? Kind { get; init; }

    public string? Flow { get; init; }

    public string? Department { get; init; }

    public string? PhoneNumberId { get; init; }

    public string? BusinessAccountId { get; init; }

    public string? AccessToken { get; init; }

    public string? AppSecret { get; init; }

    public string? VerifyToken { get; init; }

    public string? GraphBaseUrl { get; init; }

    public string? GraphVersion { get; init; }

    public bool EchoTakesOver { get; init; } = true;

    public IReadOnlyList<string>? EscapeWords { get; init; }

    /// <summary>Name of the API key (role automation) that new leads are given to at once; null for none.</summary>
    public string? Automation { get; init; }

    /// <summary>Outside automations may claim from a running flow.</summary>
    public bool AutomationTakesFlows { get; init; }

    /// <summary>Outside automations may claim from a queue.</summary>
    public bool AutomationTakesQueues { get; init; }

    public bool Active { get; init; } = true;

    /// <summary>For webchat; null stays as it is.</summary>
    public ChatLook? WebChat { get; init; }
}

/// <summary>A connection as screens and the API show it: of each secret only that it is there, and its last four characters.</summary>
public sealed record ConnectionView(
    string Key, string Name, string Kind, string? Flow, string? Department, string? PhoneNumberId, string? BusinessAccountId, string? AccessToken, string? AppSecret,
    string? VerifyToken, string GraphBaseUrl, string GraphVersion, bool EchoTakesOver, IReadOnlyList<string>? EscapeWords,
    string? Automation, bool AutomationTakesFlows, bool AutomationTakesQueues, bool Active, ChatLook? WebChat)
{
    private const int ShortestShown = 12;

    /// <summary>Why nothing leaves through it; null while it works.</summary>
    public PauseView? Paused { get; init; }

    public static ConnectionView Of(Connection c) => new(
        c.Key, c.Name, c.Kind, c.Flow, c.Department, c.PhoneNumberId, c.BusinessAccountId, LastFour(c.AccessToken), LastFour(c.AppSecret), LastFour(c.VerifyToken),
        c.GraphBaseUrl, c.GraphVersion, c.EchoTakesOver, c.EscapeWords,
        c.Automation, c.AutomationTakesFlows, c.AutomationTakesQueues, c.Active, c.WebChat);

    /// <summary>Of a short secret four characters would be a good part, so that it shows none.</summary>
    private static string? LastFour(string? secret) => secret switch
    {
        null or "" => null,
        { Length: < ShortestShown } => "…",
        _ => "…" + secret[^4..],
    };
}

/// <summary>The one open incident of a paused connection, with its cure in the reader's language.</summary>
public sealed record PauseView(Guid IncidentId, string Category, string Code, string Cause, string? Evidence, string Cure, DateTimeOffset Since)
{
    public static PauseView Of(ConnectionPause pause) => new(
        pause.IncidentId, pause.Category, pause.Code, pause.Message, pause.Evidence,
        ErrorCatalog.Default.CureOf(pause.Code, pause.Category).In(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName), pause.Since);
}
