using System.Text.Json;
using FlowEngine.Workflows.Expressions;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Definitions;

/// <summary>A place in the file while it is compiled: whose node it is, and the JSON path for messages.</summary>
internal sealed record NodeScope(DefinitionBuilder Builder, ActivityNode Node, string Path)
{
    private readonly string start = Path;

    /// <summary>Where inside of the activity it stands: <c>text</c>; the activity's type when it is the activity itself.</summary>
    public string Place => Path.Length > start.Length ? Path[(start.Length + 1)..] : Node.TypeName;

    public NodeScope At(string step) => this with { Path = $"{Path}.{step}" };

    public NodeScope At(string step, int index) => this with { Path = $"{Path}.{step}[{index}]" };

    public void Error(string code, params string[] values) => Builder.Errors.Add(Of(code, values));

    /// <summary>The definition can be read and kept, but not published.</summary>
    public void Unfit(string code, params string[] values) => Builder.Unfit.Add(Of(code, values));

    public void Warn(string code, params string[] values) => Builder.Warnings.Add(Of(code, values));

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

    private DefinitionError Of(string code, string[] values) => new(Path, code, [Node.DisplayName, .. values]);

    public ActivityNode? Child(JsonElement json, string port, int ordinal) => NodeReader.Read(json, Builder, Node, Path, port, ordinal);
}
