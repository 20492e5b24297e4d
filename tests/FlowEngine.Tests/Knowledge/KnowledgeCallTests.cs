using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using FlowEngine.Tests.Api;

namespace FlowEngine.Tests.Knowledge;

/// <summary>The REST calls of the knowledge base.</summary>
public sealed class KnowledgeCallTests
{
    private static readonly object Hours = new { title = "Horario", body = "Abrimos de **9 a 5**.", language = "es", labels = new[] { "abierto" } };

    [Fact]
    public async Task An_article_is_written_found_quoted_edited_and_deleted()
    {
        await using var host = await ApiHost.Start();
        var boss = host.As("supervisor");

        var made = await boss.PostAsJsonAsync("/api/knowledge", Hours);
        made.StatusCode.Should().Be(HttpStatusCode.Created);
        var article = await ApiHost.Json(made);
        article.GetProperty("changedBy").GetString().Should().Be("supervisor");
        (await ApiHost.Json(await boss.GetAsync(made.Headers.Location))).GetProperty("body").GetString().Should().Be("Abrimos de **9 a 5**.");

        var found = await ApiHost.Json(await host.As("agent").GetAsync("/api/knowledge/search?q=" + Uri.EscapeDataString("¿cuál es el horario?")));
        found.GetProperty("passages")[0].GetProperty("title").GetString().Should().Be("Horario");
        found.GetProperty("answer").GetProperty("text").GetString().Should().Be("Abrimos de *9 a 5*.");
        (await ApiHost.Json(await host.As("agent").GetAsync("/api/knowledge/search?q=bicicletas"))).GetProperty("answer").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);

        var id = article.GetProperty("id").GetGuid();
        (await boss.PutAsJsonAsync($"/api/knowledge/{id}", new { title = "Horario", body = "De 9 a 6.", language = "es", version = 1 })).StatusCode.Should().Be(HttpStatusCode.OK);
        var stale = await host.As("admin").PutAsJsonAsync($"/api/knowledge/{id}", new { title = "Horario", body = "De 9 a 7.", language = "es", version = 1 });
        stale.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await ApiHost.Json(stale)).GetProperty("changedBy").GetString().Should().Be("supervisor");

        (await boss.DeleteAsync($"/api/knowledge/{id}")).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await boss.DeleteAsync($"/api/knowledge/{id}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await boss.GetAsync($"/api/knowledge/{id}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Agents_read_and_do_not_write_and_others_do_not_even_read()
    {
        await using var host = await ApiHost.Start();
        await host.As("admin").PostAsJsonAsync("/api/knowledge", Hours);
        var agent = host.As("agent");

        (await agent.GetAsync("/api/knowledge")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await agent.PostAsJsonAsync("/api/knowledge", Hours)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await agent.PutAsJsonAsync($"/api/knowledge/{Guid.Empty}", Hours)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await agent.DeleteAsync($"/api/knowledge/{Guid.Empty}")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await agent.PostAsync("/api/knowledge/import", new ByteArrayContent([]))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await host.As("integration").GetAsync("/api/knowledge")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await host.Anonymous().GetAsync("/api/knowledge")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("""{"body":"x","language":"es"}""", "title")]
    [InlineData("""{"title":"x","body":"  ","language":"es"}""", "body")]
    [InlineData("""{"title":"x","body":"x","language":"fr"}""", "language")]
    [InlineData("""{"title":"a\nb","body":"x","language":"es"}""", "title")]
    [InlineData("""{"title":"x","body":"x","language":"es","labels":["012345678901234567890123456789012345678901234567890"]}""", "labels")]
    public async Task Bad_input_names_the_field(string body, string field)
    {
        await using var host = await ApiHost.Start();

        var answer = await host.As("admin").PostAsync("/api/knowledge", new StringContent(body, Encoding.UTF8, "application/json"));

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ApiHost.Json(answer)).GetProperty("errors").TryGetProperty(field, out _).Should().BeTrue();
    }

    [Fact]
    public async Task The_list_is_paged_by_title()
    {
        await using var host = await ApiHost.Start();
        foreach (var title in new[] { "Zeta", "Álamo", "beta" })
        {
            await host.As("admin").PostAsJsonAsync("/api/knowledge", new { title, body = "x", language = "es" });
        }

        var first = await ApiHost.Json(await host.As("agent").GetAsync("/api/knowledge?limit=2"));
        var second = await ApiHost.Json(await host.As("agent").GetAsync($"/api/knowledge?limit=2&cursor={first.GetProperty("nextCursor").GetString()}"));

        first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(a => a.GetProperty("title").GetString())
            .Should().Equal("Álamo", "beta", "Zeta");
        second.GetProperty("nextCursor").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
        (await host.As("agent").GetAsync("/api/knowledge?cursor=x")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await host.As("agent").GetAsync("/api/knowledge/search")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_archive_of_Markdown_files_is_imported_file_by_file_and_again_without_a_second_article()
    {
        await using var host = await ApiHost.Start();
        var archive = Zip(
            ("ayuda/horario.md", "---\ntitle: Horario\nlanguage: es\nlabels: [abierto, \"festivos\"]\n---\nDe 9 a 5."),
            ("sin-titulo.md", "# Cómo devolver\n\nTienes 30 días para devolver lo que has comprado."),
            ("vacio.md", "---\ntitle: Vacío\nlanguage: es\n---\n"),
            ("leeme.txt", "no"));

        var first = await Import(host, archive);
        var second = await Import(host, archive);

        first.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("status").GetString()).Should().Equal("created", "created", "error");
        second.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("status").GetString()).Should().Equal("unchanged", "unchanged", "error");
        first.GetProperty("files")[2].GetProperty("errors").TryGetProperty("body", out _).Should().BeTrue();
        var list = await ApiHost.Json(await host.As("agent").GetAsync("/api/knowledge"));
        list.GetProperty("items").EnumerateArray().Select(a => (a.GetProperty("title").GetString(), a.GetProperty("language").GetString()))
            .Should().Equal(("Cómo devolver", "es"), ("Horario", "es"));
        (await host.As("admin").PostAsync("/api/knowledge/import", new ByteArrayContent([1, 2, 3]))).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    private static async Task<System.Text.Json.JsonElement> Import(ApiHost host, byte[] archive)
    {
        using var content = new ByteArrayContent(archive);
        content.Headers.ContentType = new("application/zip");
        return await ApiHost.Json(await host.As("supervisor").PostAsync("/api/knowledge/import", content));
    }

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return bytes.ToArray();
    }
}
