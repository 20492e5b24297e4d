using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Workflows.Activities;

/// <summary>An activity that works out something from its own JSON when a definition is compiled.</summary>
internal interface ICompiledActivity
{
    object? Compile(NodeScope scope);
}
