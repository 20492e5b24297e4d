using FlowEngine.Conversations;

namespace FlowEngine.Server.Inbox.Screens.Desk;

/// <summary>The conversation that one desk has open: its head, the messages read so far, its trail.</summary>
public sealed class DeskThread(InboxQueries queries)
{
    private const int PageSize = 60;
    private const int HistorySize = 200;
    private const int MostRuns = 10;

    private readonly Dictionary<Guid, MessageView> byId = [];
    private int generation;
    private int opened;

    public Guid? Id { get; private set; }

    public ConversationDetail? Detail { get; private set; }

    public IReadOnlyList<MessageView> Messages { get; private set; } = [];

    public IReadOnlyList<HistoryView> History { get; private set; } = [];

    /// <summary>The newest runs of flows with it, also those that are over; none for who may not look at runs.</summary>
    public IReadOnlyList<RunView> Runs { get; private set; } = [];

    public bool HasOlder { get; private set; }

    /// <summary>The id is known and nothing was found under it.</summary>
    public bool Missing { get; private set; }

    /// <summary>Automatic messages that had already left when a person took over: the next answer waits for them (ownership.md 5.6).</summary>
    public IEnumerable<MessageView> InFlight => Detail?.Row.Owner.Kind != OwnerKind.Agent
        ? []
        : Messages.Where(m => m.Direction == MessageDirection.Out && m.Author != AuthorKind.Agent
            && m.State is MessageState.Released or MessageState.Calling);

    /// <summary>A person's answer is on its way: whether one is still owed is known when it has arrived.</summary>
    public bool IsAnswering =>
        Messages.Any(m => m is { Direction: MessageDirection.Out, Author: AuthorKind.Agent, State: MessageState.Queued or MessageState.Released or MessageState.Calling });

    public async Task Open(Guid? id, Me me, CancellationToken cancel)
    {
        generation++;
        opened++;
        byId.Clear();
        (Id, Detail, Messages, History, Runs, HasOlder, Missing) = (id, null, [], [], [], false, false);
        if (id is not null)
        {
            await Refresh(me, cancel);
        }
    }

    /// <summary>Reads head, newest messages and trail again; older messages that were loaded stay.</summary>
    public async Task Refresh(Me me, CancellationToken cancel)
    {
        if (Id is not { } id)
        {
            return;
        }

        var mine = ++generation;
        var detail = await queries.Find(id, cancel);
        var newest = await Newest(id, cancel);
        var history = await queries.History(id, HistorySize, cancel);
        var runs = me.Leads ? await queries.Runs(id, MostRuns, cancel) : [];
        if (mine != generation)
        {
            return;
        }

        var first = byId.Count == 0;
        (Detail, History, Runs, Missing) = (detail, history, runs, detail is null);
        HasOlder = first ? newest.Count == PageSize : HasOlder;
        Merge(newest);
    }

    /// <summary>The newest page, and those before it down to what is loaded already: what came at once leaves no hole, however much it was.</summary>
    private async Task<List<MessageView>> Newest(Guid id, CancellationToken cancel)
    {
        var reached = Messages.Count > 0 ? Messages[^1].Order : (long?)null;
        List<MessageView> read = [.. await queries.Messages(id, null, PageSize, cancel)];
        while (read.Count > 0 && read.Count % PageSize == 0 && reached < read[^1].Order - 1)
        {
            var before = await queries.Messages(id, read[^1].Order, PageSize, cancel);
            if (before.Count == 0)
            {
                break;
            }

            read.AddRange(before);
        }

        return read;
    }

    public async Task Older(CancellationToken cancel)
    {
        if (Id is not { } id || Messages.Count == 0)
        {
            return;
        }

        // Reading the newest ones again meanwhile changes nothing of these.
        var mine = opened;
        var page = await queries.Messages(id, Messages[0].Order, PageSize, cancel);
        if (mine == opened)
        {
            HasOlder = page.Count == PageSize;
            Merge(page);
        }
    }

    private void Merge(IReadOnlyList<MessageView> page)
    {
        foreach (var message in page)
        {
            byId[message.Id] = message;
        }

        Messages = [.. byId.Values.OrderBy(m => m.Order)];
    }
}
