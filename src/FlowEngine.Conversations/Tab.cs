namespace FlowEngine.Conversations;

public enum Tab { NotStarted = 0, Waiting = 1, Open = 2, Automated = 3, Finished = 4, Error = 5 }

/// <summary>
/// Why is this lead in this tab? A total function of the state, first match wins (ownership.md section 2a). The databases hold the
/// same expression as a generated column; a property test equates the two.
/// </summary>
public static class Tabs
{
    public static Tab Of(Conversation c) => c switch
    {
        { Lifecycle: Lifecycle.Finished } => Tab.Finished,
        { HasBlockingProblem: true } => Tab.Error,
        { Stage: Stage.Engaged } => Tab.Open,
        { Stage: Stage.Awaiting } => Tab.Waiting,
        { Owner.Kind: OwnerKind.Flow or OwnerKind.OtherApp } => Tab.Automated,
        { LeadWrote: true } => Tab.Waiting,
        { AutomationWrote: true } => Tab.Automated,
        _ => Tab.NotStarted,
    };
}
