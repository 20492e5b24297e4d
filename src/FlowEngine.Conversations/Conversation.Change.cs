namespace FlowEngine.Conversations;

/// <summary>The one door through which every verb leaves: the epoch, the story and the changes of tab are made here and nowhere else.</summary>
public sealed partial record Conversation
{
    /// <summary>What a verb does, for the audit trail.</summary>
    /// <param name="Kinds">Kinds of history entry, in order; none for a change that is only a fact (a clock, a counter).</param>
    private sealed record Act(Actor By, DateTimeOffset At, params string[] Kinds)
    {
        public string? Cause { get; init; }

        public IReadOnlyDictionary<string, string>? Data { get; init; }

        /// <summary>Takes every grant away although the owner may stay (fault, finalize, reopen).</summary>
        public bool Revokes { get; init; }

        /// <summary>Does not move the conversation in lists that are ordered by activity.</summary>
        public bool Quiet { get; init; }
    }

    /// <summary>
    /// Accepts <paramref name="next"/>. The epoch grows exactly when the owner is another party or the act revokes (invariant I2);
    /// every resolved problem and a change of tab get an entry of their own (invariant I19).
    /// </summary>
    private Decision Change(Conversation next, Act act)
    {
        next = next with
        {
            OwnedSince = SameParty(Owner, next.Owner) ? next.OwnedSince : act.At,
            Epoch = act.Revokes || !SameParty(Owner, next.Owner) ? Epoch + 1 : Epoch,
            LastActivityAt = act.Quiet ? LastActivityAt : Later(LastActivityAt, act.At),
        };
        var history = new List<HistoryEntry>();
        foreach (var kind in act.Kinds)
        {
            history.Add(Entry(next, act, kind, act.Cause, act.Data));
        }

        var reason = act.Kinds.Length > 0 ? act.Kinds[0] : act.Cause;
        foreach (var problem in Problems.Where(p => next.Problems.All(q => q.IncidentId != p.IncidentId)))
        {
            history.Add(Entry(next, act, "problemResolved", act.Cause ?? reason, FactsOf(problem)));
        }

        if (Tab != next.Tab)
        {
            history.Add(Entry(next, act, "tabChanged", reason, null));
        }

        return new Decision(next, history, null);
    }

    private HistoryEntry Entry(Conversation next, Act act, string kind, string? cause, IReadOnlyDictionary<string, string>? data) =>
        new(kind, act.At, act.By, Owner, next.Owner, Tab, next.Tab, next.Epoch, cause, data);

    private Decision Refuse(RefusalKind kind, string code, string message) =>
        Decision.Refused(this, new Refusal(kind, code, message, Owner, Epoch));

    /// <summary>The same party under a new name is no change of owner.</summary>
    private static bool SameParty(Owner a, Owner b) => a.Kind == b.Kind && a.Id == b.Id;

    private static DateTimeOffset Later(DateTimeOffset? a, DateTimeOffset b) => a > b ? a.Value : b;

    private static DateTimeOffset Earlier(DateTimeOffset? a, DateTimeOffset b) => a < b ? a.Value : b;

    private static Dictionary<string, string> FactsOf(Problem problem) => new()
    {
        ["incident"] = problem.IncidentId.ToString(),
        ["kind"] = problem.Kind.ToString(),
        ["category"] = problem.Category,
    };

    private static Dictionary<string, string>? Facts(params (string Key, string? Value)[] facts)
    {
        var known = facts.Where(f => !string.IsNullOrEmpty(f.Value)).ToDictionary(f => f.Key, f => f.Value!);
        return known.Count == 0 ? null : known;
    }
}
