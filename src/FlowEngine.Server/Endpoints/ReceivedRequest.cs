using System.Text;
using System.Text.Json;
using FlowEngine.Workflows.Activities.Http;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Server.Endpoints;

/// <summary>A request as a flow reads it, within the limits of the route. What passes a limit is refused, or an outcome where the flow wants one.</summary>
internal static class ReceivedRequest
{
    private const long LargestRequest = 512 * 1024;

    /// <summary>The value for the flow as JSON, or the status with which it is refused.</summary>
    public static async Task<(string? Json, int Refused)> Read(HttpRequest request, HttpRoute? route, IReadOnlyDictionary<string, object?> routeValues, CancellationToken cancel)
    {
        var value = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["RouteData"] = routeValues,
            ["QueryStringData"] = request.Query.ToDictionary(q => q.Key, q => (object?)q.Value.ToString()),
            ["Headers"] = request.Headers.Where(h => !IsSecret(h.Key)).ToDictionary(h => h.Key, h => (object?)h.Value.ToString()),
            ["Method"] = request.Method,
            ["Path"] = request.Path.Value,
        };
        var largest = Math.Min(route?.RequestSizeLimit ?? LargestRequest, LargestRequest);
        if (await Bytes(request, largest, cancel) is not { } body)
        {
            return Limit(value, route, "RequestTooLarge", "Request too large", StatusCodes.Status413PayloadTooLarge);
        }

        try
        {
            return request.HasFormContentType && request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
                ? await ReadForm(request, body, route, value, cancel)
                : (JsonText.Of(With(value, Content(request.ContentType, body))), 0);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidDataException or BadHttpRequestException)
        {
            return (null, StatusCodes.Status400BadRequest);
        }
    }

    private static async Task<byte[]?> Bytes(HttpRequest request, long largest, CancellationToken cancel)
    {
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = await request.Body.ReadAsync(buffer, cancel)) > 0;)
        {
            read.Write(buffer, 0, count);
            if (read.Length > largest)
            {
                return null;
            }
        }

        return read.ToArray();
    }

    private static object? Content(string? contentType, byte[] body)
    {
        var type = contentType?.Split(';')[0].Trim() ?? "";
        var text = Encoding.UTF8.GetString(body);
        return body.Length == 0 ? null
            : type.EndsWith("json", StringComparison.OrdinalIgnoreCase) ? JsonText.Read(text)
            : type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
                ? new Microsoft.AspNetCore.WebUtilities.FormReader(text).ReadForm().ToDictionary(f => f.Key, f => (object?)f.Value.ToString())
            : text;
    }

    private static async Task<(string? Json, int Refused)> ReadForm(HttpRequest request, byte[] body, HttpRoute? route, Dictionary<string, object?> value, CancellationToken cancel)
    {
        request.Body = new MemoryStream(body);
        var form = await request.ReadFormAsync(cancel);
        foreach (var file in form.Files)
        {
            var (limit, outcome, status) = Check(file, route);
            if (limit is not null)
            {
                return Limit(value, route, limit, outcome!, status);
            }
        }

        var files = new List<object?>();
        foreach (var file in form.Files)
        {
            using var content = new MemoryStream();
            await file.CopyToAsync(content, cancel);
            files.Add(new Dictionary<string, object?>
            {
                ["Name"] = file.Name, ["FileName"] = file.FileName, ["ContentType"] = file.ContentType, ["Length"] = file.Length, ["Content"] = Convert.ToBase64String(content.ToArray()),
            });
        }

        (value["Files"], value["File"]) = (files, files.FirstOrDefault());
        return (JsonText.Of(With(value, form.ToDictionary(f => f.Key, f => (object?)f.Value.ToString()))), 0);
    }

    private static (string? Limit, string? Outcome, int Status) Check(IFormFile file, HttpRoute? route)
    {
        var extension = Path.GetExtension(file.FileName);
        bool Has(IReadOnlyList<string> list) => list.Any(e => e.TrimStart('.').Equals(extension.TrimStart('.'), StringComparison.OrdinalIgnoreCase));
        return route switch
        {
            null => default,
            { FileSizeLimit: { } most } when file.Length > most => ("FileTooLarge", "File too large", StatusCodes.Status413PayloadTooLarge),
            { AllowedFileExtensions: { Count: > 0 } allowed } when !Has(allowed) => ("InvalidFileExtension", "Invalid file extension", StatusCodes.Status415UnsupportedMediaType),
            { BlockedFileExtensions: { Count: > 0 } blocked } when Has(blocked) => ("InvalidFileExtension", "Invalid file extension", StatusCodes.Status415UnsupportedMediaType),
            { AllowedMimeTypes: { Count: > 0 } types } when !types.Contains(file.ContentType, StringComparer.OrdinalIgnoreCase) => ("InvalidFileMimeType", "Invalid file MIME type", StatusCodes.Status415UnsupportedMediaType),
            _ => default,
        };
    }

    private static (string? Json, int Refused) Limit(Dictionary<string, object?> value, HttpRoute? route, string limit, string outcome, int status)
    {
        value["Outcome"] = outcome;
        return route?.Exposed.Contains(limit) == true ? (JsonText.Of(value), 0) : (null, status);
    }

    private static Dictionary<string, object?> With(Dictionary<string, object?> value, object? content)
    {
        value["ParsedContent"] = content;
        return value;
    }

    /// <summary>Who called is our affair; a flow's state and journal never hold its credentials.</summary>
    private static bool IsSecret(string header) => header.Equals("Authorization", StringComparison.OrdinalIgnoreCase) || header.Equals("Cookie", StringComparison.OrdinalIgnoreCase);
}
