using FlowEngine.Engine.Deadlines;

namespace FlowEngine.Server.Administration;

/// <summary>Within how many minutes people answer; null is no target.</summary>
/// <param name="OverflowMinutes">How long a conversation waits unclaimed before it goes to the department's overflow.</param>
/// <param name="PauseWhenClosed">Whether the clocks stand still outside of business hours.</param>
public sealed record ResponseTargets(int? FirstResponseMinutes = null, int? NextResponseMinutes = null, int? OverflowMinutes = null, bool PauseWhenClosed = true)
{
    private const int MaxMinutes = 60 * 24 * 30;

    public void Check(FieldErrors errors, string field)
    {
        foreach (var minutes in new[] { FirstResponseMinutes, NextResponseMinutes, OverflowMinutes })
        {
            errors.Check(minutes is null or (>= 1 and <= MaxMinutes), field, $"are minutes of 1 to {MaxMinutes}");
        }
    }

    /// <summary>As the engine counts; null when nothing is set, so that the company's hold.</summary>
    public AnswerTargets? ToAnswerTargets() => this is { FirstResponseMinutes: null, NextResponseMinutes: null, OverflowMinutes: null }
        ? null
        : new AnswerTargets(Minutes(FirstResponseMinutes), Minutes(NextResponseMinutes), Minutes(OverflowMinutes), PauseWhenClosed);

    private static TimeSpan? Minutes(int? minutes) => minutes is { } some ? TimeSpan.FromMinutes(some) : null;
}
