using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using FlowEngine.WaSim;

namespace FlowEngine.Tests.WaSim;

/// <summary>Raw calls of the media endpoints.</summary>
internal static class MediaClient
{
    /// <summary>The smallest files that begin as their types do.</summary>
    public static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4];

    public static readonly byte[] Pdf = "%PDF-1.4 one"u8.ToArray();

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromMinutes(2) };

    public static Task<(int Status, JsonNode? Json)> Upload(this WaSimHost host, byte[] bytes, string type = "image/jpeg", string fileName = "foto.jpg") =>
        host.Upload(Form(("messaging_product", "whatsapp"), ("type", type)).With(bytes, fileName));

    public static Task<(int Status, JsonNode? Json)> Upload(this WaSimHost host, HttpContent content, string? token = null, string? number = null) =>
        host.Call(HttpMethod.Post, $"{host.GraphBaseUrl}/v24.0/{number ?? SimStage.Options.PhoneNumberId}/media", token, content);

    public static Task<(int Status, JsonNode? Json)> Media(this WaSimHost host, string id, string? token = null, string? number = null) =>
        host.Call(HttpMethod.Get, $"{host.GraphBaseUrl}/v24.0/{id}?phone_number_id={number ?? SimStage.Options.PhoneNumberId}", token);

    public static Task<(int Status, JsonNode? Json)> Delete(this WaSimHost host, string id) =>
        host.Call(HttpMethod.Delete, $"{host.GraphBaseUrl}/v24.0/{id}", null);

    /// <param name="token">Empty sends none.</param>
    public static async Task<(int Status, byte[] Bytes, string? Type)> Download(string url, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (token != "")
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? SimStage.Options.AccessToken);
        using var response = await Http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Content.Headers.ContentType?.ToString());
    }

    public static MultipartFormDataContent Form(params (string Name, string Value)[] parts)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in parts)
            form.Add(new StringContent(value), name);
        return form;
    }

    public static MultipartFormDataContent With(this MultipartFormDataContent form, byte[] bytes, string fileName)
    {
        form.Add(new ByteArrayContent(bytes), "file", fileName);
        return form;
    }

    private static async Task<(int Status, JsonNode? Json)> Call(this WaSimHost host, HttpMethod method, string url, string? token, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, url) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? host.Sim.Token);
        using var response = await Http.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync()));
    }
}
