namespace FlowEngine.WaSim.Faults;

/// <summary>The rules in force, each with its counters.</summary>
public sealed class FaultBook
{
    private readonly Lock gate = new();
    private readonly List<Rule> rules = [];
    private int added;

    public IReadOnlyList<Fault> All
    {
        get
        {
            lock (gate)
            {
                return [.. rules.Select(rule => rule.Fault)];
            }
        }
    }

    /// <summary>How often any rule has struck.</summary>
    public int Struck { get; private set; }

    /// <returns>The id by which the rule can be taken back.</returns>
    public string Add(Fault fault)
    {
        lock (gate)
        {
            var id = fault.Id ?? $"fault-{++added}";
            rules.Add(new Rule(fault with { Id = id }));
            return id;
        }
    }

    public bool Remove(string id)
    {
        lock (gate)
        {
            return rules.RemoveAll(rule => rule.Fault.Id == id) > 0;
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            rules.Clear();
        }
    }

    /// <summary>The fault that strikes here, if any; asking counts as a call.</summary>
    public Fault? Strike(FaultStage stage, string? person = null, string? type = null, GraphCall call = GraphCall.Send)
    {
        lock (gate)
        {
            foreach (var rule in rules)
            {
                if (rule.Fault.Stage != stage || !rule.Takes(call, person, type))
                    continue;

                Struck++;
                return rule.Fault;
            }

            return null;
        }
    }

    private sealed class Rule(Fault fault)
    {
        private int seen;
        private int struck;

        public Fault Fault { get; } = fault;

        public bool Takes(GraphCall call, string? person, string? type)
        {
            if (Fault.Call is { } named ? named != call : call != GraphCall.Send && Fault.Stage != FaultStage.BeforeAuth)
                return false;
            if ((Fault.Person is { } only && only != person) || (Fault.Type is { } kind && kind != type))
                return false;
            if (Fault.Nth is { } nth && ++seen != nth)
                return false;

            return Fault.Times == 0 || struck++ < Fault.Times;
        }
    }
}
