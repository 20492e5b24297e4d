using FlowEngine.Workflows.Activities;

namespace FlowEngine.Workflows.Flow;

/// <summary>An arrow of a flowchart, by places among its activities. A null port follows a default completion only, not one that names Done.</summary>
internal readonly record struct Connection(int Source, int Target, string? Port)
{
    public bool Follows(IReadOnlyList<string> outcomes)
    {
        if (Port is null) return ReferenceEquals(outcomes, ActivityResult.Done.Outcomes);
        for (var i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i] == Port) return true;
        }

        return false;
    }
}
