namespace FlowEngine.Engine.Deadlines;

/// <summary>Within what time a department answers. A null target is none.</summary>
/// <param name="FirstResponse">From the moment a person became needed to the first accepted reply of a person.</param>
/// <param name="NextResponse">The same for every later message of the lead.</param>
/// <param name="Overflow">How long a conversation may wait unclaimed in the queue.</param>
/// <param name="PauseWhenClosed">Whether these clocks stand still outside of business hours (race R64); otherwise they run on.</param>
public sealed record AnswerTargets(TimeSpan? FirstResponse, TimeSpan? NextResponse, TimeSpan? Overflow, bool PauseWhenClosed = true);
