namespace FlowEngine.Engine.Deadlines;

public enum DeadlineKind { FirstResponse, NextResponse, Overflow, WindowClosing, WindowClosed }

/// <summary>An instant by which people should have done something.</summary>
/// <param name="Clock">What it is counted from; another one means that this deadline is over.</param>
public readonly record struct Deadline(DeadlineKind Kind, DateTimeOffset Clock, DateTimeOffset Due);
