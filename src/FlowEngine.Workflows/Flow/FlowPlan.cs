namespace FlowEngine.Workflows.Flow;

/// <summary>
/// A flowchart as seen from one start: which connections lead forward, which close a loop, and which are never reached.
/// Connections are walked breadth first; one whose target already leads to its source is a backward one.
/// </summary>
internal sealed class FlowPlan
{
    private readonly Role[] roles;
    private readonly int[][] outbound;
    private readonly int[][] inbound;
    private readonly int[][] forwardInbound;
    private readonly HashSet<int>?[] ancestors;

    public FlowPlan(FlowGraph graph, int start)
    {
        Graph = graph;
        Start = start;
        var count = graph.Activities.Length;
        roles = new Role[graph.Connections.Length];
        outbound = Group(count, _ => true, c => c.Source);
        if (count > 0) Classify(count);
        inbound = Group(count, i => roles[i] != Role.Unreachable, c => c.Target);
        forwardInbound = Group(count, i => roles[i] == Role.Forward, c => c.Target);
        ancestors = new HashSet<int>?[count];
    }

    private enum Role { Unreachable, Forward, Backward, InvalidBackward }

    public FlowGraph Graph { get; }

    public int Start { get; }

    public int[] Outbound(int activity) => outbound[activity];

    public int[] ForwardInbound(int activity) => forwardInbound[activity];

    /// <summary>Forward and backward connections that a run can come by.</summary>
    public int[] Inbound(int activity) => inbound[activity];

    public bool IsForward(int connection) => roles[connection] == Role.Forward;

    public bool IsBackward(int connection) => roles[connection] is Role.Backward or Role.InvalidBackward;

    /// <summary>The start reaches the source without passing the target: such a loop would enter a branch from the side.</summary>
    public bool IsInvalid(int connection) => roles[connection] == Role.InvalidBackward;

    /// <summary>Everything that leads to the activity by forward connections.</summary>
    public HashSet<int> Ancestors(int activity)
    {
        if (ancestors[activity] is { } known) return known;
        var found = new HashSet<int>();
        var open = new Stack<int>([activity]);
        while (open.TryPop(out var at))
        {
            foreach (var connection in forwardInbound[at])
            {
                if (found.Add(Graph.Connections[connection].Source)) open.Push(Graph.Connections[connection].Source);
            }
        }

        // Two runs may work it out at once; both find the same.
        return ancestors[activity] = found;
    }

    private void Classify(int count)
    {
        var successors = new List<int>[count];
        for (var i = 0; i < count; i++) successors[i] = [];
        var seen = new HashSet<int> { Start };
        var open = new Queue<int>([Start]);
        while (open.TryDequeue(out var source))
        {
            foreach (var index in outbound[source])
            {
                var target = Graph.Connections[index].Target;
                if (Reaches(successors, target, source, avoiding: -1))
                {
                    roles[index] = Role.Backward;
                    continue;
                }

                roles[index] = Role.Forward;
                successors[source].Add(target);
                if (seen.Add(target)) open.Enqueue(target);
            }
        }

        MarkInvalid(count);
    }

    private void MarkInvalid(int count)
    {
        if (!Array.Exists(roles, r => r == Role.Backward)) return;
        var all = new List<int>[count];
        for (var i = 0; i < count; i++) all[i] = [.. outbound[i].Select(c => Graph.Connections[c].Target)];
        for (var i = 0; i < roles.Length; i++)
        {
            var (source, target, _) = Graph.Connections[i];
            if (roles[i] == Role.Backward && target != Start && source != target && Reaches(all, Start, source, avoiding: target)) roles[i] = Role.InvalidBackward;
        }
    }

    private static bool Reaches(List<int>[] successors, int from, int to, int avoiding)
    {
        if (from == to) return true;
        var seen = new HashSet<int> { from };
        var open = new Stack<int>([from]);
        while (open.TryPop(out var at))
        {
            foreach (var next in successors[at])
            {
                if (next == avoiding || !seen.Add(next)) continue;
                if (next == to) return true;
                open.Push(next);
            }
        }

        return false;
    }

    private int[][] Group(int count, Func<int, bool> wanted, Func<Connection, int> key)
    {
        var lists = new List<int>[count];
        for (var i = 0; i < count; i++) lists[i] = [];
        for (var i = 0; i < Graph.Connections.Length; i++)
        {
            if (wanted(i)) lists[key(Graph.Connections[i])].Add(i);
        }

        return [.. lists.Select(l => l.ToArray())];
    }
}
