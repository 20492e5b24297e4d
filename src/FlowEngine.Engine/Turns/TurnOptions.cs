using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.Turns;

/// <summary>Times and bounds of turns and sends. Bound from <c>FlowEngine:Turns</c>.</summary>
public sealed record TurnOptions
{
    public static readonly TurnOptions Default = new();

    /// <summary>Events taken into one turn and so into one commit.</summary>
    public int EventsPerTurn { get; init; } = 32;

    /// <summary>Turns that fail on an event before it is set aside as poison and its conversation goes to Error (race R75).</summary>
    public int PoisonAttempts { get; init; } = 3;

    /// <summary>How long after its release a message may still be handed to the provider.</summary>
    public TimeSpan SendDeadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an accepted send may wait for an event of its conversation whose turn takes it along; zero gives it a turn at once.</summary>
    public TimeSpan SettleLingers { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Attempts of one message that the engine makes by itself, whatever the error's own rule allows; then people are asked.</summary>
    public int SendAttempts { get; init; } = 8;

    /// <summary>Longest pause before an attempt that the engine takes by itself; who would have to wait longer is shown to people instead.</summary>
    public TimeSpan SendPatience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Silence of the provider's reports, although it accepts messages, after which the wait of unknown sends no longer counts (decision 13).</summary>
    public TimeSpan WebhookSilence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait of an unknown send while no report can come; then people are asked whatever the flow allows.</summary>
    public TimeSpan LongestDoubt { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often a connection that was paused by an outage or a limit is tried again by itself.</summary>
    public TimeSpan ProbeEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often words that wait behind a paused connection without a problem of their own look again.</summary>
    public TimeSpan HoldRecheck { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an unknown send waits for a status before people are asked (cloud-api.md section 9).</summary>
    public TimeSpan UnknownWait { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>The same for a send that its flow allows to repeat once (decision 13).</summary>
    public TimeSpan RepeatWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a person's message waits behind an unsettled one of the bot (ownership.md 5.6).</summary>
    public TimeSpan PersonHold { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Free text is not released closer than this to the end of the 24-hour window (race R100).</summary>
    public TimeSpan WindowMargin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long before the end of the 24-hour window people are reminded of an answer that they owe; zero for never.</summary>
    public TimeSpan WindowReminder { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a command's caller waits for its turn before it gets Pending (decision 9).</summary>
    public TimeSpan CommandWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a lead waits for an outside automation before people get the conversation (invariant I10).</summary>
    public TimeSpan AppAnswerWait { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long nothing happens in a conversation of an outside automation before it is nobody's again (ownership.md section 9).</summary>
    public TimeSpan AppIdle { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a named event is kept for a run that does not wait for it yet (Elsa: ten minutes).</summary>
    public TimeSpan KeepSignals { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an HTTP request of a flow may take with all its repetitions.</summary>
    public TimeSpan HttpPatience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the caller of an HTTP endpoint waits for the flow's response before it gets 202.</summary>
    public TimeSpan ResponseWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest pause of the loop that looks for due work; a signal or an earlier due time ends it sooner.</summary>
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a node says that it lives.</summary>
    public TimeSpan HeartbeatEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A node that has said nothing for so long is dead to the others (decision 8). The nodes' clocks must agree well within it.</summary>
    public TimeSpan NodeDeadAfter { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Bounds of what a flow may do within one burst; reaching one is an incident that names it.</summary>
    public Limits Limits { get; init; } = new();

    /// <summary>Conversations that are turned at the same time.</summary>
    public int ParallelTurns { get; init; } = 32;
}
