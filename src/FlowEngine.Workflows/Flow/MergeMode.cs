using FlowEngine.Workflows.Activities.Flowcharts;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Flow;

/// <summary>When an activity with several inbound connections runs in token mode (execution-semantics 2.2).</summary>
internal enum MergeMode
{
    /// <summary>On a token, once nothing that is under way upstream can still come.</summary>
    Stream,

    /// <summary>When every forward connection has brought a token.</summary>
    Merge,

    /// <summary>When every connection has brought a token, those that close a loop included.</summary>
    Converge,

    /// <summary>On the first token; later ones of the other connections are swallowed, their branches go on.</summary>
    Cascade,

    /// <summary>On the first token; the other branches are cancelled.</summary>
    Race,
}

internal static class MergeModes
{
    /// <summary>A join says it by its mode, any other activity by its custom property <c>mergeMode</c>.</summary>
    public static MergeMode Of(ActivityNode node, Execution flowchart)
    {
        if (node.Activity is FlowJoin)
        {
            return FlowJoin.ModeOf(node, flowchart) switch
            {
                FlowJoinMode.WaitAny => MergeMode.Race,
                FlowJoinMode.WaitAll => MergeMode.Merge,
                // Elsa treats it as Merge too, which then waits for branches that nobody took; by its name it waits for active ones.
                _ => MergeMode.Stream,
            };
        }

        return node.MergeMode;
    }
}
