using System.Collections.Immutable;

namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>How long free text is allowed after a lead's message (WhatsApp's customer service window).</summary>
    public static readonly TimeSpan ServiceWindow = TimeSpan.FromHours(24);

    /// <summary>
    /// The lead wrote: never refused, never dropped. Starts the clocks, moves the window forward (a late message never moves it
    /// back), clears window problems, and opens a new episode when the last one was finished. The owner of an active one stays.
    /// When nobody owns it afterwards, look for a flow; if none takes the message, call <see cref="OweAnswer"/> in the same turn.
    /// </summary>
    /// <param name="writtenAt">The provider's time; a time in the future counts as <paramref name="now"/>.</param>
    /// <param name="opensWindow">False for events that the platform does not count as a message of the user.</param>
    /// <param name="staff">With it, the grace gives the conversation back only to a person who still works here.</param>
    public Decision ReceiveLeadMessage(
        DateTimeOffset writtenAt, DateTimeOffset now, bool opensWindow, string preview, ReentryPolicy policy, Staff? staff = null)
    {
        var at = writtenAt < now ? writtenAt : now;
        var reopens = Lifecycle == Lifecycle.Finished;
        var start = reopens ? Reentered(at, policy, staff) : this;
        var window = opensWindow ? Later(WindowUntil, at + ServiceWindow) : WindowUntil;
        var mended = window > now ? start.Without(start.Problems.RemoveAll(p => p.Kind == ProblemKind.Window)) : start;
        var next = mended with
        {
            LeadWrote = true,
            UnansweredSince = start.UnansweredSince ?? at,
            WindowUntil = window,
            WindowNotice = window == start.WindowUntil ? start.WindowNotice : WindowNotice.None,
            Unread = start.Unread + 1,
            Preview = preview,
        };
        next = next.Stage == Stage.None ? next : next.OwingPerson(at);
        string[] kinds = reopens ? ["reopened", "leadWrote"] : LeadWrote ? [] : ["leadWrote"];
        return Change(next, new Act(Actor.Lead, now, kinds) { Cause = kinds.Length == 0 ? "leadWrote" : null, Revokes = reopens });
    }

    /// <summary>A new episode: by the grace with the same person and waiting for an answer, else with nobody, for the triggers.</summary>
    private Conversation Reentered(DateTimeOffset at, ReentryPolicy policy, Staff? staff)
    {
        var fresh = NewEpisode();
        var stillHere = ResponsibleId is { } id && (staff is null || staff.Agents.GetValueOrDefault(id) is { Active: true });
        if (!stillHere || FinishedAt is not { } end || at - end >= policy.Grace)
        {
            return fresh;
        }

        return fresh with
        {
            Owner = Owner.Agent(ResponsibleId!.Value, ResponsibleName ?? ""),
            ResponsibleId = ResponsibleId,
            ResponsibleName = ResponsibleName,
            Stage = Stage.Awaiting,
        };
    }

    private Conversation NewEpisode() => this with
    {
        Lifecycle = Lifecycle.Active,
        Episode = Episode + 1,
        Owner = Owner.Nobody,
        Stage = Stage.None,
        ResponsibleId = null,
        ResponsibleName = null,
        LeadWrote = false,
        AutomationWrote = false,
        UnansweredSince = null,
        HumanWaitSince = null,
        PersonAnswered = false,
        MissedClock = null,
        FlowInstance = null,
        Problems = ImmutableArray<Problem>.Empty,
        FinishedAt = null,
        FinishedBy = null,
        FinishReason = null,
    };
}
