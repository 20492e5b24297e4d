using FlowEngine.Conversations;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>The domain's verbs as a run uses them.</summary>
public sealed partial class ConversationScope
{
    private Decision HandedOff(HandOffEffect effect)
    {
        if (!Conversation.Owner.IsFlow(InstanceId))
        {
            return NotOwner();
        }

        var target = effect.Target;
        var owner = target.Agent is { } agent ? Owner.Agent(agent, Staff.Agents.GetValueOrDefault(agent)?.Name ?? "")
            : Owner.Queue(target.Department ?? "", Staff.Departments.GetValueOrDefault(target.Department ?? "")?.Name ?? "");
        var next = Conversation with
        {
            Owner = owner,
            Epoch = Conversation.Epoch + 1,
            Stage = effect.Mode == HandOffMode.Open ? Stage.Engaged : Stage.Awaiting,
            Department = target.Department ?? Conversation.Department,
        };
        return new Decision(next, [], null);
    }

    private Decision Finalized(FinalizeEffect effect) => Conversation.Owner.IsFlow(InstanceId)
        ? new Decision(Conversation with { Lifecycle = Lifecycle.Finished, Epoch = Conversation.Epoch + 1, FinishReason = effect.Reason, FinishedAt = Now }, [], null)
        : NotOwner();

    private Decision NotOwner() => Decision.Refused(
        Conversation, new Refusal(RefusalKind.Conflict, "ownedByOther", "This run does not own the conversation any more.", Conversation.Owner, Conversation.Epoch));
}
