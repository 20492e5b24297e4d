using FlowEngine.Conversations;
using FlowEngine.Workflows.Expressions;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>
/// What texts and scripts may read: <c>lead</c> (its fields and name), <c>contact</c>, <c>conversation</c> and <c>message</c>. Made when
/// something asks, and made anew only after the conversation changed.
/// </summary>
public sealed partial class ConversationScope : IExpressionScope
{
    private Dictionary<string, object?>? values;
    private Conversation? valuesOf;

    IReadOnlyDictionary<string, object?> IExpressionScope.Values
    {
        get
        {
            if (values is null || !ReferenceEquals(valuesOf, Conversation))
            {
                valuesOf = Conversation;
                values = new(StringComparer.Ordinal) { ["lead"] = Lead(), ["contact"] = ContactValues(), ["conversation"] = ConversationValues(), ["message"] = MessageValues() };
            }

            return values;
        }
    }

    private Dictionary<string, object?> Lead()
    {
        var lead = new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = Contact.Name ?? "" };
        foreach (var (name, value) in Conversation.Fields)
        {
            lead[name] = value;
        }

        return lead;
    }

    private Dictionary<string, object?> ContactValues() => new(StringComparer.Ordinal)
    {
        ["name"] = Contact.Name ?? "",
        ["phone"] = Contact.Phone ?? "",
        ["optedOut"] = Contact.OptedOut,
    };

    private Dictionary<string, object?> ConversationValues() => new(StringComparer.Ordinal)
    {
        ["id"] = Conversation.Id.ToString(),
        ["department"] = Conversation.Department ?? "",
        ["labels"] = Conversation.Labels.ToList<object?>(),
        ["episode"] = (long)Conversation.Episode,
        ["source"] = Conversation.Source,
        ["connection"] = Conversation.Connection,
        ["windowOpen"] = WindowIsOpen,
    };

    private Dictionary<string, object?> MessageValues() => new(StringComparer.Ordinal)
    {
        ["text"] = Message?.Content.Text ?? "",
        ["kind"] = Message?.Content.Kind ?? "",
        ["choiceId"] = Message?.Content.ChoiceId ?? "",
    };
}
