using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using FlowEngine.Engine.Connections;
using FlowEngine.Server.Media;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>
/// Files that leads have sent: the provider answers an id with an address of five minutes, which needs the same token (cloud-api.md section 4). The token goes to
/// the configured address and to the provider's own hosts of files, nowhere else.
/// </summary>
public sealed class GraphMedia(MediaFiles files, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan FetchWithin = TimeSpan.FromMinutes(5);

    /// <summary>Where the provider keeps files.</summary>
    private static readonly string[] FileHosts = [".fbsbx.com", ".fbcdn.net", ".facebook.com", ".whatsapp.net"];

    private readonly HttpClient http = GraphHttp.NewClient();

    /// <inheritdoc cref="DownloadMedia"/>
    public async Task<Download> Download(Connection connection, string providerId, long mostBytes, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(connection.AccessToken))
        {
            return new Download.Failed("The connection has no token.");
        }

        using var timeout = new CancellationTokenSource(FetchWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            var (address, failed) = await Locate(connection, providerId, mostBytes, either.Token);
            return failed ?? await Fetch(connection, address!, mostBytes, either.Token);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or JsonException || (broken is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new Download.Failed(broken is OperationCanceledException ? "The provider did not answer in time." : "The connection to the provider broke.");
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<(Uri? Address, Download? Failed)> Locate(Connection connection, string providerId, long mostBytes, CancellationToken cancel)
    {
        var asked = GraphHttp.Address(connection, $"{Uri.EscapeDataString(providerId)}?phone_number_id={Uri.EscapeDataString(connection.PhoneNumberId ?? "")}");
        using var answer = await Get(connection, asked, cancel);
        var body = await answer.Content.ReadAsByteArrayAsync(cancel);
        if (!answer.IsSuccessStatusCode)
        {
            return (null, Refused(answer.StatusCode, body));
        }

        using var json = JsonDocument.Parse(body);
        var found = json.RootElement;
        return found.TryGetProperty("file_size", out var size) && size.ValueKind == JsonValueKind.Number && size.GetInt64() > mostBytes ? (null, TooLarge(mostBytes))
            : Uri.TryCreate(found.Text("url"u8), UriKind.Absolute, out var address) && MayHaveTheToken(connection, address) ? (address, null)
            : (null, new Download.Gone("The provider named no address of its own."));
    }

    private async Task<Download> Fetch(Connection connection, Uri address, long mostBytes, CancellationToken cancel)
    {
        using var answer = await Get(connection, address, cancel);
        if (!answer.IsSuccessStatusCode)
        {
            return new Download.Failed($"The provider answered {(int)answer.StatusCode} for the file.");
        }

        await using var bytes = await answer.Content.ReadAsStreamAsync(cancel);
        return await files.Write(bytes, mostBytes, cancel) is { } written ? new Download.Fetched(written, answer.Content.Headers.ContentType?.ToString()) : TooLarge(mostBytes);
    }

    private async Task<HttpResponseMessage> Get(Connection connection, Uri address, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", connection.AccessToken);
        request.Headers.UserAgent.ParseAdd("FlowEngine");
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
    }

    /// <summary>An id that the provider does not know any more is code 33 of our table; a bad token may be cured.</summary>
    private static Download Refused(HttpStatusCode status, byte[] body)
    {
        var code = CodeOf(body);
        return status == HttpStatusCode.NotFound || code == "33"
            ? new Download.Gone("The provider does not have the file any more.")
            : new Download.Failed($"The provider answered {(int)status}{(code is null ? "" : $", code {code}")}.");
    }

    private static string? CodeOf(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.Part("error"u8) is { } error ? GraphError.Read(error).Code : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Download.Gone TooLarge(long mostBytes) => new($"The file has more than {mostBytes / (1024 * 1024)} MB.");

    private static bool MayHaveTheToken(Connection connection, Uri address)
    {
        var configured = new Uri(connection.GraphBaseUrl);
        return (address.Scheme == configured.Scheme && address.Authority == configured.Authority)
            || (address.Scheme == Uri.UriSchemeHttps && Array.Exists(FileHosts, host => address.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase)));
    }
}
