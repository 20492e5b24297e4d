namespace FlowEngine.Server.Telemetry;

/// <summary>What one check found of one invariant of the ownership rules.</summary>
/// <param name="Invariant">I3, I4, I7, I10, I11 or I12 (docs/operations.md says what each means).</param>
/// <param name="Conversations">The first few that it does not hold in.</param>
public sealed record InvariantCheck(string Invariant, string Meaning, int Cases, IReadOnlyList<Guid> Conversations);

/// <param name="Since">Messages and events before this instant were not looked at.</param>
/// <param name="DoubleReplies">Messages behind I3, I4 and I7, each counted once.</param>
public sealed record InvariantReport(DateTimeOffset At, DateTimeOffset Since, int DoubleReplies, IReadOnlyList<InvariantCheck> Checks);
