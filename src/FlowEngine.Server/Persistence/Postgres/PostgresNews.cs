using FlowEngine.Engine;
using FlowEngine.Engine.Live;
using Npgsql;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>
/// What the nodes tell each other: one connection listens, another speaks. Messages carry ids and codes only. After a break it listens again and
/// looks once at everything, since what was said meanwhile is lost; every few seconds it looks at the versions of the books, whatever was said.
/// </summary>
public sealed partial class PostgresNews(
    PostgresSources sources, NodeId node, OtherNodes others, HeardNews heard, IEnumerable<SharedBook> books, TimeProvider clock, ILogger<PostgresNews> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>What is said within this goes in one message: desks do not see the difference, and the server does a twentieth of the work.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(25);

    private readonly SpokenNews spoken = new(node);
    private readonly BookVersions versions = new(sources.News, books, log);
    private readonly Bell bookRang = new();

    /// <summary>From here on books are kept fresh; what was read before this is read again when it has changed since.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        (others.OnChanged, others.OnTurned, others.OnHooksOwed) = (spoken.Changed, spoken.Turned, spoken.HooksOwed);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        bookRang.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Forever(Listen, stoppingToken), Forever(Speak, stoppingToken), Forever(Look, stoppingToken));

    private async Task Listen(CancellationToken cancel)
    {
        await using var connection = await sources.News.OpenConnectionAsync(cancel);
        connection.Notification += (_, news) => Hear(news.Channel, news.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {PostgresFunctions.WakeChannel}; LISTEN {PostgresFunctions.ChangedChannel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancel);
        }

        // What was said before this is lost: look once at everything.
        heard.Missed();
        bookRang.Ring();
        while (true)
        {
            await connection.WaitAsync(cancel);
        }
    }

    private void Hear(string channel, string payload)
    {
        if (channel == PostgresFunctions.WakeChannel)
        {
            heard.Wake(payload, node);
        }
        else if (payload == "book")
        {
            bookRang.Ring();
        }
        else
        {
            heard.Tell(payload, node);
        }
    }

    private async Task Speak(CancellationToken cancel)
    {
        while (true)
        {
            var payload = await spoken.Next(cancel);
            await using var say = sources.News.CreateCommand("SELECT pg_notify($1, $2)");
            say.Parameters.AddWithValue(PostgresFunctions.ChangedChannel);
            say.Parameters.AddWithValue(payload);
            await say.ExecuteNonQueryAsync(cancel);
            await Task.Delay(Breath, clock, cancel);
        }
    }

    private async Task Look(CancellationToken cancel)
    {
        while (true)
        {
            if (await versions.Look(cancel))
            {
                // A node has died or left; what it committed last it may not have been able to say.
                heard.Missed();
            }

            await bookRang.Wait(LookEvery, clock, cancel);
        }
    }

    private async Task Forever(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await work(cancel);
            }
            catch (Exception) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken) when (broken is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                LogBroken(broken.Message);
                await Task.Delay(Pause, clock, CancellationToken.None);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection to the other nodes broke and is made again: {Reason}")]
    private partial void LogBroken(string reason);
}
