using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Expressions.CSharp;

namespace FlowEngine.Engine.Flows;

/// <summary>
/// The activities that a flow may use here: the runtime's, and the conversation's own. Another one stays in the file untouched and faults
/// where it is reached, naming its type.
/// </summary>
public static class FlowActivities
{
    public static ActivityCatalog Catalog { get; } = new([.. BuiltIn.All, .. ConversationActivity.All]);

    /// <summary>The same with C#, where an administrator trusts it.</summary>
    public static ActivityCatalog Trusting(CompileCSharp compile) => BuiltIn.Trusting(compile, ConversationActivity.All);
}
