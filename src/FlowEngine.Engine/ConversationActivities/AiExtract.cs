using FlowEngine.Conversations;
using FlowEngine.Engine.Ai;
using FlowEngine.Engine.ConversationActivities.Answers;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>Reads fields out of what the lead wrote by a language model: only what the lead said, checked by type; the rest stays empty.</summary>
public sealed class AiExtract : AiActivity
{
    private const string Done = "Done";

    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "FlowEngine.AiExtract",
        Category = Editors.Category,
        DisplayName = "AI extract",
        Description = "Reads fields out of what the lead wrote; what the lead did not say, or what does not fit the field's type, stays as it was. Failed hands off to people with the reason when it is not connected.",
        Inputs =
        [
            Editors.Lines("Fields", "Fields", "One a line: name | text, number, email, phone or date | what it means."),
            Editors.Text("Text", "Text", "What is read; empty takes everything that the lead wrote in this episode."),
            Editors.Text("Instructions", "Instructions", "What the model should know about the fields."),
            Editors.Flag("SaveFields", "Save in the lead", "Keeps each value in the field of the lead with its name.", initial: true),
            .. Fallback,
            Editors.WhenUnknown,
        ],
        Outputs = [new OutputDescriptor("Result", "Object", "Values", "The values by the names of their fields; only those that were found."), .. Explained],
        Outcomes = [Done, NotSure, Failed],
    };

    protected override ActivityResult Execute(ActivityContext context, ConversationScope scope) => Again(context, scope);

    protected override ActivityResult Again(ActivityContext context, ConversationScope scope)
    {
        var fields = ReadFields(context.Input<string>("Fields"));
        if (!fields.IsRead)
        {
            return BadInput("Fields", fields.Error);
        }

        return Ask(context, scope, new AiJob
        {
            Purpose = AiPurpose.Extract,
            Instructions = context.Input<string>("Instructions")?.Trim() ?? "",
            Text = context.Input<string>("Text") is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null,
            Messages = 50,
            Fields = fields.Value,
        });
    }

    protected override ActivityResult Finish(ActivityContext context, ConversationScope scope, AiResult result)
    {
        var types = ReadFields(context.Input<string>("Fields"));
        var found = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in types.IsRead ? types.Value : [])
        {
            if (result.Values.TryGetValue(field.Name, out var value) && Typed(field, value, scope) is { } answer)
            {
                found[field.Name] = answer.Value;
                if (context.Input<bool>("SaveFields"))
                {
                    scope.SetField(field.Name, answer.Saved, context.ActivityId);
                }
            }
        }

        context.SetOutput("Result", found);
        return ActivityResult.Outcome(Done);
    }

    private static Answer? Typed(AiField field, string value, ConversationScope scope)
    {
        var region = PhoneAnswer.RegionOf(scope.Contact.Phone ?? scope.Contact.WaId) ?? "ES";
        return new Question(Enum.Parse<AnswerType>(field.Type, ignoreCase: true), [], region, scope.Today).Read(MessageContent.OfText(value));
    }

    private static Reading<IReadOnlyList<AiField>> ReadFields(string? lines)
    {
        var fields = new List<AiField>();
        foreach (var line in (lines ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split('|', StringSplitOptions.TrimEntries);
            var type = parts.Length > 1 && parts[1].Length > 0 ? parts[1].ToLowerInvariant() : "text";
            if (type is not ("text" or "number" or "email" or "phone" or "date"))
            {
                return Reading.Bad<IReadOnlyList<AiField>>($"'{type}' is no type; use text, number, email, phone or date");
            }

            fields.Add(new AiField(parts[0], type, parts.Length > 2 ? parts[2] : parts[0]));
        }

        return fields.Count == 0 || fields.Exists(f => f.Name.Length == 0)
            ? Reading.Bad<IReadOnlyList<AiField>>("name at least one field")
            : Reading.Of<IReadOnlyList<AiField>>(fields);
    }
}
