using System.Collections.Concurrent;
using System.Text;
using FlowEngine.Engine;
using FlowEngine.Engine.Hooks;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Hooks;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Postgres;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Tests.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowEngine.Tests.Hooks;

/// <summary>Over real HTTP and a real database file.</summary>
public abstract class HookSenderOn(DatabaseKind kind) : IAsyncLifetime
{
    private const string Secret = "the shared secret";
    private TestDatabase database = null!;
    private OpenDatabase opened = null!;

    protected OpenDatabase Opened => opened;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.Create(kind);
        opened = await database.Open();
    }

    public async Task DisposeAsync()
    {
        if (opened is not null)
        {
            await opened.DisposeAsync();
            await database.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task Calls_arrive_signed_once_and_in_order_within_a_conversation()
    {
        await using var receiver = await Receiver.Start(_ => 200);
        await Owe([1, 2, 1, 3, 1, 2]);

        await Run(receiver, until: () => receiver.Calls.Count == 6);

        receiver.Calls.Should().HaveCount(6);
        receiver.Calls.Should().OnlyContain(c => c.Signature == HookSignature.Of(Encoding.UTF8.GetBytes(c.Body), Secret));
        receiver.Calls.Select(c => c.Body).Where(b => b.StartsWith("1:", StringComparison.Ordinal)).Should().Equal("1:1", "1:3", "1:5");
        receiver.Calls.Select(c => c.Id).Should().OnlyHaveUniqueItems();
        await using var db = opened.Context();
        (await db.HookDeliveries.ToListAsync()).Should().OnlyContain(d => d.State == HookState.Delivered && d.Body.Length == 0);
    }

    [SkippableFact]
    public async Task A_refused_call_is_made_again_under_its_id_and_its_conversation_waits()
    {
        var refusals = 0;
        await using var receiver = await Receiver.Start(body => body == "1:1" && Interlocked.Increment(ref refusals) == 1 ? 503 : 200);
        await Owe([1, 1]);

        await Run(receiver, until: () => receiver.Calls.Count == 3);

        receiver.Calls.Select(c => c.Body).Should().Equal("1:1", "1:1", "1:2");
        receiver.Calls.ElementAt(0).Id.Should().Be(receiver.Calls.ElementAt(1).Id);
    }

    [SkippableFact]
    public async Task After_a_day_it_is_given_up_with_an_incident_and_the_next_one_gets_its_try()
    {
        await using var receiver = await Receiver.Start(body => body == "1:1" ? 500 : 200);
        await Owe([1, 1], age: TimeSpan.FromHours(25));

        await Run(receiver, until: () => receiver.Calls.Count == 2);

        await using var db = opened.Context();
        (await db.HookDeliveries.OrderBy(d => d.Seq).Select(d => d.State).ToListAsync()).Should().Equal(HookState.GivenUp, HookState.Delivered);
        (await db.Incidents.SingleAsync()).Should().BeEquivalentTo(new { Code = "hookGivenUp", Blocking = false, Evidence = "HTTP 500" });
    }

    [SkippableFact]
    public async Task What_is_owed_to_a_webhook_that_is_gone_is_not_kept_for_ever()
    {
        await Owe([1], hook: 3);

        var queue = opened.Get<IHookQueue>();
        await queue.Forget(1, CancellationToken.None);

        (await queue.FirstOwed(CancellationToken.None)).Should().BeNull();
        (await queue.Read(3, 0, [], 10, CancellationToken.None)).Should().BeEmpty();
    }

    protected async Task Owe(int[] conversations, TimeSpan age = default, int hook = 0)
    {
        await using var db = opened.Context();
        for (var i = 0; i < conversations.Length; i++)
        {
            db.HookDeliveries.Add(new StoredHookDelivery
            {
                Seq = i + 1,
                Id = new Guid(i + 1, 0, 0, new byte[8]),
                Hook = hook,
                ConversationId = new Guid(conversations[i], 0, 0, new byte[8]),
                Type = HookTypes.Sent,
                Body = Encoding.UTF8.GetBytes($"{conversations[i]}:{i + 1}"),
                At = TimeProvider.System.GetUtcNow() - age,
            });
        }

        await db.SaveChangesAsync();
    }

    private async Task Run(Receiver receiver, Func<bool> until)
    {
        using var post = new HookPost(TimeProvider.System);
        var settings = new HookSettings([new HookEndpoint(receiver.Url, new HashSet<string>(), Secret)]);
        using var sender = new HookSender(settings, new HookSignal(), opened.Get<IHookQueue>(), post, Ids.Seeded(TimeProvider.System, 1), TimeProvider.System, NullLogger<HookSender>.Instance);
        await sender.StartAsync(CancellationToken.None);
        var deadline = TimeProvider.System.GetUtcNow().AddMinutes(2);
        while ((!until() || await StillOwed()) && TimeProvider.System.GetUtcNow() < deadline)
        {
            await Task.Delay(20);
        }

        await sender.StopAsync(CancellationToken.None);
    }

    private async Task<bool> StillOwed()
    {
        await using var db = opened.Context();
        return await db.HookDeliveries.AnyAsync(d => d.State == HookState.Owed);
    }

    private sealed record Call(string Body, string? Signature, string? Id);

    private sealed class Receiver(WebApplication app, ConcurrentQueue<Call> calls) : IAsyncDisposable
    {
        public ConcurrentQueue<Call> Calls => calls;

        public Uri Url => new(app.Urls.First() + "/hook");

        public static async Task<Receiver> Start(Func<string, int> answer)
        {
            var builder = WebApplication.CreateBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var calls = new ConcurrentQueue<Call>();
            app.MapPost("/hook", async (HttpContext http) =>
            {
                using var reader = new StreamReader(http.Request.Body);
                var body = await reader.ReadToEndAsync();
                calls.Enqueue(new Call(body, http.Request.Headers[HookSignature.Header], http.Request.Headers[HookPost.IdHeader]));
                return Results.StatusCode(answer(body));
            });
            await app.StartAsync();
            return new Receiver(app, calls);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}

public sealed class HookSenderTests() : HookSenderOn(DatabaseKind.Sqlite);

[Trait("Category", "Postgres")]
public sealed class PostgresHookSenderTests() : HookSenderOn(DatabaseKind.Postgres)
{
    [SkippableFact]
    public async Task A_node_that_another_one_has_succeeded_reads_nothing_more()
    {
        await Owe([1]);
        var now = TimeProvider.System.GetUtcNow();
        var (slow, successor) = (QueueOf("slow"), QueueOf("successor"));
        (await slow.Lead(0, now, CancellationToken.None)).Should().BeTrue();
        (await slow.Read(0, 0, [], 10, CancellationToken.None)).Should().ContainSingle();

        (await successor.Lead(0, now, CancellationToken.None)).Should().BeTrue("the other one has no sign of life");

        (await slow.Read(0, 0, [], 10, CancellationToken.None)).Should().BeEmpty();
        (await successor.Read(0, 0, [], 10, CancellationToken.None)).Should().ContainSingle();
    }

    private PostgresHookQueue QueueOf(string node) => new(Opened.Get<PostgresSources>(), new NodeId(node), TurnOptions.Default);
}
