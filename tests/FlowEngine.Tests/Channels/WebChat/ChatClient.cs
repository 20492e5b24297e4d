using System.Net.Http.Json;
using System.Text.Json;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine.Tests.Channels.WebChat;

/// <summary>A visitor's page: its session and its calls, as an embedded page makes them.</summary>
internal sealed class ChatClient(ApiHost host, HttpClient http)
{
    public HttpClient Http => http;

    public string Token { get; private init; } = "";

    public static async Task<ChatClient> Begin(ApiHost host, string? token = null)
    {
        var http = host.Anonymous();
        if (token is not null)
        {
            http.DefaultRequestHeaders.Add("X-Chat-Visitor", token);
        }

        var session = await ApiHost.Json(await http.PostAsJsonAsync("/chat/web/session", new { embedded = true }));
        var given = session.GetProperty("token").GetString()!;
        http.DefaultRequestHeaders.Remove("X-Chat-Visitor");
        http.DefaultRequestHeaders.Add("X-Chat-Visitor", given);
        return new ChatClient(host, http) { Token = given };
    }

    public Task<HttpResponseMessage> Post(object body) => http.PostAsJsonAsync("/chat/web/messages", body);

    /// <summary>Brings a file's bytes, as the page does.</summary>
    public Task<HttpResponseMessage> Bring(byte[] bytes, string type, string name)
    {
        var body = new ByteArrayContent(bytes);
        body.Headers.ContentType = new("application/octet-stream");
        return http.PostAsync($"/chat/web/files?name={Uri.EscapeDataString(name)}&type={Uri.EscapeDataString(type)}", body);
    }

    /// <summary>What a message names the file by.</summary>
    public async Task<string> Receipt(byte[] bytes, string type, string name)
    {
        var answer = await Bring(bytes, type, name);
        answer.StatusCode.Should().Be(System.Net.HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await ApiHost.Json(answer)).GetProperty("receipt").GetString()!;
    }

    /// <summary>Sends a file with a caption, and waits until everything that follows from it has happened.</summary>
    public async Task<HttpResponseMessage> Send(string receipt, string? caption, Guid? id = null)
    {
        var answer = await Post(new { id = id ?? RandomId(), text = caption, file = receipt });
        await Quiet();
        return answer;
    }

    /// <summary>The file of a message of the thread.</summary>
    public Task<HttpResponseMessage> Open(Guid message, string query = "") => http.GetAsync($"/chat/web/files/{message}{query}");

    /// <summary>Writes, and waits until everything that follows from it has happened.</summary>
    public async Task<HttpResponseMessage> Write(string text, Guid? id = null)
    {
        var answer = await Post(new { id = id ?? RandomId(), text });
        await Quiet();
        return answer;
    }

    public async Task<JsonElement> Thread(long? after = null) => await ApiHost.Json(await http.GetAsync("/chat/web/messages" + (after is null ? "" : $"?after={after}")));

    public async Task<List<string?>> Texts() => [.. (await Thread()).GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("text").GetString())];

    /// <summary>The desk's view of this visitor's conversation; the only one there is.</summary>
    public async Task<Guid> Conversation(string tab = "waiting") =>
        (await ApiHost.Json(await host.As("agent").GetAsync($"/api/conversations?tab={tab}&connection=web"))).GetProperty("items")[0].GetProperty("id").GetGuid();

    /// <summary>Turns run on other threads; this waits for the last of them.</summary>
    public async Task Quiet()
    {
        var drain = host.Services.GetRequiredService<Drain>();
        for (var looks = 0; drain.Active > 0; looks++)
        {
            looks.Should().BeLessThan(12_000, "the engine comes to rest");
            await Task.Delay(10);
        }
    }

    public static Guid RandomId() => new(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
}
