using System.Collections.Concurrent;
using System.Threading.Channels;
using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Connections;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Media;

/// <summary>A file for whoever wants to see it, or why it is not to be had.</summary>
/// <param name="Path">Null when it is not here.</param>
public sealed record FoundMedia(string? Path, string? Sha256, string? MimeType, string? Why);

/// <summary>
/// The files that messages name. What a lead sends is wanted before its message is stored, fetched at once by the loop, and again when somebody opens it
/// that has not come yet: the provider keeps it for days only, and people look at once or after months.
/// </summary>
public sealed class MediaShelf(
    IDbContextFactory<FlowEngineContext> contexts, MediaFiles files, DownloadMedia download, ConnectionBook connections, MediaOptions options, Ids ids, TimeProvider clock,
    ILogger<MediaShelf> log)
{
    /// <summary>Longer than any download; who claims a file and dies gives it back by it.</summary>
    private static readonly TimeSpan Claimed = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Guid, Lazy<Task>> underWay = new();
    private readonly Channel<bool> wanted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Ends when something new is wanted, or after the time.</summary>
    public async Task Wanted(TimeSpan atMost, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            await wanted.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The time is over.
        }
    }

    /// <summary>Remembers durably that these are to be fetched; what is known already stays as it is.</summary>
    public async Task Want(string connection, IReadOnlyCollection<MediaRef> media, CancellationToken cancel)
    {
        foreach (var one in media.Where(IsTheProviders))
        {
            await using var context = await contexts.CreateDbContextAsync(cancel);
            await FindOrAdd(context, connection, one, cancel);
        }

        wanted.Writer.TryWrite(true);
    }

    /// <summary>The file of a message, fetched now when it has not come yet.</summary>
    public async Task<FoundMedia> Open(string connection, MediaRef media, CancellationToken cancel)
    {
        if (!IsTheProviders(media))
        {
            return media.ProviderId is null && HexOf(media.Sha256) is { } own && files.Find(own) is { } kept
                ? new FoundMedia(kept, own, media.MimeType, null)
                : new FoundMedia(null, null, media.MimeType, "The message names no file that is kept here.");
        }

        await using var context = await contexts.CreateDbContextAsync(cancel);
        var row = await FindOrAdd(context, connection, media, cancel);
        if (row.State == MediaState.Wanted || (row.State == MediaState.Stored && files.Find(row.Sha256!) is null))
        {
            await Fetch(row.Id).WaitAsync(cancel);
            row = await context.Media.AsNoTracking().SingleAsync(m => m.Id == row.Id, cancel);
        }

        return row.State == MediaState.Stored && files.Find(row.Sha256!) is { } path
            ? new FoundMedia(path, row.Sha256, row.MimeType, null)
            : new FoundMedia(null, null, row.MimeType, row.Error ?? "The file is being fetched.");
    }

    /// <summary>Fetches what is owed by now, oldest first; of several nodes each file is fetched by one. Answers how many it has tried.</summary>
    public async Task<int> FetchDue(CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var now = clock.GetUtcNow();
        var due = await context.Media.Where(m => m.NextAt <= now).OrderBy(m => m.NextAt).Select(m => m.Id).Take(20).ToListAsync(cancel);
        var tried = 0;
        foreach (var id in due)
        {
            cancel.ThrowIfCancellationRequested();
            var until = clock.GetUtcNow() + Claimed;
            if (await context.Change(() => context.Media.Where(m => m.Id == id && m.NextAt <= now).ExecuteUpdateAsync(m => m.SetProperty(x => x.NextAt, until), cancel), cancel) == 1)
            {
                await Fetch(id);
                tried++;
            }
        }

        return tried;
    }

    /// <summary>One attempt at a time in this process, whoever asks; it ends even when the one who asked has gone.</summary>
    private Task Fetch(Guid id) => underWay.GetOrAdd(id, one => new Lazy<Task>(() => Task.Run(() => FetchAlone(one)))).Value;

    private async Task FetchAlone(Guid id)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync();
            var row = await context.Media.SingleAsync(m => m.Id == id);
            Note(row, await Attempt(row));

            // Dying before this: the file is there without that anybody knows, and is fetched once more.
            await context.SaveChangesAsync();
        }
        finally
        {
            underWay.TryRemove(id, out _);
        }
    }

    private async Task<Download> Attempt(StoredMedia row)
    {
        if (connections.Find(row.Connection) is not { } connection)
        {
            return new Download.Gone("The connection is not there any more.");
        }

        var attempt = await download(connection, row.ProviderId, options.MaxBytes, CancellationToken.None);
        return attempt is Download.Fetched fetched && row.Sha256 is { } said && said != fetched.File.Sha256
            ? new Download.Failed("The provider's bytes are not the ones that it had announced.")
            : attempt;
    }

    private void Note(StoredMedia row, Download attempt)
    {
        row.Attempts++;
        switch (attempt)
        {
            case Download.Fetched fetched:
                (row.State, row.Sha256, row.Size, row.NextAt, row.Error) = (MediaState.Stored, fetched.File.Sha256, fetched.File.Size, null, null);
                row.MimeType ??= fetched.MimeType;
                break;
            case Download.Failed failed when clock.GetUtcNow() + Pause(row.Attempts) is var next && next < row.CreatedAt + options.Patience:
                (row.State, row.NextAt, row.Error) = (MediaState.Wanted, next, failed.Why);
                log.LogWarning("A file of {Connection} could not be fetched, attempt {Attempt}: {Why}", row.Connection, row.Attempts, failed.Why);
                break;
            case Download.Failed failed:
                (row.State, row.NextAt, row.Error) = (MediaState.Gone, null, failed.Why);
                break;
            case Download.Gone gone:
                (row.State, row.NextAt, row.Error) = (MediaState.Gone, null, gone.Why);
                log.LogWarning("A file of {Connection} is not to be had: {Why}", row.Connection, gone.Why);
                break;
        }
    }

    private TimeSpan Pause(int attempts) =>
        attempts > 8 ? options.LongestRetry : TimeSpan.FromTicks(Math.Min(options.LongestRetry.Ticks, options.RetryAfter.Ticks * (long)Math.Pow(4, attempts - 1)));

    private async Task<StoredMedia> FindOrAdd(FlowEngineContext context, string connection, MediaRef media, CancellationToken cancel)
    {
        if (await Find(context, connection, media, cancel) is { } known)
        {
            return known;
        }

        var now = clock.GetUtcNow();
        var row = new StoredMedia
        {
            Id = ids.Next(), Connection = connection, ProviderId = media.ProviderId!, MimeType = media.MimeType, Sha256 = HexOf(media.Sha256), NextAt = now, CreatedAt = now,
        };
        context.Media.Add(row);
        try
        {
            await context.SaveChangesAsync(cancel);
            return row;
        }
        catch (DbUpdateException)
        {
            // Another delivery of the same message was quicker; anything else fails below.
            context.ChangeTracker.Clear();
            return await Find(context, connection, media, cancel) ?? throw new InvalidOperationException($"A file of {connection} could neither be noted nor found.");
        }
    }

    private static Task<StoredMedia?> Find(FlowEngineContext context, string connection, MediaRef media, CancellationToken cancel) =>
        context.Media.AsNoTracking().FirstOrDefaultAsync(m => m.Connection == connection && m.ProviderId == media.ProviderId, cancel);

    /// <summary>A flow may name a picture by its address in the web, which is nothing of the provider's.</summary>
    private static bool IsTheProviders(MediaRef media) => media.ProviderId is { Length: > 0 and <= 200 } id && !id.Contains('/', StringComparison.Ordinal);

    /// <summary>Webhooks say the digest in base64 (cloud-api.md section 4); null for what is no digest.</summary>
    internal static string? HexOf(string? base64)
    {
        Span<byte> digest = stackalloc byte[33];
        return base64 is not null && Convert.TryFromBase64String(base64, digest, out var length) && length == 32 ? Convert.ToHexStringLower(digest[..32]) : null;
    }
}
