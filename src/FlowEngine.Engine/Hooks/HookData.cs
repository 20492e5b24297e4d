using System.Text.Json;
using FlowEngine.Conversations;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Engine.Hooks;

/// <summary>The <c>data</c> of each type of outgoing webhook.</summary>
internal static class HookData
{
    private static readonly JsonNamingPolicy Camel = JsonNamingPolicy.CamelCase;
    private static readonly string[] TabWords = Words<Tab>();
    private static readonly string[] OwnerKinds = Words<OwnerKind>();
    private static readonly string[] ActorKinds = Words<ActorKind>();
    private static readonly string[] Authors = Words<AuthorKind>();
    private static readonly string[] States = Words<MessageState>();

    public static string Word(Tab tab) => TabWords[(int)tab];

    public static void Owner(Utf8JsonWriter json, Owner owner)
    {
        json.WriteStartObject();
        json.WriteString("kind", OwnerKinds[(int)owner.Kind]);
        json.WriteString("id", owner.Id);
        json.WriteString("name", owner.Name);
        json.WriteEndObject();
    }

    /// <summary>Who did it, from which owner to which, why; and the entry's own facts (department, mode, reason, summary …).</summary>
    public static void History(Utf8JsonWriter json, HistoryEntry entry)
    {
        json.WriteStartObject();
        json.WriteStartObject("by");
        json.WriteString("kind", ActorKinds[(int)entry.Actor.Kind]);
        json.WriteString("id", entry.Actor.Id);
        json.WriteString("name", entry.Actor.Name);
        json.WriteEndObject();
        json.WritePropertyName("from");
        Owner(json, entry.From);
        json.WritePropertyName("to");
        Owner(json, entry.To);
        json.WriteString("cause", entry.Cause);
        json.WriteNumber("epoch", entry.Epoch);
        foreach (var (name, value) in entry.Data ?? EmptyData)
        {
            if (name is not ("by" or "from" or "to" or "cause" or "epoch"))
            {
                json.WriteString(name, value);
            }
        }

        json.WriteEndObject();
    }

    public static void Tabs(Utf8JsonWriter json, (Tab From, Tab To, string? Cause) change)
    {
        json.WriteStartObject();
        json.WriteString("from", Word(change.From));
        json.WriteString("to", Word(change.To));
        json.WriteString("cause", change.Cause);
        json.WriteEndObject();
    }

    public static void Message(Utf8JsonWriter json, Message message)
    {
        json.WriteStartObject();
        json.WriteString("messageId", message.Id);
        json.WriteNumber("order", message.Order);
        json.WriteString("providerId", message.ProviderId);
        json.WriteString("author", Authors[(int)message.Author]);
        json.WriteString("authorName", message.AuthorName);
        json.WriteString("state", States[(int)message.State]);
        json.WriteString("kind", message.Content.Kind);
        json.WriteString("text", message.Content.Text);
        json.WriteString("choiceId", message.Content.ChoiceId);
        json.WriteString("template", message.Content.Template?.Name);
        json.WriteString("at", message.At.UtcDateTime);
        if (message.Error is { } error)
        {
            json.WriteStartObject("error");
            json.WriteString("code", error.Code);
            json.WriteString("category", error.Category);
            json.WriteString("message", error.Message);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public static void Opened(Utf8JsonWriter json, IncidentRecord incident)
    {
        json.WriteStartObject();
        json.WriteString("incidentId", incident.Id);
        json.WriteString("kind", incident.Kind);
        json.WriteString("category", incident.Category);
        json.WriteString("code", incident.Code);
        json.WriteString("message", incident.Message);
        json.WriteBoolean("blocking", incident.Blocking);
        json.WriteString("activityId", incident.ActivityId);
        WriteId(json, "messageId", incident.MessageId);
        json.WriteEndObject();
    }

    public static void Closed(Utf8JsonWriter json, IncidentClosed incident)
    {
        json.WriteStartObject();
        json.WriteString("incidentId", incident.Id);
        json.WriteString("by", incident.By);
        json.WriteString("how", incident.How);
        json.WriteEndObject();
    }

    private static readonly IReadOnlyDictionary<string, string> EmptyData = new Dictionary<string, string>();

    private static void WriteId(Utf8JsonWriter json, string name, Guid? id)
    {
        if (id is { } known)
        {
            json.WriteString(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>The enum's names as JSON words, by value; each of these enums counts from 0 without gaps.</summary>
    private static string[] Words<T>() where T : struct, Enum => [.. Enum.GetNames<T>().Select(Camel.ConvertName)];
}
