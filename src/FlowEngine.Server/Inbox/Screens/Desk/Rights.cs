using FlowEngine.Conversations;

namespace FlowEngine.Server.Inbox.Screens.Desk;

/// <summary>
/// Which buttons make sense for this person now (ownership.md section 3). Only a courtesy of the screen: the turn decides again with
/// the state and the rights of its commit.
/// </summary>
public sealed record Rights(bool Claim, bool Steer, bool Waive, bool Reopen, bool Write, bool Intervenes, bool ReplyClaims)
{
    public static Rights Of(ConversationDetail detail, Me me)
    {
        var owner = detail.Row.Owner;
        var finished = detail.Lifecycle == Lifecycle.Finished;
        var mine = owner.IsAgent(me.Id);
        var others = owner.Kind == OwnerKind.Agent && !mine;
        return new Rights(
            Claim: !finished && !mine && (!others || me.Leads),
            Steer: !finished && (mine || me.Leads),
            Waive: !finished && (mine || me.Leads) && detail is { Stage: Stage.Engaged, Row.HumanWaitSince: not null },
            Reopen: finished,
            Write: !finished && (!others || me.Leads),
            Intervenes: others && me.Leads,
            ReplyClaims: !finished && !mine && !others);
    }
}
