using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Channels.WhatsApp;
using FlowEngine.Tests.Channels;
using FlowEngine.WaSim;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlowEngine.Tests.WaSim;

/// <summary>A webhook that keeps what it is sent and answers as it is told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(byte[] Body, string Signature)> received = [];

    private Receiver(WebApplication app) => this.app = app;

    /// <summary>Status codes to answer, in turn; then 200.</summary>
    public ConcurrentQueue<int> Answers { get; } = [];

    /// <summary>What to answer when <see cref="Answers"/> is used up.</summary>
    public int Otherwise { get; set; } = 200;

    public Uri Url => new($"{app.Urls.First()}/hook");

    public int Count => received.Count;

    /// <summary>What the product's own reader makes of everything received; each with a signature that holds.</summary>
    public IReadOnlyList<NewEvent> Events => [.. received.SelectMany(one => Read(one.Body, one.Signature))];

    public IEnumerable<StatusUpdate> Statuses => Events.Select(found => found.Event).OfType<StatusUpdate>();

    public static async Task<Receiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver.app.MapPost("/hook", receiver.Take);
        await receiver.app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> Take(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        received.Enqueue((body.ToArray(), request.Headers["X-Hub-Signature-256"].ToString()));
        return Results.StatusCode(Answers.TryDequeue(out var answer) ? answer : Otherwise);
    }

    private static IReadOnlyList<NewEvent> Read(byte[] body, string signature)
    {
        WebhookSignature.Matches(signature, new ReadOnlySequence<byte>(body), Fixtures.Connection.AppSecret).Should().BeTrue();
        using var envelope = JsonDocument.Parse(body);
        return Fixtures.Reader().Read(envelope.RootElement, Fixtures.Connection, Fixtures.Book());
    }
}

/// <summary>A stand-in on a clock of the test's own, with a webhook that listens.</summary>
internal sealed class SimStage : IAsyncDisposable
{
    public const string Marta = "12025550143";

    public static readonly WaSimOptions Options = new()
    {
        PhoneNumberId = Fixtures.Connection.PhoneNumberId!,
        BusinessAccountId = Fixtures.Connection.BusinessAccountId!,
        AppSecret = Fixtures.Connection.AppSecret!,
        VerifyToken = Fixtures.Connection.VerifyToken!,
        AccessToken = Fixtures.Connection.AccessToken!,
        ControlToken = "control",
        Seed = 7,
    };

    private SimStage(WaSimHost host, Receiver receiver, Microsoft.Extensions.Time.Testing.FakeTimeProvider clock)
    {
        Host = host;
        Receiver = receiver;
        Clock = clock;
    }

    public WaSimHost Host { get; }

    public Receiver Receiver { get; }

    public Microsoft.Extensions.Time.Testing.FakeTimeProvider Clock { get; }

    public StandIn Sim => Host.Sim;

    public static async Task<SimStage> Set(WaSimOptions? options = null)
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Fixtures.Clock);
        var receiver = await Receiver.Start();
        var host = await WaSimHost.Start((options ?? Options) with { CallbackUrl = receiver.Url }, clock);
        return new SimStage(host, receiver, clock);
    }

    /// <summary>Marta writes, so that her window is open, and her message has arrived.</summary>
    public async Task MartaWrites(string text = "hola")
    {
        Sim.Join("Marta", Marta);
        Sim.Write(Marta, text);
        await Settle();
    }

    public async Task Pass(TimeSpan time)
    {
        Clock.Advance(time);
        await Settle();
    }

    public Task Settle() => Sim.Callbacks.Settled().WaitAsync(TimeSpan.FromMinutes(2));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
