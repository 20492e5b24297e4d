using System.Text.Encodings.Web;
using System.Text.Json;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Engine.Turns;

/// <summary>How stores write and read events and outcomes: <see cref="TurnJson"/>, with text as people wrote it.</summary>
public static class TurnText
{
    private static readonly TurnJson Types = new(new JsonSerializerOptions(TurnJson.Default.Options)
    {
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static byte[] Write(MailboxEvent value) => JsonSerializer.SerializeToUtf8Bytes(value, Types.MailboxEvent);

    public static string Write(CommandOutcome value) => JsonSerializer.Serialize(value, Types.CommandOutcome);

    public static string Write(RunOutcome value) => JsonSerializer.Serialize(value, Types.RunOutcome);

    public static RunOutcome ReadRunOutcome(string json) => JsonSerializer.Deserialize(json, Types.RunOutcome)!;

    public static MailboxEvent ReadEvent(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Types.MailboxEvent)!;

    public static CommandOutcome ReadOutcome(string json) => JsonSerializer.Deserialize(json, Types.CommandOutcome)!;

    /// <summary>The word for an event's kind, as in its JSON.</summary>
    public static string KindOf(MailboxEvent value) => value switch
    {
        LeadMessage => "leadMessage",
        LeadCreated => "leadCreated",
        StatusUpdate => "status",
        PhoneEcho => "echo",
        CommandEvent => "command",
        StimulusEvent => "stimulus",
        DeadlineReached => "deadline",
        TaskCompleted => "taskCompleted",
        ConnectionRestored => "connectionRestored",
        RunStarted => "runStarted",
        RunAltered => "runAltered",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, "an event of an unknown kind"),
    };
}
