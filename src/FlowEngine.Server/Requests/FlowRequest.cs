using System.Net.Http.Headers;
using System.Text;
using FlowEngine.Engine.Tasks;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Server.Requests;

/// <summary>A flow's request as a message to send; made anew for each attempt and each redirect.</summary>
internal static class FlowRequest
{
    /// <param name="trusted">Whether it goes to the host that the flow named: only that one gets what may be secret.</param>
    public static HttpRequestMessage Of(HttpJob job, Uri address, HttpMethod method, bool trusted)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("User-Agent", "FlowEngine");
        if (job.ContentJson is not null && method != HttpMethod.Get && method != HttpMethod.Head)
        {
            request.Content = Content(job);
        }

        if (!trusted)
        {
            return request;
        }

        if (!string.IsNullOrEmpty(job.Authorization))
        {
            request.Headers.TryAddWithoutValidation("Authorization", job.Authorization);
        }

        foreach (var (name, value) in job.Headers ?? new Dictionary<string, string>())
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    private static ByteArrayContent Content(HttpJob job)
    {
        var value = JsonText.Read(job.ContentJson);
        var type = job.ContentType ?? (value is string ? "text/plain" : "application/json");
        var text = value switch
        {
            string plain => plain,
            IReadOnlyDictionary<string, object?> form when type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) =>
                string.Join('&', form.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value as string ?? JsonText.Of(f.Value))}")),
            _ => job.ContentJson!,
        };
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaTypeHeaderValue.TryParse(type, out var parsed) ? parsed : new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.ContentType.CharSet ??= "utf-8";
        return content;
    }
}
