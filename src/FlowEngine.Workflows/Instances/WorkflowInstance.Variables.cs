namespace FlowEngine.Workflows.Instances;

public sealed partial class WorkflowInstance
{
    /// <summary>The definition's own variables in their order, with their present values; none once the run's own execution is gone.</summary>
    public IReadOnlyList<(string Id, string Name, object? Value)> DeclaredVariables =>
        Root is null ? [] : [.. Root.OwnVariables.Select(v => (v.Definition.Id, v.Definition.Name, v.Value))];
}
