using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using FlowEngine.Tests.Channels;
using FlowEngine.WaSim;

namespace FlowEngine.Tests.WaSim;

/// <summary>Raw calls of the messages endpoint.</summary>
internal static class GraphClient
{
    private static readonly HttpClient Http = new();

    public static async Task<(int Status, JsonNode? Json)> Post(
        this WaSimHost host, string body, string? token = null, string version = "v24.0", string? number = null)
    {
        var url = $"{host.GraphBaseUrl}/{version}/{number ?? SimStage.Options.PhoneNumberId}/messages";
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? SimStage.Options.AccessToken);
        using var response = await Http.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync()));
    }

    public static int? Code(this JsonNode? json) => json?["error"]?["code"]?.GetValue<int>();

    /// <summary>The request with an upload of this stand-in in place of the media id that it names.</summary>
    public static async Task<string> WithUpload(this WaSimHost host, string request)
    {
        var upload = (string)(await host.Upload(MediaClient.Jpeg)).Json!["id"]!;
        return request.Replace("1037543291543636", upload, StringComparison.Ordinal);
    }

    public static string Fixture(string file) => File.ReadAllText(Path.Combine(Fixtures.Folder, "requests", file));
}
