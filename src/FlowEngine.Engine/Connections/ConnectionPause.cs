namespace FlowEngine.Engine.Connections;

/// <summary>
/// Why nothing leaves through a connection now: a rejected token, a locked account, an outage beyond its budget. One open incident for all
/// its conversations, with one cure.
/// </summary>
/// <param name="Code">Of the error catalogue, where cause and cure stand.</param>
/// <param name="Message">What the provider said.</param>
public sealed record ConnectionPause(Guid IncidentId, string Connection, string Category, string Code, string Message, string? Evidence, DateTimeOffset Since);
