using System.Net;
using System.Net.Http.Json;
using System.Text;
using FlowEngine.Engine.Connections;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Persistence;
using FlowEngine.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine.Tests.Administration;

/// <summary>The administration verbs as the API and the screens use them, over a real database file.</summary>
public sealed class AdministrationTests
{
    [Fact]
    public async Task Creating_the_same_twice_is_once_and_another_by_that_key_is_refused()
    {
        await using var host = await ApiHost.Start();
        var admin = host.As("admin");

        var first = await admin.PostAsJsonAsync("/api/departments", new { key = "support", name = "Support" });
        var second = await admin.PostAsJsonAsync("/api/departments", new { key = "support", name = "Support" });
        var other = await admin.PostAsJsonAsync("/api/departments", new { key = "support", name = "Help" });

        first.StatusCode.Should().Be(HttpStatusCode.Created);
        first.Headers.Location!.ToString().Should().Be("/api/departments/support");
        second.StatusCode.Should().Be(HttpStatusCode.OK);
        other.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await admin.PutAsJsonAsync("/api/departments/nowhere", new { name = "Help" })).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("departments", """{"key":"With Blanks","name":"X"}""", "key")]
    [InlineData("departments", """{"key":"a","name":"A","overflow":"nowhere"}""", "overflow")]
    [InlineData("departments", """{"key":"a","name":"A","members":["018f0000-0000-7000-8000-000000000001"]}""", "members")]
    [InlineData("departments", """{"key":"a","name":"A","hours":{"periods":[{"day":"moonday","from":"09:00","to":"18:00"}]}}""", "hours.periods")]
    [InlineData("labels", """{"name":"vip","color":"reddish"}""", "color")]
    [InlineData("agents", """{"email":"x@example.com","name":"X","role":"agent","password":"short"}""", "password")]
    [InlineData("agents", """{"email":"not an address","name":"X","role":"agent","password":"long enough, surely"}""", "email")]
    [InlineData("agents", """{"email":"x@example.com","name":"X","role":"integration","password":"long enough, surely"}""", "role")]
    [InlineData("connections", """{"key":"a","name":"A","kind":"telegraph"}""", "kind")]
    [InlineData("connections", """{"key":"a","name":"A","kind":"whatsapp","graphBaseUrl":"file:///etc"}""", "graphBaseUrl")]
    [InlineData("connections", """{"key":"a","name":"A","kind":"webchat","webChat":{"origins":["https://a.example/path"]}}""", "webChat.origins")]
    [InlineData("connections", """{"key":"a","name":"A","kind":"webchat","webChat":{"origins":["https://a.example; script-src *"]}}""", "webChat.origins")]
    [InlineData("connections", """{"key":"a","name":"A","kind":"webchat","webChat":{"origins":["javascript://a.example"]}}""", "webChat.origins")]
    [InlineData("connections", """{"key":"a","name":"A","kind":"webchat","webChat":{"color":"red"}}""", "webChat.color")]
    [InlineData("connections", """{"key":"a","name":"A","kind":"webchat","webChat":{"greeting":{"fr":"Bonjour"}}}""", "webChat.greeting")]
    [InlineData("templates", """{"name":"Hello!","language":"es","body":"x"}""", "name")]
    public async Task Bad_input_names_the_field(string room, string body, string field)
    {
        await using var host = await ApiHost.Start();
        var answer = await host.As("admin").PostAsync($"/api/{room}", new StringContent(body, Encoding.UTF8, "application/json"));

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ApiHost.Json(answer)).GetProperty("errors").TryGetProperty(field, out _).Should().BeTrue();
    }

    [Fact]
    public async Task A_chats_origins_are_kept_as_browsers_write_them_and_stay_when_a_change_does_not_name_them()
    {
        await using var host = await ApiHost.Start();
        var admin = host.As("admin");
        var look = new { origins = new[] { " https://Shop.Example/ ", "https://shop.example:443", "http://localhost:8080" }, color = "#aa0044", title = " Aurora " };
        await admin.PostAsJsonAsync("/api/connections", new { key = "site", name = "Site", kind = "webchat", webChat = look });

        var renamed = await ApiHost.Json(await admin.PutAsJsonAsync("/api/connections/site", new { name = "Site 2" }));

        renamed.GetProperty("webChat").GetProperty("origins").EnumerateArray().Select(o => o.GetString()).Should().Equal("https://shop.example", "http://localhost:8080");
        renamed.GetProperty("webChat").GetProperty("title").GetString().Should().Be("Aurora");
        host.Services.GetRequiredService<ConnectionBook>().Find("site")!.WebChat!.Color.Should().Be("#aa0044");
    }

    [Fact]
    public async Task Secrets_are_encrypted_at_rest_and_never_come_back()
    {
        await using var host = await ApiHost.Start();
        const string Token = "EAAB-very-secret-9876";

        var saved = await host.As("admin").PutAsJsonAsync("/api/connections/ventas", new { name = "Ventas 2", kind = "whatsapp", accessToken = Token });
        var listed = await (await host.As("admin").GetAsync("/api/connections")).Content.ReadAsStringAsync();

        saved.StatusCode.Should().Be(HttpStatusCode.OK);
        listed.Should().NotContain(Token).And.Contain("…9876");
        host.Services.GetRequiredService<ConnectionBook>().Find("ventas")!.AccessToken.Should().Be(Token);
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<FlowEngineContext>>().CreateDbContextAsync();
        Encoding.UTF8.GetString((await db.Connections.SingleAsync(c => c.Key == "ventas")).AccessToken!).Should().NotContain(Token);
    }

    [Fact]
    public async Task A_save_without_secrets_keeps_them()
    {
        await using var host = await ApiHost.Start();
        await host.As("admin").PutAsJsonAsync("/api/connections/ventas", new { name = "Ventas", active = false });

        host.Services.GetRequiredService<ConnectionBook>().Find("ventas")!.Should().BeEquivalentTo(new { AccessToken = "secret-token-1234", Active = false });
    }

    [Fact]
    public async Task What_a_screen_saved_is_not_undone_by_the_configuration_at_the_next_start()
    {
        await using var host = await ApiHost.Start();
        await host.As("admin").PutAsJsonAsync("/api/departments/sales", new { name = "Ventas" });

        await host.Services.GetRequiredService<ConfigurationSeed>().Apply(CancellationToken.None);

        (await host.Services.GetRequiredService<Departments>().List(CancellationToken.None)).Single().Name.Should().Be("Ventas");
    }

    [Fact]
    public async Task Hours_of_company_and_department_reach_the_engine()
    {
        await using var host = await ApiHost.Start();
        var hours = new { periods = new[] { new { day = "monday", from = "09:00", to = "14:00" } }, holidays = new[] { "2026-12-25" } };

        await host.As("admin").PutAsJsonAsync("/api/company", new { timeZone = "Europe/Madrid", hours });
        await host.As("admin").PutAsJsonAsync("/api/departments/sales", new { name = "Sales", hours = new { periods = Array.Empty<object>() } });

        var book = host.Services.GetRequiredService<CompanyBook>().Hours;
        book.TimeZone.Should().Be("Europe/Madrid");
        book.For(null)!.Periods.Should().ContainSingle();
        book.For("sales")!.Periods.Should().BeEmpty();
        (await host.As("admin").PutAsJsonAsync("/api/company", new { timeZone = "Mars/North" })).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task The_last_administrator_stays_one()
    {
        await using var host = await ApiHost.Start();
        var admin = (await host.Services.GetRequiredService<Agents>().List(CancellationToken.None)).Single();

        var demoted = await host.As("admin").PutAsJsonAsync($"/api/agents/{admin.Id}", new { name = "Admin", role = "agent" });
        var deactivated = await host.As("admin").PutAsJsonAsync($"/api/agents/{admin.Id}", new { name = "Admin", role = "admin", active = false });

        demoted.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        deactivated.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_change_of_an_agent_is_a_change_of_the_staff()
    {
        await using var host = await ApiHost.Start();
        await host.SignedInAgent();
        var staff = host.Services.GetRequiredService<StaffBook>();
        var bea = (await host.Services.GetRequiredService<Agents>().List(CancellationToken.None)).Single(a => a.Name == "Bea");
        var before = staff.Version;

        await host.As("admin").PutAsJsonAsync($"/api/agents/{bea.Id}", new { name = "Bea", role = "supervisor", departments = Array.Empty<string>() });

        staff.Version.Should().BeGreaterThan(before);
        (await host.Services.GetRequiredService<Agents>().List(CancellationToken.None)).Single(a => a.Name == "Bea")
            .Should().BeEquivalentTo(new { Role = "supervisor", Departments = Array.Empty<string>() });
    }

    [Fact]
    public async Task The_conversations_of_somebody_who_leaves_go_to_a_queue_and_stay_open()
    {
        await using var host = await ApiHost.Start();
        var bea = await host.SignedInAgent();
        var lead = await host.NewLead();
        (await bea.PostAsync($"/api/conversations/{lead}/claim", null)).StatusCode.Should().Be(HttpStatusCode.OK);
        var id = (await host.Services.GetRequiredService<Agents>().List(CancellationToken.None)).Single(a => a.Name == "Bea").Id;

        await host.As("admin").PutAsJsonAsync($"/api/agents/{id}", new { name = "Bea", role = "agent", active = false });

        var detail = await ApiHost.Json(await host.As("agent").GetAsync($"/api/conversations/{lead}"));
        detail.GetProperty("owner").GetProperty("kind").GetString().Should().Be("queue");
        detail.GetProperty("owner").GetProperty("id").GetString().Should().Be("sales");
        detail.GetProperty("tab").GetString().Should().Be("open");
    }

    [Fact]
    public async Task Lists_are_paged()
    {
        await using var host = await ApiHost.Start();
        foreach (var name in new[] { "a", "b", "c" })
        {
            await host.As("admin").PostAsJsonAsync("/api/labels", new { name, color = "#aabbcc" });
        }

        var first = await ApiHost.Json(await host.As("agent").GetAsync("/api/labels?limit=2"));
        var second = await ApiHost.Json(await host.As("agent").GetAsync($"/api/labels?limit=2&cursor={first.GetProperty("nextCursor").GetString()}"));

        first.GetProperty("items").EnumerateArray().Select(l => l.GetProperty("name").GetString()).Should().Equal("a", "b");
        second.GetProperty("items").EnumerateArray().Select(l => l.GetProperty("name").GetString()).Should().Equal("c");
        second.GetProperty("nextCursor").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public void A_template_is_rendered_with_its_variables() =>
        Templates.Render("Hola {{1}}, tu cita es el {{2}}. {{3}}", ["Ana", "{{1}}"]).Should().Be("Hola Ana, tu cita es el {{1}}. {{3}}");

    [Fact]
    public async Task The_description_of_the_API_names_its_calls()
    {
        await using var host = await ApiHost.Start();
        var document = await ApiHost.Json(await host.As("agent").GetAsync("/openapi/v1.json"));

        document.GetProperty("paths").TryGetProperty("/api/conversations/{id}/claim", out _).Should().BeTrue();
        document.GetProperty("paths").EnumerateObject().Should().OnlyContain(p => p.Name.StartsWith("/api/", StringComparison.Ordinal));
    }
}
