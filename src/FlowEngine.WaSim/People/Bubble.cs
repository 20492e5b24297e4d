using System.Text.Json;

namespace FlowEngine.WaSim.People;

/// <summary>One message as the person's phone shows it.</summary>
/// <param name="Id">The provider's message id.</param>
/// <param name="Mine">Whether the person wrote it.</param>
/// <param name="Type">text, interactive, template, image and so on, as on the wire.</param>
/// <param name="Text">Words to show, for templates with their variables filled in.</param>
/// <param name="Body">The object that the wire names after the type.</param>
/// <param name="Opaque">What the business sent along to recognise it: the same twice means that the person saw it twice.</param>
/// <param name="Status">waiting, sent, delivered, read, failed.</param>
public sealed record Bubble(
    string Id, string Person, bool Mine, DateTimeOffset At, string Type, string? Text, JsonElement? Body, string? Opaque, string Status)
{
    /// <summary>Id of the message it answers.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The provider's error code of a failed one.</summary>
    public int? Error { get; init; }
}
