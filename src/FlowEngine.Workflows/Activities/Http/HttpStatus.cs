using System.Globalization;
using System.Net;

namespace FlowEngine.Workflows.Activities.Http;

/// <summary>Status codes by number or by name, as definitions have both.</summary>
internal static class HttpStatus
{
    public static IReadOnlyList<(string Value, string Text)> Choices { get; } =
    [
        .. new[] { HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Accepted, HttpStatusCode.NoContent, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.Conflict, HttpStatusCode.InternalServerError }
            .Select(c => (c.ToString(), $"{(int)c} {c}")),
    ];

    public static int? Read(string? text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number is >= 100 and <= 599 ? number : null;
        return Enum.TryParse<HttpStatusCode>(text, ignoreCase: true, out var named) ? (int)named : null;
    }
}

internal static class HttpContentTypes
{
    public static IReadOnlyList<(string Value, string Text)> Choices { get; } =
        [.. new[] { "application/json", "text/plain", "text/html", "application/xml", "application/x-www-form-urlencoded" }.Select(t => (t, t))];
}
