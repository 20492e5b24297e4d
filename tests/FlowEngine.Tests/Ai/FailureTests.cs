using FlowEngine.Conversations;
using FlowEngine.Engine.Ai;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Ai;
using FlowEngine.Tests.Turns;
using Microsoft.Extensions.Logging;

namespace FlowEngine.Tests.Ai;

/// <summary>Every way in which an endpoint fails, from the lead's message to the lead's answer or the person who goes on: never silence.</summary>
public sealed class FailureTests : IAsyncLifetime
{
    private const string Key = "sk-secret-0123456789";

    private ModelStub stub = null!;

    public async Task InitializeAsync() => stub = await ModelStub.Start();

    public async Task DisposeAsync() => await stub.DisposeAsync();

    [Theory]
    [InlineData("500", 3, "Unavailable")]
    [InlineData("breaks off", 3, "Unavailable")]
    [InlineData("504", 3, "Slow")]
    [InlineData("429", 3, "RateLimited")]
    [InlineData("empty", 3, "Empty")]
    [InlineData("quota", 1, "OverBudget")]
    [InlineData("401", 1, "BadKey")]
    [InlineData("404", 1, "Rejected")]
    [InlineData("filter", 1, "Refused")]
    [InlineData("text", 2, "NotSure")]
    [InlineData("wrong call", 2, "NotSure")]
    [InlineData("two calls", 2, "NotSure")]
    [InlineData("bad arguments", 2, "NotSure")]
    [InlineData("no json", 2, "NotSure")]
    public async Task An_endpoint_that_keeps_failing_ends_with_a_person_and_the_reason(string way, int calls, string outcome)
    {
        using var model = Model();
        using var bench = new AiBench(AiBench.ReplyFlow(("handOffWords", "Te atiende el equipo.")), model);
        stub.Otherwise = EndpointTests.Way(way);
        var id = await bench.Says("¿A qué hora abrís?");

        stub.Requests.Should().HaveCount(calls);
        bench.Sent.Should().Equal("Te atiende el equipo.");
        var conversation = await bench.Conversation(id);
        (conversation.Tab, conversation.Owner).Should().Be((Tab.Waiting, Owner.Queue("ventas", "Ventas")));
        bench.HandOffs(id).Single().Cause.Should().StartWith("The assistant could not answer: ").And.NotContain(Key);
        bench.Ledger.Uses.Values.Single().Outcome.Should().Be(outcome);
        bench.Store.Incidents().Should().BeEmpty();
    }

    [Theory]
    [InlineData("500")]
    [InlineData("breaks off")]
    [InlineData("empty")]
    [InlineData("text")]
    [InlineData("wrong call")]
    [InlineData("no json")]
    public async Task An_endpoint_that_fails_once_answers_after_all(string way)
    {
        using var model = Model();
        using var bench = new AiBench(model: model);
        stub.Then(EndpointTests.Way(way), Answers.Calls("answer", new { text = "De 9 a 20 h.", sources = new[] { 1 } }));
        await bench.Says("¿A qué hora abrís?");

        bench.Sent.Should().Equal("De 9 a 20 h.");
        stub.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task The_pause_that_an_endpoint_asks_for_is_kept()
    {
        using var model = Model();
        using var bench = new AiBench(model: model, options: new AiOptions { CallTimeout = TimeSpan.FromHours(1) });
        stub.Then(Answers.Status(429, retryAfter: "7"));
        await bench.Engine.LeadWrites("¿A qué hora abrís?");
        await bench.Begin();
        await stub.Arrival();
        await TimePasses(bench, TimeSpan.FromMilliseconds(250), () => bench.Loop.Count == 0);
        await bench.Engine.Settle();

        bench.Sent.Should().Equal("Sí, claro.");
        bench.Ledger.Uses.Values.Single().Took.Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(7));
        stub.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task An_endpoint_that_never_answers_is_given_up_at_the_step_s_own_time()
    {
        using var model = Model();
        using var bench = new AiBench(AiBench.ReplyFlow(("timeout", "00:00:40")), model);
        stub.Otherwise = Answers.Waits(new TaskCompletionSource().Task, Answers.Says("x"));
        var id = await bench.Engine.LeadWrites("¿A qué hora abrís?");
        await bench.Begin();
        await stub.Arrival();
        await TimePasses(bench, TimeSpan.FromSeconds(1), () => bench.Loop.Count == 0, atMost: 44);
        await bench.Engine.Settle();

        (await bench.Conversation(id)).Tab.Should().Be(Tab.Waiting);
        bench.Ledger.Uses.Values.Single().Outcome.Should().Be("Slow");
        bench.Ledger.Uses.Values.Single().Took.Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(45));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_claim_while_the_endpoint_speaks_stops_the_answer_and_offers_it(bool stream)
    {
        using var model = Model(stream);
        using var bench = new AiBench(model: model);
        var gate = new TaskCompletionSource();
        var answer = new { text = "De 9 a 20 h.", sources = new[] { 1 } };
        stub.Then(stream ? Answers.WaitsInStream(gate.Task, "answer", answer) : Answers.Waits(gate.Task, Answers.Calls("answer", answer)));
        var id = await bench.Engine.LeadWrites("¿A qué hora abrís?");
        await bench.Begin();
        await stub.Arrival();

        await bench.Engine.Do(id, new Claim(), TestEngine.Ana);
        gate.SetResult();
        await bench.Settle();

        bench.Sent.Should().BeEmpty();
        bench.Suggestions(id).Should().ContainSingle().Which.Content.Text.Should().Be("De 9 a 20 h.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_newer_message_breaks_the_request_off_and_one_answer_goes_to_both(bool stream)
    {
        using var model = Model(stream);
        using var bench = new AiBench(model: model);
        var never = new TaskCompletionSource();
        stub.Then(stream ? Answers.WaitsInStream(never.Task, "answer", new { text = "vieja" }) : Answers.Waits(never.Task, Answers.Says("vieja")));
        await bench.Engine.LeadWrites("¿A qué hora abrís?");
        await bench.Begin();
        await stub.Arrival();

        await bench.Says("¿Y el sábado?");
        bench.Sent.Should().Equal("Sí, claro.");
        stub.Requests.Should().HaveCount(2);
        await stub.Breaking();
    }

    [Fact]
    public async Task Neither_the_key_nor_a_word_of_the_lead_or_the_model_is_logged()
    {
        var log = new ListLog<ModelWork>();
        using var model = Model();
        using var bench = new AiBench(model: model, log: log);
        foreach (var (way, lead) in new[] { ("401", 1), ("500", 2), ("no json", 3), ("text", 4) })
        {
            stub.Otherwise = EndpointTests.Way(way);
            await bench.Says("¿A qué hora abrís, secreto?", $"3460000000{lead}");
        }

        stub.Otherwise = Answers.Calls("answer", new { text = "Respuesta secreta", sources = new[] { 1 } });
        await bench.Says("¿Otra, secreto?", "34699999999");

        log.Lines.Should().HaveCount(5);
        log.Lines.Should().OnlyContain(l => !l.Contains(Key) && !l.Contains("secret") && !l.Contains("34699999999"));
        stub.Keys.Should().OnlyContain(k => k == $"Bearer {Key}", "the key itself did go out");
    }

    /// <param name="atMost">So many steps; then the clock stands still, however long this machine takes for what is due.</param>
    private static async Task TimePasses(AiBench bench, TimeSpan step, Func<bool> until, int atMost = int.MaxValue)
    {
        for (var steps = 0; !until(); steps++)
        {
            steps.Should().BeLessThan(5_000, "time does not pass for ever");
            await Task.WhenAny(bench.Loop.Quiet(), Task.Delay(10));
            bench.Engine.Clock.Advance(steps < atMost ? step : TimeSpan.Zero);
        }
    }

    private SemanticKernelModel Model(bool stream = false) => new(new ModelEndpoint { Endpoint = stub.Endpoint, ApiKey = Key, Model = "stub", Stream = stream });

    private sealed class ListLog<T> : ILogger<T>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Lines)
            {
                Lines.Add(formatter(state, exception) + exception);
            }
        }
    }
}
