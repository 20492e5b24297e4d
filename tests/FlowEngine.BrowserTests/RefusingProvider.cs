using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using FlowEngine.Tests.Stores;

namespace FlowEngine.BrowserTests;

/// <summary>A provider that refuses every message by one code; the demo connection speaks to it until this ends.</summary>
internal sealed class RefusingProvider : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly HttpClient machine;
    private readonly int status;
    private readonly int code;
    private readonly string address;
    private string real = "";
    private Task? serving;

    private RefusingProvider(HttpClient machine, int status, int code)
    {
        (this.machine, this.status, this.code) = (machine, status, code);
        address = $"http://127.0.0.1:{FreePort.Next()}";
        listener.Prefixes.Add(address + "/");
    }

    public static async Task<RefusingProvider> Begin(Stage stage, int status, int code)
    {
        var provider = new RefusingProvider(stage.Machine(), status, code);
        provider.listener.Start();
        provider.serving = provider.Serve();
        provider.real = await provider.Save(provider.address);
        return provider;
    }

    /// <summary>What an administrator does who has found the cause: the connection is saved as it should be.</summary>
    public Task Cure() => Save(real);

    public async ValueTask DisposeAsync()
    {
        await Cure();
        listener.Stop();
        await serving!;
        listener.Close();
        machine.Dispose();
    }

    private async Task<string> Save(string graphBaseUrl)
    {
        var page = await machine.GetFromJsonAsync<JsonNode>("/api/connections");
        var demo = page!["items"]!.AsArray().Single(c => c!["key"]!.GetValue<string>() == "demo")!;
        using var answer = await machine.PutAsJsonAsync("/api/connections/demo", new
        {
            name = demo["name"]!.GetValue<string>(),
            kind = "whatsapp",
            flow = demo["flow"]?.GetValue<string>(),
            department = demo["department"]?.GetValue<string>(),
            graphBaseUrl,
        });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return demo["graphBaseUrl"]!.GetValue<string>();
    }

    private async Task Serve()
    {
        try
        {
            while (listener.IsListening)
            {
                var call = await listener.GetContextAsync();
                try
                {
                    await Refuse(call.Response);
                }
                catch (HttpListenerException)
                {
                    // The caller has gone; the next one is refused as well.
                }
            }
        }
        catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Refuse(HttpListenerResponse answer)
    {
        answer.StatusCode = status;
        answer.ContentType = "application/json";
        await answer.OutputStream.WriteAsync(Encoding.UTF8.GetBytes($$$"""{"error":{"message":"As this test wants it","code":{{{code}}}}}"""));
        answer.Close();
    }
}
