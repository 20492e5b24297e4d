using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using FlowEngine.Tests.Api;

namespace FlowEngine.Tests.Leads;

public sealed class LeadCallTests
{
    [Fact]
    public async Task The_same_key_is_one_lead()
    {
        await using var host = await ApiHost.Start();
        var client = host.As("integration");
        client.DefaultRequestHeaders.Add("Idempotency-Key", "form-17");
        var lead = new { connection = "ventas", contact = new { name = "Ana", phone = "+34 600 111 222" }, source = "form", fields = new { need = "price" } };

        var first = await client.PostAsJsonAsync("/api/leads", lead);
        var second = await client.PostAsJsonAsync("/api/leads", lead);

        first.StatusCode.Should().Be(HttpStatusCode.Created);
        second.StatusCode.Should().Be(HttpStatusCode.OK);
        var id = (await ApiHost.Json(first)).GetProperty("conversationId").GetGuid();
        (await ApiHost.Json(second)).GetProperty("conversationId").GetGuid().Should().Be(id);
        first.Headers.Location!.ToString().Should().Be($"/api/conversations/{id}");
    }

    [Fact]
    public async Task The_same_person_written_otherwise_is_the_same_conversation()
    {
        await using var host = await ApiHost.Start();
        (await host.NewLead("+34 600 111 222")).Should().Be(await host.NewLead("34600111222"));
    }

    [Theory]
    [InlineData("""{"connection":"nowhere","contact":{"name":"Ana","phone":"+34600111222"}}""", "connection")]
    [InlineData("""{"connection":"web","contact":{"name":"Ana","email":"ana@example.com"}}""", "connection")]
    [InlineData("""{"connection":"ventas","contact":{"name":"Ana","phone":"12"}}""", "contact.phone")]
    [InlineData("""{"connection":"ventas","contact":{"name":"Ana"}}""", "contact.phone")]
    [InlineData("""{"connection":"ventas","contact":{"phone":"+34600111222"}}""", "contact.name")]
    [InlineData("""{"connection":"ventas","contact":{"name":"Ana","phone":"+34600111222","email":"ana at home"}}""", "contact.email")]
    [InlineData("""{"connection":"ventas"}""", "contact.name")]
    public async Task A_lead_that_breaks_a_rule_is_not_taken(string body, string field)
    {
        await using var host = await ApiHost.Start();

        var answer = await host.As("integration").PostAsync("/api/leads", new StringContent(body, Encoding.UTF8, "application/json"));

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ApiHost.Json(answer)).GetProperty("errors").TryGetProperty(field, out _).Should().BeTrue();
    }

    [Fact]
    public async Task A_spreadsheet_in_Spanish_is_taken_row_by_row_with_its_errors()
    {
        await using var host = await ApiHost.Start();
        const string File = "Nombre;Teléfono;Correo electrónico;Presupuesto\nAna Muñoz;+34 600 111 222;ana@example.com;1000\nLuis;123;;\n\"Pérez; S.L.\";+34600111223;;5\n";

        var first = await Import(host, File);
        var second = await Import(host, File);

        first.GetProperty("created").GetInt32().Should().Be(2);
        first.GetProperty("errors").GetInt32().Should().Be(1);
        var rows = first.GetProperty("rows");
        rows.EnumerateArray().Select(r => r.GetProperty("row").GetInt32()).Should().Equal(2, 3, 4);
        rows[1].GetProperty("status").GetString().Should().Be("error");
        rows[1].GetProperty("errors").TryGetProperty("contact.phone", out _).Should().BeTrue();
        second.GetProperty("created").GetInt32().Should().Be(0);
        second.GetProperty("duplicates").GetInt32().Should().Be(2);
        second.GetProperty("rows")[2].GetProperty("conversationId").GetGuid().Should().Be(rows[2].GetProperty("conversationId").GetGuid());

        var lead = await ApiHost.Json(await host.As("agent").GetAsync($"/api/conversations/{rows[0].GetProperty("conversationId").GetGuid()}"));
        lead.GetProperty("contact").GetProperty("name").GetString().Should().Be("Ana Muñoz");
    }

    [Fact]
    public async Task A_file_may_come_as_a_forms_file()
    {
        await using var host = await ApiHost.Start();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes("name,phone\nAna,+34600111222\n"));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");

        var answer = await host.As("integration").PostAsync("/api/leads/import?connection=ventas", new MultipartFormDataContent { { content, "file", "leads.csv" } });

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await ApiHost.Json(answer)).GetProperty("created").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task What_is_no_file_is_refused()
    {
        await using var host = await ApiHost.Start();
        (await host.As("integration").PostAsJsonAsync("/api/leads/import", new { })).StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
        (await host.As("integration").PostAsync("/api/leads/import", new MultipartFormDataContent { { new StringContent("1"), "other" } })).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("name,phone\n")]
    public async Task A_file_without_rows_brings_nothing(string text)
    {
        await using var host = await ApiHost.Start();
        (await Import(host, text)).GetProperty("rows").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task A_row_with_too_many_values_is_an_error_of_its_own()
    {
        await using var host = await ApiHost.Start();
        var report = await Import(host, "name,phone\nAna,+34600111222,extra\nLuis,+34600111223\n");

        report.GetProperty("created").GetInt32().Should().Be(1);
        report.GetProperty("rows")[0].GetProperty("errors").TryGetProperty("row", out _).Should().BeTrue();
    }

    private static async Task<System.Text.Json.JsonElement> Import(ApiHost host, string text)
    {
        var answer = await host.As("integration").PostAsync("/api/leads/import?connection=ventas", new StringContent(text, Encoding.UTF8, "text/csv"));
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return await ApiHost.Json(answer);
    }
}
