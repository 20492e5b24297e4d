using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace FlowEngine.Tests.Api;

public sealed class CommandCallTests
{
    [Fact]
    public async Task A_claim_answers_owner_epoch_and_tab_and_the_loser_hears_who_won()
    {
        await using var host = await ApiHost.Start();
        var lead = await host.NewLead();

        var won = await host.As("agent").PostAsJsonAsync($"/api/conversations/{lead}/claim", new { });
        var claimed = await ApiHost.Json(won);
        var lost = await (await host.SignedInAgent()).PostAsJsonAsync($"/api/conversations/{lead}/claim", new { });
        var refused = await ApiHost.Json(lost);

        won.StatusCode.Should().Be(HttpStatusCode.OK);
        claimed.GetProperty("owner").GetProperty("kind").GetString().Should().Be("agent");
        claimed.GetProperty("owner").GetProperty("name").GetString().Should().Be("agent");
        claimed.GetProperty("inFlight").GetArrayLength().Should().Be(0);
        lost.StatusCode.Should().Be(HttpStatusCode.Conflict);
        lost.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        refused.GetProperty("owner").GetProperty("name").GetString().Should().Be("agent");
        refused.GetProperty("epoch").GetInt64().Should().Be(claimed.GetProperty("epoch").GetInt64());
        refused.GetProperty("code").GetString().Should().NotBeEmpty();
    }

    [Fact]
    public async Task The_same_idempotency_key_is_one_command_with_one_outcome()
    {
        await using var host = await ApiHost.Start();
        var lead = await host.NewLead();
        var client = host.As("agent");
        client.DefaultRequestHeaders.Add("Idempotency-Key", "once");

        var first = await ApiHost.Json(await client.PostAsJsonAsync($"/api/conversations/{lead}/notes", new { text = "calls back at five" }));
        var second = await ApiHost.Json(await client.PostAsJsonAsync($"/api/conversations/{lead}/notes", new { text = "calls back at five" }));
        var other = host.As("supervisor");
        other.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        var third = await ApiHost.Json(await other.PostAsJsonAsync($"/api/conversations/{lead}/notes", new { text = "mine" }));

        second.GetProperty("commandId").GetGuid().Should().Be(first.GetProperty("commandId").GetGuid());
        third.GetProperty("commandId").GetGuid().Should().NotBe(first.GetProperty("commandId").GetGuid());
    }

    [Fact]
    public async Task That_no_answer_is_needed_is_said_by_whom_the_conversation_belongs_to()
    {
        await using var host = await ApiHost.Start();
        var (lead, agent) = (await host.NewLead(), host.As("agent"));

        var early = await agent.PostAsJsonAsync($"/api/conversations/{lead}/no-answer-needed", new { });
        await agent.PostAsync($"/api/conversations/{lead}/claim", null);
        var done = await agent.PostAsJsonAsync($"/api/conversations/{lead}/no-answer-needed", new { seenOrder = 1 });

        early.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        done.StatusCode.Should().Be(HttpStatusCode.OK);
        (await ApiHost.Json(done)).GetProperty("tab").GetString().Should().Be("open");
    }

    [Fact]
    public async Task An_outcome_can_be_asked_for_again()
    {
        await using var host = await ApiHost.Start();
        var lead = await host.NewLead();
        var answer = await host.As("agent").PostAsync($"/api/conversations/{lead}/claim", null);
        var claimed = await ApiHost.Json(answer);

        var again = await host.As("agent").GetAsync($"/api/commands/{claimed.GetProperty("commandId").GetGuid()}");

        again.StatusCode.Should().Be(HttpStatusCode.OK);
        (await ApiHost.Json(again)).GetProperty("epoch").GetInt64().Should().Be(claimed.GetProperty("epoch").GetInt64());
        (await host.As("agent").GetAsync($"/api/commands/{Guid.Empty}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("claim")]
    [InlineData("reopen")]
    [InlineData("read")]
    public async Task A_conversation_that_does_not_exist_is_not_found(string verb)
    {
        await using var host = await ApiHost.Start();
        var answer = await host.As("agent").PostAsJsonAsync($"/api/conversations/{Guid.Empty}/{verb}", new { });
        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await ApiHost.Json(answer)).GetProperty("code").GetString().Should().Be("notFound");
    }

    [Theory]
    [InlineData("messages", """{"text":"hello"}""", "clientId")]
    [InlineData("messages", """{"clientId":"1"}""", "text")]
    [InlineData("messages", """{"clientId":"1","text":"a","template":{"name":"t","language":"es"}}""", "template")]
    [InlineData("messages", """{"clientId":"1","template":{"language":"es"}}""", "template.name")]
    [InlineData("notes", """{"text":"  "}""", "text")]
    [InlineData("transfer", "{}", "department")]
    [InlineData("release", """{"to":"nowhere"}""", "to")]
    [InlineData("fields", "{}", "set")]
    [InlineData("labels", "{}", "add")]
    [InlineData("incidents/018f0000-0000-7000-8000-000000000001/dismiss", "{}", "reason")]
    public async Task Bad_input_names_the_field_and_does_nothing(string verb, string body, string field)
    {
        await using var host = await ApiHost.Start();
        var lead = await host.NewLead();

        var answer = await host.As("agent").PostAsync($"/api/conversations/{lead}/{verb}", new StringContent(body, Encoding.UTF8, "application/json"));

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ApiHost.Json(answer)).GetProperty("errors").TryGetProperty(field, out _).Should().BeTrue();
    }

    [Theory]
    [InlineData("""{"expectedEpoch":"soon"}""", "expectedEpoch")]
    [InlineData("{", "request")]
    public async Task What_cannot_be_read_is_a_400_that_says_where(string body, string field)
    {
        await using var host = await ApiHost.Start();
        var answer = await host.As("agent").PostAsync($"/api/conversations/{Guid.Empty}/claim", new StringContent(body, Encoding.UTF8, "application/json"));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await ApiHost.Json(answer)).GetProperty("errors").TryGetProperty(field, out _).Should().BeTrue();
    }

    [Theory]
    [InlineData("GET", "/api/nothing/here", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/api/labels", HttpStatusCode.MethodNotAllowed)]
    public async Task Even_a_wrong_address_is_answered_by_a_problem(string method, string path, HttpStatusCode status)
    {
        await using var host = await ApiHost.Start();
        var answer = await host.As("agent").SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        answer.StatusCode.Should().Be(status);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
    }

    [Fact]
    public async Task A_key_that_cannot_be_kept_is_refused()
    {
        await using var host = await ApiHost.Start();
        var client = host.As("agent");
        client.DefaultRequestHeaders.Add("Idempotency-Key", new string('x', 201));

        (await client.PostAsJsonAsync($"/api/conversations/{Guid.Empty}/claim", new { })).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("tab=nowhere", "tab")]
    [InlineData("tab=open&agent=somebody", "agent")]
    [InlineData("tab=open&cursor=abc", "cursor")]
    public async Task A_list_that_makes_no_sense_is_refused(string query, string field)
    {
        await using var host = await ApiHost.Start();
        var answer = await host.As("agent").GetAsync($"/api/conversations?{query}");
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await ApiHost.Json(answer)).GetProperty("errors").TryGetProperty(field, out _).Should().BeTrue();
    }
}
