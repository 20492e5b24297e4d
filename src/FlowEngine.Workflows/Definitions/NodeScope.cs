using System.Text.Json;
using FlowEngine.Workflows.Expressions;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Definitions;

/// <summary>A place in the file while it is compiled: whose node it is, and the JSON path for messages.</summary>
internal sealed record NodeScope(DefinitionBuilder Builder, ActivityNode Node, string Path)
{
    private readonly string start = Path;

    /// <summary>For people: <c>input 'text'</c>, or where inside of the activity it stands.</summary>
    public string Place => Path.Length > start.Length ? $"input '{Path[(start.Length + 1)..]}'" : "the activity";

    public NodeScope At(string step) => this with { Path = $"{Path}.{step}" };

    public NodeScope At(string step, int index) => this with { Path = $"{Path}.{step}[{index}]" };

    public void Error(string message) => Builder.Errors.Add(new DefinitionError(Path, $"Activity '{Node.DisplayName}': {message}"));

    /// <summary>The definition can be read and kept, but not published.</summary>
    public void Unfit(string message) => Builder.Unfit.Add(new DefinitionError(Path, $"Activity '{Node.DisplayName}': {message}"));

    public void Warn(string message) => Builder.Warnings.Add(new DefinitionError(Path, $"Activity '{Node.DisplayName}': {message}"));

    /// <summary>A variable by id, from this node outwards.</summary>
    public VariableSlot? FindVariable(string id)
    {
        for (var owner = Node; owner is not null; owner = owner.Parent)
        {
            var index = Array.FindIndex(owner.Variables, v => v.Id == id);
            if (index >= 0) return new VariableSlot(owner, index);
        }

        return null;
    }

    public Expression? Expression(JsonElement? expression, ValueKind kind) => ExpressionReader.Read(expression, kind, this);

    public ActivityNode? Child(JsonElement json, string port, int ordinal) => NodeReader.Read(json, Builder, Node, Path, port, ordinal);
}
