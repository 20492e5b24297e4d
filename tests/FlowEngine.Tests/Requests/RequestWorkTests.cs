using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FlowEngine.Engine.Tasks;
using FlowEngine.Server.Requests;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Tests.Requests;

public sealed class RequestWorkTests
{
    private static readonly RequestOptions Allowing = new()
    {
        AllowedHosts = ["127.0.0.1"],
        LargestAnswer = 1_000,
        Strategies = new Dictionary<string, RetryStrategy> { ["patient"] = new() { MaxRetryAttempts = 3, Delay = TimeSpan.Zero } },
    };

    [Fact]
    public async Task What_the_flow_wrote_is_sent_and_the_answer_is_read_by_its_type()
    {
        await using var shop = await OtherSystem.Start(OtherSystem.Json("""{"id":7,"ok":true}"""));

        var answer = await Send(Call(shop.Address + "/orders?x=1", "POST", new Dictionary<string, object?> { ["lead"] = "Ana" }) with
        {
            Authorization = "Bearer key-1", Headers = new Dictionary<string, object?> { ["X-Key"] = "k" },
        });

        answer["StatusCode"]!.GetValue<int>().Should().Be(200);
        answer["ParsedContent"]!["id"]!.GetValue<int>().Should().Be(7);
        shop.Requests.Should().Equal(new Got("POST", "/orders?x=1", """{"lead":"Ana"}""", "application/json; charset=utf-8", "Bearer key-1", "k"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    public async Task An_address_inside_is_refused_however_it_is_written(string address)
    {
        await using var inside = await OtherSystem.Start();

        var answer = await Send(Call(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, inside.Port)), new RequestOptions());

        answer["Failure"]!.GetValue<string>().Should().Be("FailedToConnect");
        answer["Detail"]!.GetValue<string>().Should().Contain("AllowedHosts");
        inside.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_name_is_judged_by_what_it_resolves_to_when_it_is_connected()
    {
        await using var inside = await OtherSystem.Start();

        var answer = await Send(Call($"http://shop.example:{inside.Port}/"), Allowing, (_, _) => Task.FromResult(new[] { IPAddress.Loopback, IPAddress.Parse("10.0.0.1") }));

        answer["Detail"]!.GetValue<string>().Should().Contain("'shop.example'");
        inside.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_redirect_that_leads_inside_is_refused_at_its_own_connection()
    {
        await using var inside = await OtherSystem.Start();
        await using var outside = await OtherSystem.Start(OtherSystem.RedirectTo($"http://localhost:{inside.Port}/secret"));

        var answer = await Send(Call(outside.Address));

        answer["Failure"]!.GetValue<string>().Should().Be("FailedToConnect");
        inside.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Secrets_go_only_to_the_host_that_the_flow_named()
    {
        await using var other = await OtherSystem.Start();
        await using var named = await OtherSystem.Start(OtherSystem.RedirectTo("/here"), OtherSystem.RedirectTo(other.Address + "/there"));

        await Send(Call(named.Address) with { Authorization = "Bearer key-1", Headers = new Dictionary<string, object?> { ["X-Key"] = "k" } });

        named.Requests.Should().OnlyContain(r => r.Authorization == "Bearer key-1" && r.Key == "k").And.HaveCount(2);
        other.Requests.Should().Equal(new Got("GET", "/there", "", null, "", ""));
    }

    [Fact]
    public async Task Redirects_end_somewhere()
    {
        await using var loop = await OtherSystem.Start([.. Enumerable.Repeat(OtherSystem.RedirectTo("/again"), 20)]);

        (await Send(Call(loop.Address)))["StatusCode"]!.GetValue<int>().Should().Be(302);
        loop.Requests.Should().HaveCount(Allowing.Redirects + 1);
    }

    [Fact]
    public async Task A_named_policy_repeats_what_failed_for_a_passing_reason_and_nothing_else()
    {
        await using var shop = await OtherSystem.Start(OtherSystem.Status(503), OtherSystem.Status(429), OtherSystem.Status(404));

        var answer = await Send(Call(shop.Address) with { ResilienceStrategy = """{"mode":"Identifier","strategyId":"patient"}""" });

        answer["StatusCode"]!.GetValue<int>().Should().Be(404);
        answer["Attempts"]!.GetValue<int>().Should().Be(3);
        answer["Retried"]!.AsArray().Select(r => $"{r!["Number"]} {r["StatusCode"]} {r["Pause"]}").Should().Equal("1 503 00:00:00", "2 429 00:00:00");
        answer["Retried"]![0]!.AsObject().Select(m => m.Key).Should().Equal("Number", "At", "Pause", "StatusCode");
    }

    [Fact]
    public async Task A_policy_that_the_flow_wrote_itself_is_kept_too()
    {
        await using var shop = await OtherSystem.Start(OtherSystem.Status(503), OtherSystem.Status(503), OtherSystem.Status(503));

        var answer = await Send(Call(shop.Address) with { ResilienceStrategy = """{"maxRetryAttempts":2,"delay":"00:00:00","backoffType":"Constant"}""" });

        (answer["StatusCode"]!.GetValue<int>(), answer["Attempts"]!.GetValue<int>()).Should().Be((503, 3));
    }

    [Fact]
    public async Task What_could_not_be_reached_is_told_attempt_by_attempt_without_what_was_sent()
    {
        var call = Call("http://nobody.example/?key=secret-1") with { Authorization = "Bearer secret-2", ResilienceStrategy = """{"mode":"Identifier","strategyId":"patient"}""" };

        var answer = await Send(call, Allowing, (_, _) => Task.FromResult(Array.Empty<IPAddress>()));

        answer["Retried"]!.AsArray().Select(r => $"{r!["Number"]} {r["Failure"]}").Should().Equal("1 FailedToConnect", "2 FailedToConnect", "3 FailedToConnect");
        answer["Retried"]!.ToJsonString().Should().NotContain("secret");
        (await Send(Call("http://nobody.example/"), Allowing, (_, _) => Task.FromResult(Array.Empty<IPAddress>()))).ContainsKey("Retried").Should().BeFalse();
    }

    [Theory]
    [InlineData(Backoff.Exponential, "00:00:01 00:00:02 00:00:04")]
    [InlineData(Backoff.Linear, "00:00:01 00:00:02 00:00:03")]
    [InlineData(Backoff.Constant, "00:00:01 00:00:01 00:00:01")]
    public void The_pauses_of_a_policy_grow_as_it_says_and_end_with_its_attempts(Backoff backoff, string pauses)
    {
        var policy = new RetryStrategy { MaxRetryAttempts = 3, BackoffType = backoff };

        string.Join(' ', Enumerable.Range(1, 3).Select(policy.After)).Should().Be(pauses);
        policy.After(4).Should().BeNull();
        (policy with { MaxDelay = TimeSpan.FromMilliseconds(1500) }).After(3)!.Value.Should().BeLessThanOrEqualTo(TimeSpan.FromMilliseconds(1500));
    }

    [Fact]
    public async Task A_download_is_a_file_whatever_its_type_named_by_the_answer_or_the_address()
    {
        await using var shop = await OtherSystem.Start(OtherSystem.Json("""{"id":7}"""));

        var answer = await Send(Call(shop.Address + "/reports/may.json") with { AsFile = true });

        answer["ParsedContent"].Should().BeNull();
        (answer["File"]!["FileName"]!.ToString(), answer["File"]!["Length"]!.GetValue<int>()).Should().Be(("may.json", 8));
        Encoding.UTF8.GetString(Convert.FromBase64String(answer["File"]!["Content"]!.ToString())).Should().Be("""{"id":7}""");
    }

    [Fact]
    public async Task Without_a_policy_nothing_is_repeated()
    {
        await using var shop = await OtherSystem.Start(OtherSystem.Status(503));

        (await Send(Call(shop.Address)))["StatusCode"]!.GetValue<int>().Should().Be(503);
        shop.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_a_timeout()
    {
        await using var slow = await OtherSystem.Start(http => Task.Delay(Timeout.Infinite, http.RequestAborted));

        (await Send(Call(slow.Address), Allowing with { Timeout = TimeSpan.FromMilliseconds(50) }))["Failure"]!.GetValue<string>().Should().Be("Timeout");
    }

    [Fact]
    public async Task An_answer_that_is_too_long_is_not_read_to_its_end()
    {
        await using var loud = await OtherSystem.Start(OtherSystem.Json($"\"{new string('x', 5_000)}\""));

        (await Send(Call(loud.Address)))["Detail"]!.GetValue<string>().Should().Contain("1000 bytes");
    }

    [Theory]
    [InlineData("POST", 0)]
    [InlineData("PATCH", 0)]
    [InlineData("GET", 1)]
    [InlineData("PUT", 1)]
    public async Task After_a_crash_only_what_may_be_sent_twice_is_sent_again(string method, int sent)
    {
        await using var shop = await OtherSystem.Start();

        var answer = await Send(Call(shop.Address, method), attempts: 2);

        shop.Requests.Should().HaveCount(sent);
        answer.ContainsKey("Failure").Should().Be(sent == 0);
    }

    [Fact]
    public async Task What_a_task_holds_at_rest_is_sealed()
    {
        await using var shop = await OtherSystem.Start();
        var seal = new TaskSeal(Flipped, Flipped);
        var call = Call(shop.Address) with { Authorization = "Bearer key-1" };

        var payload = seal.Seal(HttpJob.Write(call));
        Encoding.UTF8.GetString(payload).Should().NotContain("key-1");
        call.ToString().Should().NotContain("key-1");

        using var work = new RequestWork(Allowing, seal, TimeProvider.System);
        await work.Work(Taken(payload, 1), default);
        shop.Requests.Should().ContainSingle().Which.Authorization.Should().Be("Bearer key-1");
    }

    private static byte[] Flipped(byte[] bytes) => Array.ConvertAll(bytes, b => (byte)(b ^ 0x5A));

    private static HttpCall Call(string url, string method = "GET", object? content = null) => new(url, method, content, null, null, null, null);

    private static async Task<JsonObject> Send(HttpCall call, RequestOptions? options = null, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null, int attempts = 1)
    {
        var seal = new TaskSeal(bytes => bytes, bytes => bytes);
        using var work = new RequestWork(options ?? Allowing, seal, TimeProvider.System, resolve ?? Dns.GetHostAddressesAsync);
        return JsonNode.Parse((await work.Work(Taken(seal.Seal(HttpJob.Write(call)), attempts), default)).Json)!.AsObject();
    }

    private static TakenTask Taken(byte[] payload, int attempts)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new TakenTask(new ExternalTask(Guid.Empty, Guid.Empty, Guid.Empty, "b", HttpJob.TaskKind, 0, payload, now, now.AddMinutes(5)), attempts);
    }
}
