using System.Net.Http.Json;
using System.Text.Json;

namespace FlowEngine.Tests.Journeys;

/// <summary>A visitor of a website over real HTTP and a real database, from the flow's first question to a new episode.</summary>
public sealed class WebChatJourneyTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);
    private static readonly HttpClient Http = new();
    private ServerUnderTest server = null!;
    private string token = "";

    public async Task InitializeAsync()
    {
        server = await ServerUnderTest.Start(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Flows"), "lead-turn", 1);
        token = (await Json(await Call("session", new { embedded = true }))).GetProperty("token").GetString()!;
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_visitor_is_asked_claimed_answered_finished_and_comes_back()
    {
        await Write("Hola");
        await Hears("Hola, ¿cómo te llamas?");
        await Write("Marta");
        await Hears("Encantado, Marta. ¿Qué necesitas? 1) Ventas 2) Soporte 3) Facturación");
        var id = (await server.Get("/api/conversations?tab=automated&connection=web")).GetProperty("items")[0].GetProperty("id").GetString()!;

        await server.Post($"/api/conversations/{id}/claim", new { });
        await Write("2");
        await server.Post($"/api/conversations/{id}/messages", new { clientId = "c1", text = "Soy una persona" });
        await Hears("Soy una persona");
        (await Texts()).Should().Equal(
            "Hola", "Hola, ¿cómo te llamas?", "Marta", "Encantado, Marta. ¿Qué necesitas? 1) Ventas 2) Soporte 3) Facturación", "2", "Soy una persona");

        await server.Post($"/api/conversations/{id}/finalize", new { });
        (await Thread()).GetProperty("state").GetString().Should().Be("finished");
        await Write("Hola de nuevo");
        await server.Until(async () => (await Thread()).GetProperty("episode").GetInt32() == 2, Soon, "a new episode");
    }

    [Fact]
    public async Task A_kill_loses_nothing_that_was_answered_and_repeats_nothing()
    {
        await Write("Hola");
        await Hears("Hola, ¿cómo te llamas?");
        var id = Id();
        (await Call("messages", new { id, text = "Marta" })).EnsureSuccessStatusCode();

        await server.Kill();
        await server.Run();

        (await Call("messages", new { id, text = "Marta" })).EnsureSuccessStatusCode();
        await Hears("Encantado, Marta. ¿Qué necesitas? 1) Ventas 2) Soporte 3) Facturación");
        (await Texts()).Should().Equal("Hola", "Hola, ¿cómo te llamas?", "Marta", "Encantado, Marta. ¿Qué necesitas? 1) Ventas 2) Soporte 3) Facturación");
    }

    [Fact]
    public async Task A_kill_loses_no_file_that_was_answered_and_doubles_none()
    {
        await Write("Hola");
        await Hears("Hola, ¿cómo te llamas?");
        var (id, file) = (Id(), await Bring("el plano"));
        (await Call("messages", new { id, text = "Marta", file })).EnsureSuccessStatusCode();

        await server.Kill();
        await server.Run();

        (await Call("messages", new { id, text = "Marta", file = await Bring("el plano") })).EnsureSuccessStatusCode();
        await Hears("Encantado, Marta. ¿Qué necesitas? 1) Ventas 2) Soporte 3) Facturación");
        var carried = (await Thread()).GetProperty("messages").EnumerateArray().Where(m => m.GetProperty("file").ValueKind == JsonValueKind.Object).ToList();
        carried.Should().ContainSingle("the caption was an answer as words are").Which.GetProperty("text").GetString().Should().Be("Marta");
        (await (await Call($"files/{carried[0].GetProperty("id").GetString()}")).Content.ReadAsStringAsync()).Should().Be("el plano");
    }

    [Fact]
    public async Task An_open_stream_is_told_of_each_commit()
    {
        await Write("Hola");
        using var answer = await Call("stream");
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        (await lines.ReadLineAsync()).Should().Be("data: look");
        await Hears("Hola, ¿cómo te llamas?");

        await Write("Marta");

        await lines.ReadLineAsync();
        (await lines.ReadLineAsync()).Should().Be("data: look");
    }

    private static Guid Id() => new(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    private static async Task<JsonElement> Json(HttpResponseMessage answer) => await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();

    private async Task<HttpResponseMessage> Call(string path, object? body = null)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(server.Http.BaseAddress!, $"/chat/web/{path}"));
        request.Headers.Add("X-Chat-Visitor", token);
        request.Content = body is null ? null : JsonContent.Create(body);
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Brings a file; answers its receipt.</summary>
    private async Task<string?> Bring(string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Http.BaseAddress!, "/chat/web/files?name=plano.txt&type=text/plain"));
        request.Headers.Add("X-Chat-Visitor", token);
        request.Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new("application/octet-stream") } };
        return (await Json(await Http.SendAsync(request))).GetProperty("receipt").GetString();
    }

    private async Task Write(string text) => (await Call("messages", new { id = Id(), text })).EnsureSuccessStatusCode();

    private Task Hears(string text) => server.Until(async () => (await Texts()).LastOrDefault() == text, Soon, $"the visitor to read '{text}'");

    private async Task<JsonElement> Thread() => await Json(await Call("messages"));

    private async Task<List<string?>> Texts() => [.. (await Thread()).GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("text").GetString())];
}
