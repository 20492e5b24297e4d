using System.Collections.Concurrent;
using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Errors;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Administration;

/// <summary>
/// The one cure of a paused connection (ownership.md section 4, "connection restored"): the longest waiting conversation tries first; when
/// that goes well the incident is closed and the others go on in order, a few a second. A pause that time may heal is tried again by itself.
/// </summary>
public sealed class ConnectionRepair(
    IDbContextFactory<FlowEngineContext> contexts, ConnectionBook book, Intake intake, ErrorCatalog errors, Ids ids, TurnOptions options, TimeProvider clock,
    ILogger<ConnectionRepair> log) : BackgroundService
{
    /// <summary>Conversations that go on in one second.</summary>
    private const int Pace = 10;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Trial = TimeSpan.FromSeconds(1.5);

    private readonly ConcurrentQueue<(string Key, Actor By, string How)> asked = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> triedAt = new(StringComparer.Ordinal);
    private readonly Bell bell = new();

    /// <summary>Somebody says that the connection works again. Returns at once; what waits goes on in the background.</summary>
    public void Ask(string key, Actor by, string how)
    {
        asked.Enqueue((key, by, how));
        bell.Ring();
    }

    /// <summary>Reads the open incidents into the engine's book: at start, and for what another node has met or repaired.</summary>
    public async Task Load(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var open = await db.Incidents.AsNoTracking().Where(i => i.Connection != null && i.ClosedAt == null).ToListAsync(cancel);
        foreach (var i in open)
        {
            book.Pause(new ConnectionPause(i.Id, i.Connection!, i.Category, i.Code, i.Message, i.Evidence, i.At));
        }

        foreach (var gone in book.Paused.Where(p => open.All(i => i.Connection != p.Connection) && clock.GetUtcNow() - p.Since > Look).ToList())
        {
            book.Resume(gone.Connection, clock.GetUtcNow());
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        bell.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Work(stoppingToken);
                await bell.Wait(Look, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // The database may be away for a while; the incidents stay, and the next look tries again.
            catch (Exception broken)
            {
                log.LogWarning(broken, "The repair of connections could not look; it tries again");
                await bell.Wait(Look, clock, stoppingToken);
            }
        }
    }

    private async Task Work(CancellationToken cancel)
    {
        await Load(cancel);
        while (asked.TryDequeue(out var request))
        {
            await Repair(request.Key, request.By, request.How, cancel);
        }

        foreach (var pause in book.Paused.Where(MayHealByItself).ToList())
        {
            await Repair(pause.Connection, Actor.System, "probed", cancel);
        }
    }

    private bool MayHealByItself(ConnectionPause pause) =>
        errors.Find(pause.Code) is { Retry.IsAutomatic: true }
        && clock.GetUtcNow() - triedAt.GetValueOrDefault(pause.Connection, pause.Since) >= options.ProbeEvery;

    private async Task Repair(string key, Actor by, string how, CancellationToken cancel)
    {
        triedAt[key] = clock.GetUtcNow();
        book.Resume(key, clock.GetUtcNow());
        var waiting = await Waiting(key, cancel);
        if (waiting.Count > 0)
        {
            await GoOn(waiting[0], by, how, cancel);
            await Wait(Trial, cancel);
        }

        if (book.PauseOf(key) is not null)
        {
            log.LogWarning("Connection {Connection} still does not work", key);
            return;
        }

        await Close(key, by, how, cancel);
        await GoOnAll([.. waiting.Skip(1)], key, by, how, cancel);
    }

    /// <summary>In order, conversation by conversation; a new pause ends it and leaves the rest where it is.</summary>
    private async Task GoOnAll(List<Guid> waiting, string key, Actor by, string how, CancellationToken cancel)
    {
        foreach (var group in waiting.Chunk(Pace))
        {
            foreach (var conversation in group)
            {
                if (book.PauseOf(key) is not null)
                {
                    return;
                }

                await GoOn(conversation, by, how, cancel);
            }

            await Wait(TimeSpan.FromSeconds(1), cancel);
        }
    }

    private async Task GoOn(Guid conversation, Actor by, string how, CancellationToken cancel)
    {
        var id = ids.Next();
        await intake.Accept([new NewEvent(id, $"restored:{id:N}", new ConnectionRestored(how, by)) { ConversationId = conversation }], cancel);
    }

    private async Task<List<Guid>> Waiting(string key, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var kind = nameof(ProblemKind.Connection);
        var waiting = await (
            from incident in db.Incidents.AsNoTracking()
            where incident.ClosedAt == null && incident.Kind == kind && incident.ConversationId != null
            join conversation in db.Conversations on incident.ConversationId equals conversation.Id
            where conversation.Connection == key
            orderby incident.At, incident.Id
            select conversation.Id).ToListAsync(cancel);
        return [.. waiting.Distinct()];
    }

    private async Task Close(string key, Actor by, string how, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        foreach (StoredIncident open in await db.Incidents.Where(i => i.Connection == key && i.ClosedAt == null).ToListAsync(cancel))
        {
            (open.ClosedAt, open.ClosedBy, open.ClosedHow) = (clock.GetUtcNow(), by.Name, how);
        }

        await db.SaveChangesAsync(cancel);
    }

    /// <summary>A pause that nobody rings for.</summary>
    private async Task Wait(TimeSpan time, CancellationToken cancel)
    {
        using var silent = new Bell();
        await silent.Wait(time, clock, cancel);
    }
}
