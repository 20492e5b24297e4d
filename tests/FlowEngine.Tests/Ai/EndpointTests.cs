using FlowEngine.Engine.Ai;
using FlowEngine.Server.Ai;

namespace FlowEngine.Tests.Ai;

/// <summary>The door by Semantic Kernel against a real web server: what is asked, and what each kind of answer is.</summary>
public sealed class EndpointTests : IAsyncLifetime
{
    private const string Key = "sk-secret-0123456789";

    private static readonly ModelRequest Request = new()
    {
        Instructions = "Reglas.",
        Facts = "name: Marta",
        Turns = [new ChatTurn(ChatRole.Lead, "¿A qué hora abrís?")],
        Question = "¿A qué hora abrís?",
        Passages = [ScriptedKnowledge.Hours],
        Functions =
        [
            new ModelFunction("answer", "Answer.", """{"type":"object","properties":{"text":{"type":"string"},"sources":{"type":"array","items":{"type":"integer"}}},"required":["text","sources"]}"""),
            new ModelFunction("hand_off", "Hand off.", """{"type":"object","properties":{"reason":{"type":"string"}},"required":["reason"]}"""),
        ],
    };

    private ModelStub stub = null!;

    public async Task InitializeAsync() => stub = await ModelStub.Start();

    public async Task DisposeAsync() => await stub.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_comes_back_with_its_arguments_and_its_cost(bool stream)
    {
        stub.Then(Answers.Calls("answer", new { text = "De 9 a 20 h, \"más o menos\"", sources = new[] { 1 } }));
        var reply = (await Ask(stream)).Should().BeOfType<ModelReply.Called>().Subject;

        reply.Function.Should().Be("answer");
        reply.Arguments["text"]!.GetValue<string>().Should().Be("De 9 a 20 h, \"más o menos\"");
        reply.Arguments["sources"]!.AsArray().Select(n => n!.GetValue<int>()).Should().Equal(1);
        reply.Usage.Should().Be(new ModelUsage("stub", 120, 30, 0.00018m));
    }

    [Fact]
    public async Task The_request_carries_rules_data_conversation_and_functions_and_what_a_lead_said_is_no_system_message()
    {
        await Ask(false, Request with { Correction = "two functions" });

        var sent = stub.Requests.Single();
        var messages = sent["messages"]!.AsArray().Select(m => (Role: m!["role"]!.ToString(), Text: Text(m!["content"]!))).ToList();
        messages[0].Should().Be(("system", "Reglas."));
        messages.Where(m => m.Role == "system").Should().OnlyContain(m => !m.Text.Contains("Marta") && !m.Text.Contains("abrís"));
        messages.Should().Contain(m => m.Role == "user" && m.Text.Contains("name: Marta") && m.Text.Contains("Abrimos de lunes"));
        messages.Should().Contain(("user", "¿A qué hora abrís?"));
        messages[^1].Text.Should().Contain("two functions");
        sent["tools"]!.AsArray().Select(t => t!["function"]!["name"]!.ToString()).Should().Equal("answer", "hand_off");
        sent["tools"]![0]!["function"]!["parameters"]!["required"]!.AsArray().Select(n => n!.ToString()).Should().Equal("text", "sources");
        sent["tool_choice"]!.ToString().Should().Be("required");
        stub.Keys.Single().Should().Be($"Bearer {Key}");
    }

    public static TheoryData<string, ModelFailure> Failures => new()
    {
        { "500", ModelFailure.Unavailable },
        { "503", ModelFailure.Unavailable },
        { "504", ModelFailure.Slow },
        { "429", ModelFailure.RateLimited },
        { "quota", ModelFailure.OverBudget },
        { "402", ModelFailure.OverBudget },
        { "401", ModelFailure.BadKey },
        { "403", ModelFailure.BadKey },
        { "404", ModelFailure.Rejected },
        { "400", ModelFailure.Rejected },
        { "filter", ModelFailure.Refused },
        { "filtered", ModelFailure.Refused },
        { "empty", ModelFailure.Empty },
        { "text", ModelFailure.Malformed },
        { "two calls", ModelFailure.Malformed },
        { "bad arguments", ModelFailure.Malformed },
        { "no object", ModelFailure.Malformed },
        { "no json", ModelFailure.Malformed },
        { "other json", ModelFailure.Malformed },
        { "breaks off", ModelFailure.Unavailable },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Every_way_to_fail_is_a_value_with_a_cause_and_without_secrets(string way, ModelFailure failure)
    {
        stub.Then(Way(way));
        var failed = (await Ask(false)).Should().BeOfType<ModelReply.Failed>().Subject;

        failed.Failure.Should().Be(failure);
        failed.Detail.Should().NotBeEmpty().And.NotContain(Key).And.NotContain("abrís");
        stub.Requests.Should().HaveCount(1, "nothing is repeated here");
    }

    [Theory]
    [InlineData("500", ModelFailure.Unavailable)]
    [InlineData("empty", ModelFailure.Empty)]
    [InlineData("text", ModelFailure.Malformed)]
    [InlineData("two calls", ModelFailure.Malformed)]
    [InlineData("bad arguments", ModelFailure.Malformed)]
    [InlineData("breaks off", ModelFailure.Unavailable)]
    public async Task A_stream_fails_in_the_same_ways(string way, ModelFailure failure)
    {
        stub.Then(Way(way));
        (await Ask(true)).Should().BeOfType<ModelReply.Failed>().Which.Failure.Should().Be(failure);
    }

    [Fact]
    public async Task A_pause_that_the_endpoint_asks_for_is_told()
    {
        stub.Then(Answers.Status(429, retryAfter: "7"));
        (await Ask(false)).Should().BeOfType<ModelReply.Failed>().Which.RetryAfter.Should().Be(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task An_address_where_nobody_listens_is_unavailable()
    {
        var endpoint = stub.Endpoint;
        await stub.DisposeAsync();
        using var model = new SemanticKernelModel(new ModelEndpoint { Endpoint = endpoint, Model = "stub" });
        (await model.Ask(Request, default)).Should().BeOfType<ModelReply.Failed>().Which.Failure.Should().Be(ModelFailure.Unavailable);
        stub = await ModelStub.Start();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_withdrawn_call_ends_at_once_and_breaks_the_connection(bool stream)
    {
        var never = new TaskCompletionSource();
        using var model = Model(stream);

        // The moment is another each time: before the answer's headers, between them and its first part, in its middle.
        for (var moment = 0; moment < 30; moment++)
        {
            stub.Then(stream ? Answers.WaitsInStream(never.Task, "answer", new { text = "x" }) : Answers.Waits(never.Task, Answers.Says("x")));
            using var withdrawn = new CancellationTokenSource();
            var asking = model.Ask(Request, withdrawn.Token).AsTask();
            await stub.Arrival();
            Thread.SpinWait(moment * moment * 100);
            withdrawn.Cancel();

            await asking.Invoking(a => a).Should().ThrowAsync<OperationCanceledException>();
            await stub.Breaking();
        }
    }

    [Fact]
    public async Task An_answer_whose_content_the_library_has_taken_is_broken_off_too()
    {
        stub.Then(Answers.WaitsInStream(new TaskCompletionSource().Task, "answer", new { text = "x" }));
        using var withdrawn = new CancellationTokenSource();
        using var calls = new WithdrawnCalls(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero });
        using var http = new HttpMessageInvoker(calls);
        using var request = new HttpRequestMessage(HttpMethod.Post, stub.Endpoint + "/chat/completions") { Content = new StringContent("""{"stream":true}""") };
        calls.EndWith(withdrawn.Token);
        using var response = await http.SendAsync(request, CancellationToken.None);
        var content = await response.Content.ReadAsStreamAsync();
        response.Content = null;
        (await content.ReadAsync(new byte[1])).Should().Be(1);

        withdrawn.Cancel();

        await stub.Breaking();
    }

    [Theory]
    [InlineData("ftp://x", "m", "Endpoint")]
    [InlineData("nowhere", "m", "Endpoint")]
    [InlineData("https://api.example/v1", "", "Model")]
    public void A_wrong_setting_is_named_at_the_start(string endpoint, string model, string setting)
    {
        var wrong = new ModelEndpoint { Endpoint = endpoint, Model = model, ApiKey = Key };
        wrong.Invoking(e => e.Address()).Should().Throw<InvalidOperationException>().WithMessage($"*FlowEngine__Ai__{setting}*");
        wrong.ToString().Should().NotContain(Key);
    }

    /// <summary>Ways to fail by a word, so that a theory can name them.</summary>
    internal static StubAnswer Way(string way) => way switch
    {
        "quota" => Answers.Status(429, null, """{"error":{"message":"no","code":"insufficient_quota"}}"""),
        "401" => Answers.Status(401, null, $$$"""{"error":{"message":"Incorrect API key provided: {{{Key}}}"}}"""),
        "filter" => Answers.Status(400, null, """{"error":{"message":"no","code":"content_filter"}}"""),
        "filtered" => Answers.Says("", "content_filter"),
        "empty" => Answers.Says(null),
        "text" => Answers.Says("Abrimos a las 9."),
        "two calls" => Answers.Calls(("answer", """{"text":"a","sources":[1]}"""), ("hand_off", """{"reason":"b"}""")),
        "wrong call" => Answers.Calls("transfer", new { to = "ventas" }),
        "bad arguments" => Answers.Calls(("answer", """{"text":"a","sour""")),
        "no object" => Answers.Calls(("answer", "[1]")),
        "no json" => Answers.Raw("<html>gateway</html>"),
        "other json" => Answers.Raw("""{"hello":"world"}"""),
        "breaks off" => Answers.BreaksOff(),
        _ => Answers.Status(int.Parse(way, System.Globalization.CultureInfo.InvariantCulture)),
    };

    private async Task<ModelReply> Ask(bool stream, ModelRequest? request = null)
    {
        using var model = Model(stream);
        return await model.Ask(request ?? Request, default);
    }

    private SemanticKernelModel Model(bool stream) => new(new ModelEndpoint { Endpoint = stub.Endpoint, ApiKey = Key, Model = "stub", Stream = stream, InputPrice = 1, OutputPrice = 2 });

    private static string Text(System.Text.Json.Nodes.JsonNode content) =>
        content is System.Text.Json.Nodes.JsonArray parts ? string.Concat(parts.Select(p => p!["text"]!.ToString())) : content.ToString();
}
