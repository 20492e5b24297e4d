using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Server.Media;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>How an upload ended: the provider's id, or its refusal as it answered, or why there was no answer.</summary>
internal readonly record struct Upload(string? Id, HttpStatusCode Status = default, byte[]? Body = null, string? Broken = null);

/// <summary>
/// Our files at the provider, where they have an id for 30 days (cloud-api.md section 5). An upload sends nothing to anybody, so it may be repeated; one that is
/// slower than its message goes on, and the message's next attempt finds it (race R89). A restart uploads anew.
/// </summary>
public sealed class GraphUploads(MediaFiles files, TimeProvider clock) : IDisposable
{
    private const int MostKnown = 10_000;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(29);

    private readonly ConcurrentDictionary<(string Connection, string Sha256), (Task<Upload> Upload, DateTimeOffset At)> known = new();
    private readonly HttpClient http = GraphHttp.NewClient();

    /// <summary>The file's id at the provider; uploads it where it has none yet. Null when that has not ended before the deadline.</summary>
    internal async Task<Upload?> Of(Connection connection, MediaRef own, DateTimeOffset? deadline, CancellationToken cancel)
    {
        var upload = Begin(connection, own);
        var left = deadline - clock.GetUtcNow() ?? Within;
        try
        {
            return await upload.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, cancel);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>The provider does not take the id any more, or never did: the next attempt uploads anew.</summary>
    internal void Forget(Connection connection, MediaRef own) => known.TryRemove((connection.Key, own.Sha256!), out _);

    public void Dispose() => http.Dispose();

    private Task<Upload> Begin(Connection connection, MediaRef own)
    {
        var key = (connection.Key, own.Sha256!);
        if (known.TryGetValue(key, out var found) && clock.GetUtcNow() - found.At < Kept)
        {
            return found.Upload;
        }

        if (known.Count >= MostKnown)
        {
            known.Clear();
        }

        var upload = Task.Run(() => Try(connection, own));
        known[key] = (upload, clock.GetUtcNow());
        return upload;
    }

    private async Task<Upload> Try(Connection connection, MediaRef own)
    {
        var ended = await Post(connection, own);
        if (ended.Id is null)
        {
            Forget(connection, own);
        }

        return ended;
    }

    private async Task<Upload> Post(Connection connection, MediaRef own)
    {
        if (MediaShelf.HexOf(own.Sha256) is not { } hex || files.Find(hex) is not { } path)
        {
            return new Upload(null, Broken: "The file is not here");
        }

        using var timeout = new CancellationTokenSource(Within, clock);
        try
        {
            await using var bytes = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
            using var request = new HttpRequestMessage(HttpMethod.Post, GraphHttp.Address(connection, $"{connection.PhoneNumberId}/media")) { Content = Form(bytes, own) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", connection.AccessToken);
            using var answer = await http.SendAsync(request, timeout.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(timeout.Token);
            return new Upload(answer.IsSuccessStatusCode ? IdOf(body) : null, answer.StatusCode, body);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
        {
            return new Upload(null, Broken: broken is OperationCanceledException ? "No answer in time" : "The connection broke");
        }
    }

    private static MultipartFormDataContent Form(Stream bytes, MediaRef own)
    {
        var type = own.MimeType ?? "application/octet-stream";
        var file = new StreamContent(bytes);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return new MultipartFormDataContent
        {
            { new StringContent("whatsapp"), "messaging_product" },
            { new StringContent(type), "type" },
            { file, "file", Uri.EscapeDataString(own.FileName ?? "file") },
        };
    }

    private static string? IdOf(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.Text("id"u8);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
