using System.Net;
using System.Net.Http.Json;
using FlowEngine.Tests.Api;

namespace FlowEngine.Tests.Access;

public sealed class LoginTests
{
    [Theory]
    [InlineData("es-AR,es;q=0.9", "lang=\"es\"", "Contraseña")]
    [InlineData("pt", "lang=\"pt-BR\"", "Senha")]
    [InlineData("fr,en;q=0.5", "lang=\"en\"", "Password")]
    public async Task The_form_speaks_the_browsers_language(string wanted, string language, string word)
    {
        await using var host = await ApiHost.Start();
        var client = host.Anonymous();
        client.DefaultRequestHeaders.Add("Accept-Language", wanted);

        var page = WebUtility.HtmlDecode(await client.GetStringAsync("/account/login?returnUrl=%2Fstudio"));

        page.Should().Contain(language).And.Contain(word)
            .And.Contain("id=\"email\"").And.Contain("id=\"password\"").And.Contain("type=\"submit\"").And.Contain("value=\"/studio\"");
    }

    [Fact]
    public async Task The_session_cookie_is_kept_from_scripts_and_other_sites()
    {
        await using var host = await ApiHost.Start();

        var answer = await ApiHost.SubmitLogin(host.Anonymous(), "admin@localhost", ApiHost.Password, "/studio");

        answer.Headers.Location!.ToString().Should().Be("/studio");
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("FlowEngine=", StringComparison.Ordinal));
        cookie.Should().Contain("httponly").And.Contain("samesite=lax");
    }

    [Theory]
    [InlineData("admin@localhost", "not the password")]
    [InlineData("nobody@localhost", ApiHost.Password)]
    public async Task Wrong_password_and_unknown_address_are_answered_alike(string email, string password)
    {
        await using var host = await ApiHost.Start();

        var answer = await ApiHost.SubmitLogin(host.Anonymous(), email, password, language: "es");

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("no son correctos").And.Contain(email).And.NotContain(password);
    }

    [Fact]
    public async Task Guessing_locks_the_account_for_a_while()
    {
        await using var host = await ApiHost.Start();
        for (var tries = 0; tries < 8; tries++)
        {
            await ApiHost.SubmitLogin(host.Anonymous(), "admin@localhost", "guess");
        }

        var locked = await ApiHost.SubmitLogin(host.Anonymous(), "admin@localhost", ApiHost.Password);

        locked.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await locked.Content.ReadAsStringAsync()).Should().Contain("Too many tries");
    }

    [Fact]
    public async Task A_form_without_its_token_is_shown_again()
    {
        await using var host = await ApiHost.Start();
        var form = new FormUrlEncodedContent([new("email", "admin@localhost"), new("password", ApiHost.Password)]);

        var answer = await host.Anonymous().PostAsync("/account/login", form);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        answer.Headers.Contains("Set-Cookie").Should().BeTrue();
        answer.Headers.GetValues("Set-Cookie").Should().NotContain(c => c.StartsWith("FlowEngine=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_goes_to_the_form_and_a_program_gets_a_problem()
    {
        await using var host = await ApiHost.Start();
        var browser = host.Anonymous();
        browser.DefaultRequestHeaders.Add("Accept", "text/html");

        var page = await browser.GetAsync("/docs");
        var call = await browser.GetAsync("/api/labels");

        page.StatusCode.Should().Be(HttpStatusCode.Redirect);
        page.Headers.Location!.ToString().Should().Contain("/account/login?returnUrl=%2Fdocs");
        call.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_deactivated_person_is_out_within_a_minute()
    {
        await using var host = await ApiHost.Start();
        var bea = await host.SignedInAgent();
        var id = (await ApiHost.Json(await host.As("admin").GetAsync("/api/agents"))).GetProperty("items").EnumerateArray()
            .Single(a => a.GetProperty("name").GetString() == "Bea").GetProperty("id").GetGuid();
        (await bea.GetAsync("/api/labels")).StatusCode.Should().Be(HttpStatusCode.OK);

        var saved = await host.As("admin").PutAsJsonAsync($"/api/agents/{id}", new { name = "Bea", role = "agent", active = false });
        host.Clock.Advance(TimeSpan.FromSeconds(61));

        saved.StatusCode.Should().Be(HttpStatusCode.OK);
        (await bea.GetAsync("/api/labels")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await ApiHost.SubmitLogin(host.Anonymous(), "bea@example.com", ApiHost.Password)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Signing_out_takes_the_cookie_away()
    {
        await using var host = await ApiHost.Start();
        var answer = await (await host.SignedIn()).PostAsync("/account/logout", null);

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.GetValues("Set-Cookie").Should().Contain(c => c.StartsWith("FlowEngine=;", StringComparison.Ordinal));
    }
}
