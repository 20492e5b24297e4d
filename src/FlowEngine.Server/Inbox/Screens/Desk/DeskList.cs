using FlowEngine.Conversations;

namespace FlowEngine.Server.Inbox.Screens.Desk;

/// <summary>The left column of one desk: the chosen tab under the chosen filters, as far as it was scrolled, and the six counters.</summary>
public sealed class DeskList(InboxQueries queries)
{
    public const int PageSize = 50;

    private List<ConversationRow> rows = [];
    private string? cursor;
    private int generation;

    public Tab Tab { get; private set; } = Tab.Waiting;

    public InboxFilter Filter { get; private set; } = new();

    public IReadOnlyList<ConversationRow> Rows => rows;

    public bool HasMore => cursor is not null;

    public bool Loaded { get; private set; }

    public TabCounts Counts { get; private set; } = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>Shows the first page of a tab; an answer that comes after the next choice is dropped.</summary>
    public async Task Show(Tab tab, InboxFilter filter, Me me, CancellationToken cancel)
    {
        var mine = ++generation;
        (Tab, Filter, Loaded) = (tab, filter, false);
        var page = await queries.Page(tab, filter, me.Id, null, PageSize, cancel);
        var counts = await queries.Counts(filter, me.Id, cancel);
        if (mine == generation)
        {
            (rows, cursor, Counts, Loaded) = ([.. page.Items], page.NextCursor, counts, true);
        }
    }

    /// <summary>Reads again as many rows as are loaded, so that the place where the agent has scrolled to stays.</summary>
    public async Task Refresh(Me me, CancellationToken cancel)
    {
        var mine = ++generation;
        var wanted = Math.Max(PageSize, rows.Count);
        List<ConversationRow> fresh = [];
        string? next = null;
        do
        {
            var page = await queries.Page(Tab, Filter, me.Id, next, PageSize, cancel);
            fresh.AddRange(page.Items);
            next = page.NextCursor;
        }
        while (next is not null && fresh.Count < wanted);

        if (mine == generation)
        {
            (rows, cursor, Loaded) = (Distinct(fresh), next, true);
        }
    }

    public async Task RefreshCounts(Me me, CancellationToken cancel)
    {
        var asked = Filter;
        var counts = await queries.Counts(asked, me.Id, cancel);
        if (ReferenceEquals(asked, Filter))
        {
            Counts = counts;
        }
    }

    public async Task More(Me me, CancellationToken cancel)
    {
        if (cursor is null)
        {
            return;
        }

        var mine = generation;
        var page = await queries.Page(Tab, Filter, me.Id, cursor, PageSize, cancel);
        if (mine == generation)
        {
            (rows, cursor) = (Distinct([.. rows, .. page.Items]), page.NextCursor);
        }
    }

    /// <summary>A row that moved between two pages while they were read would come twice; Finished lists episodes, so both count.</summary>
    private static List<ConversationRow> Distinct(IEnumerable<ConversationRow> all) => [.. all.DistinctBy(r => (r.Id, r.Episode))];
}
