using FlowEngine.Workflows.Instances;

namespace FlowEngine.Workflows.Interpreter;

/// <summary>What a burst leaves behind: journal, bookmarks, incidents, console lines.</summary>
internal sealed partial class Burst
{
    private readonly List<JournalEntry> journal = [];
    private readonly List<Bookmark> added = [];
    private readonly List<Bookmark> removed = [];
    private readonly List<Incident> incidents = [];
    private readonly List<string> console = [];
    private readonly List<RunEffect> effects = [];

    public void Want(RunEffect effect) => effects.Add(effect);

    public void WriteLine(string line) => console.Add(line);

    public void Journal(
        Execution execution,
        string eventName,
        string? message = null,
        IReadOnlyList<string>? outcomes = null,
        IReadOnlyDictionary<string, object?>? state = null,
        IReadOnlyDictionary<string, object?>? outputs = null) =>
        journal.Add(new JournalEntry(
            instance.NextJournalSequence(),
            Now,
            eventName,
            execution.ActivityId,
            execution.NodeId,
            execution.Node.TypeName,
            execution.Node.Name,
            execution.Id,
            execution.Parent?.Id,
            message,
            outcomes,
            state,
            outputs));

    public Bookmark AddBookmark(Execution execution, string name, object? payload, DateTimeOffset? dueAt, string? tag)
    {
        var node = BookmarkHash.Payload(payload);
        var bookmark = new Bookmark(
            $"{execution.Id}.{++execution.BookmarkCount}",
            name,
            BookmarkHash.Of(name, node),
            node,
            execution.ActivityId,
            execution.NodeId,
            execution.Id,
            Now,
            dueAt,
            tag);
        instance.Bookmarks.Add(bookmark);
        added.Add(bookmark);
        return bookmark;
    }

    private bool HasBookmark(Execution execution)
    {
        foreach (var bookmark in instance.Bookmarks)
        {
            if (bookmark.ActivityInstanceId == execution.Id) return true;
        }

        return false;
    }

    /// <summary>One that this burst made is simply gone: nobody outside has seen it.</summary>
    private void RemoveBookmark(Bookmark bookmark)
    {
        if (!instance.Bookmarks.Remove(bookmark)) return;
        if (!added.Remove(bookmark)) removed.Add(bookmark);
    }

    public void RemoveBookmarks(Execution execution)
    {
        for (var i = instance.Bookmarks.Count - 1; i >= 0; i--)
        {
            if (instance.Bookmarks[i].ActivityInstanceId == execution.Id) RemoveBookmark(instance.Bookmarks[i]);
        }
    }

    private void RemoveAllBookmarks()
    {
        foreach (var bookmark in instance.Bookmarks.ToArray()) RemoveBookmark(bookmark);
    }
}
