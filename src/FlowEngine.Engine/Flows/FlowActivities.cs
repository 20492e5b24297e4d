using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Workflows.Activities;

namespace FlowEngine.Engine.Flows;

/// <summary>
/// The activities that a flow may use here: those of the runtime whose effects the engine carries out, and the conversation's own. Another
/// one stays in the file untouched and faults where it is reached, naming its type.
/// </summary>
public static class FlowActivities
{
    /// <summary>The runtime knows them; the engine does not carry out yet what they want.</summary>
    private static readonly HashSet<string> NotCarriedOut = new(StringComparer.Ordinal)
    {
        "Elsa.HttpEndpoint", "Elsa.WriteHttpResponse", "Elsa.SendHttpRequest", "Elsa.FlowSendHttpRequest",
    };

    public static ActivityCatalog Catalog { get; } = new([.. BuiltIn.All.Where(a => !NotCarriedOut.Contains(a.Descriptor.TypeName)), .. ConversationActivity.All]);
}
