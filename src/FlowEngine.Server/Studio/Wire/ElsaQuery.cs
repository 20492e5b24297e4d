using System.Globalization;

namespace FlowEngine.Server.Studio.Wire;

/// <summary>A query as Elsa's clients send it: names in any case, empty values that mean nothing, lists as repeated names.</summary>
internal readonly struct ElsaQuery(HttpRequest request)
{
    private readonly IQueryCollection query = request.Query;

    public string? Text(string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    public int? Number(string name) => int.TryParse(Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    public IReadOnlyList<string> List(string name) => [.. query[name].OfType<string>().Where(v => v.Length > 0)];

    public bool IsDescending => string.Equals(Text("OrderDirection"), "Descending", StringComparison.OrdinalIgnoreCase);
}
