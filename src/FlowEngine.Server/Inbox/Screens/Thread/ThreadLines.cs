using FlowEngine.Conversations;
using FlowEngine.Server.Inbox.Screens.Wording;

namespace FlowEngine.Server.Inbox.Screens.Thread;

/// <summary>Weaves messages and the audit trail into one thread with day and episode separators.</summary>
public static class ThreadLines
{
    private static readonly TimeSpan Breath = TimeSpan.FromMinutes(3);

    /// <param name="messages">In the conversation's order.</param>
    /// <param name="history">Newest first, as it is read; what one commit wrote has one time and keeps its order.</param>
    /// <param name="olderExist">Then the trail before the oldest loaded message is left out: its place is not loaded yet.</param>
    public static IReadOnlyList<ThreadLine> Build(
        IReadOnlyList<MessageView> messages, IReadOnlyList<HistoryView> history, TimeZoneInfo zone, bool olderExist)
    {
        var weaver = new Weaver(zone);
        var story = new Queue<HistoryView>(history.Reverse().Where(Story.IsTold).OrderBy(h => h.At));
        while (olderExist && messages.Count > 0 && story.Count > 0 && story.Peek().At < messages[0].At)
        {
            story.Dequeue();
        }

        foreach (var message in messages)
        {
            while (story.Count > 0 && ComesBefore(story.Peek(), message))
            {
                weaver.Add(story.Dequeue());
            }

            weaver.Add(message);
        }

        while (story.Count > 0)
        {
            weaver.Add(story.Dequeue());
        }

        return weaver.Lines;
    }

    /// <summary>Who began in the commit that wrote their first words began before they said them; whatever else shares its time came of it.</summary>
    private static bool ComesBefore(HistoryView entry, MessageView message) =>
        entry.At < message.At
        || (entry.At == message.At && (entry.Kind, message.Author) is ("flowStarted", AuthorKind.Flow) or ("claimed", AuthorKind.Agent));

    private sealed class Weaver(TimeZoneInfo zone)
    {
        private DateOnly? day;
        private int? episode;

        public List<ThreadLine> Lines { get; } = [];

        public void Add(HistoryView entry)
        {
            Day(entry.At);
            Lines.Add(new StoryLine(entry, Lines.Count));
        }

        public void Add(MessageView message)
        {
            if (episode is { } before && before != message.Episode)
            {
                Lines.Add(new EpisodeLine(message.Episode));
            }

            episode = message.Episode;
            Day(message.At);
            Lines.Add(new MessageLine(message, Continues(message)));
        }

        private void Day(DateTimeOffset at)
        {
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
            if (day is { } before && today <= before)
            {
                return;
            }

            day = today;
            Lines.Add(new DayLine(today));
        }

        private bool Continues(MessageView message) =>
            Lines.Count > 0 && Lines[^1] is MessageLine { Message: var above }
            && above.Author == message.Author && above.AuthorName == message.AuthorName
            && above.Direction == message.Direction && message.At - above.At < Breath;
    }
}
