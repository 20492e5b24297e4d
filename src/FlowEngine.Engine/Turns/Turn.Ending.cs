using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Engine.Turns;

public sealed partial class Turn
{
    /// <summary>
    /// Ends the conversation's run by a person's word. A lead who wrote goes to people, as after a flow that ended without saying what should
    /// become of him; a run that a problem had parked takes its problem along.
    /// </summary>
    private Refusal? End(EndRun asked, Actor actor)
    {
        if (conversation.RefuseRepair(actor, load.Staff) is { } refused)
        {
            return refused;
        }

        if (conversation.FlowInstance != asked.Instance)
        {
            return No(RefusalKind.Conflict, "runEnded", "The run has ended, or the conversation has another one.");
        }

        if (conversation.Problems.FirstOrDefault(p => p.Execution is not null) is { } problem)
        {
            return Dismissed(new DismissProblem(problem.IncidentId, asked.Reason), actor);
        }

        Cancel(asked.Instance, asked.Reason);
        return Answer(conversation.EndFlow(asked.Instance, Disposition.Default, now, tools.Ids.Next(), load.Staff));
    }
}
