using FlowEngine.Conversations;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>The domain's verbs as a run uses them.</summary>
public sealed partial class ConversationScope
{
    private Decision HandedOff(HandOffEffect effect) =>
        Conversation.HandOff(InstanceId, effect.Target, effect.Mode, effect.Reason, effect.Summary, Staff, Now);

    private Decision Finalized(FinalizeEffect effect) => Conversation.FinalizeByFlow(InstanceId, effect.Reason, Now);
}
