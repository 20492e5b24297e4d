namespace FlowEngine.Server.Inbox.Screens.Thread;

/// <summary>One line of the thread, in the order in which it is read.</summary>
public abstract record ThreadLine(string Key);

public sealed record DayLine(DateOnly Day) : ThreadLine($"d{Day.DayNumber}");

public sealed record EpisodeLine(int Episode) : ThreadLine($"e{Episode}");

/// <param name="Continues">Same author as the line above within a few minutes: the name is not repeated.</param>
public sealed record MessageLine(MessageView Message, bool Continues) : ThreadLine($"m{Message.Id:N}");

public sealed record StoryLine(HistoryView Entry, int Nth) : ThreadLine($"h{Entry.At.UtcTicks}.{Nth}");
