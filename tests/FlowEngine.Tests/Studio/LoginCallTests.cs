using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FlowEngine.Tests.Api;
using static FlowEngine.Tests.Studio.StudioCalls;

namespace FlowEngine.Tests.Studio;

public sealed class LoginCallTests
{
    private const string Admin = "admin@localhost";

    [Fact]
    public async Task A_client_of_Elsa_signs_in_and_works_with_the_token()
    {
        await using var host = await ApiHost.Start();

        var answer = await Login(host, $" {Admin} ");

        answer["isAuthenticated"]!.GetValue<bool>().Should().BeTrue();
        var payload = JsonNode.Parse(Base64Url.DecodeFromChars(Access(answer).Split('.')[1]))!;
        (payload["email"]!.ToString(), payload["role"]!.ToString()).Should().Be((Admin, "admin"));
        payload["exp"]!.GetValue<long>().Should().Be(host.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds());
        var client = With(host, Access(answer));
        (await client.Save(Hello("by-token")))["definitionId"]!.ToString().Should().Be("by-token");
        (await client.GetAsync("/api/agents")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await client.GetAsync("/jobs")).StatusCode.Should().Be(HttpStatusCode.Unauthorized, "pages are for sessions");
    }

    [Theory]
    [InlineData(Admin, "not the password")]
    [InlineData("nobody@localhost", ApiHost.Password)]
    public async Task Wrong_password_and_unknown_name_are_answered_alike_and_without_tokens(string name, string password)
    {
        await using var host = await ApiHost.Start();

        var answer = await Login(host, name, password);

        answer.ToJsonString().Should().Be("""{"isAuthenticated":false,"message":"Name or password is wrong."}""");
    }

    [Fact]
    public async Task A_request_that_says_neither_is_refused()
    {
        await using var host = await ApiHost.Start();
        foreach (var body in new JsonNode[] { new JsonObject(), new JsonObject { ["username"] = Admin }, new JsonObject { ["username"] = 7, ["password"] = new JsonArray() }, new JsonArray() })
        {
            (await host.Anonymous().TrySend("/identity/login", body)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task Guessing_locks_form_and_call_together_for_a_while()
    {
        await using var host = await ApiHost.Start();
        for (var tries = 0; tries < 4; tries++)
        {
            await Login(host, Admin, "guess");
            await ApiHost.SubmitLogin(host.Anonymous(), Admin, "guess");
        }

        (await Login(host, Admin))["message"]!.ToString().Should().Contain("Too many tries");
        (await ApiHost.SubmitLogin(host.Anonymous(), Admin, ApiHost.Password)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_is_over_after_an_hour_and_a_refresh_token_gives_new_ones_for_a_week()
    {
        await using var host = await ApiHost.Start();
        var answer = await Login(host, Admin);
        var (access, refresh) = (Access(answer), answer["refreshToken"]!.ToString());

        host.Clock.Advance(TimeSpan.FromMinutes(61));

        var late = await With(host, access).GetAsync($"{Root}/workflow-definitions");
        late.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        late.Headers.WwwAuthenticate.ToString().Should().Be("Bearer");
        (await With(host, refresh).GetAsync($"{Root}/workflow-definitions")).StatusCode.Should().Be(HttpStatusCode.Unauthorized, "it is for new tokens only");
        (await Refreshed(host, access))["isAuthenticated"]!.GetValue<bool>().Should().BeFalse("an access token gives none");
        var renewed = await Refreshed(host, refresh);
        (await With(host, Access(renewed)).GetAsync($"{Root}/workflow-definitions")).StatusCode.Should().Be(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromDays(7));
        (await Refreshed(host, refresh))["isAuthenticated"]!.GetValue<bool>().Should().BeFalse();
    }

    [Fact]
    public async Task A_token_dies_with_its_persons_access_and_an_agent_sees_nothing_of_the_studio()
    {
        await using var host = await ApiHost.Start();
        await host.SignedInAgent();
        var (bea, boss) = (await Login(host, "bea@example.com"), await Login(host, Admin));
        var id = (await ApiHost.Json(await host.As("admin").GetAsync("/api/agents"))).GetProperty("items").EnumerateArray()
            .Single(a => a.GetProperty("name").GetString() == "Bea").GetProperty("id").GetGuid();
        (await With(host, Access(bea)).GetAsync($"{Root}/workflow-definitions")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await With(host, Access(bea)).GetAsync("/api/labels")).StatusCode.Should().Be(HttpStatusCode.OK, "elsewhere an agent is an agent");

        (await host.As("admin").PutAsJsonAsync($"/api/agents/{id}", new { name = "Bea", role = "agent", active = true, password = "another long password" })).EnsureSuccessStatusCode();
        (await With(host, Access(bea)).GetAsync("/api/labels")).StatusCode.Should().Be(HttpStatusCode.Unauthorized, "the password has changed");
        (await Refreshed(host, bea["refreshToken"]!.ToString()))["isAuthenticated"]!.GetValue<bool>().Should().BeFalse();

        var again = await Login(host, "bea@example.com", "another long password");
        (await host.As("admin").PutAsJsonAsync($"/api/agents/{id}", new { name = "Bea", role = "agent", active = false })).EnsureSuccessStatusCode();
        (await With(host, Access(again)).GetAsync("/api/labels")).StatusCode.Should().Be(HttpStatusCode.Unauthorized, "she is not active any more");
        (await Refreshed(host, again["refreshToken"]!.ToString()))["isAuthenticated"]!.GetValue<bool>().Should().BeFalse();
        (await Login(host, "bea@example.com", "another long password"))["isAuthenticated"]!.GetValue<bool>().Should().BeFalse();
        (await With(host, Access(boss)).GetAsync("/api/labels")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_that_was_changed_or_made_up_does_not_hold()
    {
        await using var host = await ApiHost.Start();
        await host.SignedInAgent();
        var (bea, boss) = (Access(await Login(host, "bea@example.com")).Split('.'), Access(await Login(host, Admin)).Split('.'));

        foreach (var forged in new[] { $"{bea[0]}.{boss[1]}.{bea[2]}", $"{bea[0]}.{bea[1]}.", $"{bea[0]}.{bea[1]}.{bea[2]}A", $"{bea[0]}.!.{bea[2]}", $"{bea[0]}..{bea[2]}", $"{bea[0]}.x", $"{bea[0]}.e30.e30" })
        {
            (await With(host, forged).GetAsync("/api/labels")).StatusCode.Should().Be(HttpStatusCode.Unauthorized, forged);
        }

        (await Refreshed(host, "anything"))["isAuthenticated"]!.GetValue<bool>().Should().BeFalse();
    }

    private static string Access(JsonObject answer) => answer["accessToken"]!.ToString();

    private static Task<JsonObject> Login(ApiHost host, string name, string password = ApiHost.Password) =>
        host.Anonymous().Send("/identity/login", new JsonObject { ["username"] = name, ["password"] = password });

    private static Task<JsonObject> Refreshed(ApiHost host, string token) => With(host, token).Send("/identity/refresh-token", new JsonObject());

    private static HttpClient With(ApiHost host, string token)
    {
        var client = host.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
