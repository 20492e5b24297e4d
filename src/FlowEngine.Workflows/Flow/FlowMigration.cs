namespace FlowEngine.Workflows.Flow;

/// <summary>What a flowchart has counted, on another version of it: by activity ids, and by ends and port of connections.</summary>
internal static class FlowMigration
{
    public static FlowScope Of(FlowScope from, FlowGraph target)
    {
        var source = from.Plan.Graph;
        var places = Array.ConvertAll(source.Activities, a => Array.FindIndex(target.Activities, b => b.Id == a.Id));
        var arrows = Array.ConvertAll(source.Connections, c => Array.IndexOf(target.Connections, new Connection(places[c.Source], places[c.Target], c.Port)));
        var plan = target.PlanAt(Math.Max(places[from.Plan.Start], 0));
        return from is TokenScope tokens ? Tokens(tokens, plan, arrows) : Counters((CounterScope)from, plan, places, arrows);
    }

    private static TokenScope Tokens(TokenScope from, FlowPlan plan, int[] arrows)
    {
        var scope = new TokenScope(plan);
        scope.Waiting.AddRange(from.Waiting.Select(c => arrows[c]).Where(c => c >= 0));
        scope.Blocked.UnionWith(from.Blocked.Select(c => arrows[c]).Where(c => c >= 0));
        return scope;
    }

    private static CounterScope Counters(CounterScope from, FlowPlan plan, int[] places, int[] arrows)
    {
        var scope = new CounterScope(plan);
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i] >= 0) scope.ActivityVisits[places[i]] = from.ActivityVisits[i];
        }

        // A connection that is new counts as passed by as often as its source has run, so that a join does not wait for it in vain.
        for (var i = 0; i < scope.ConnectionVisits.Length; i++) scope.ConnectionVisits[i] = scope.ActivityVisits[plan.Graph.Connections[i].Source];
        for (var i = 0; i < arrows.Length; i++)
        {
            if (arrows[i] < 0) continue;
            scope.ConnectionVisits[arrows[i]] = from.ConnectionVisits[i];
            scope.Followed[arrows[i]] = from.Followed[i];
        }

        return scope;
    }
}
