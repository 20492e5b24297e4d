namespace FlowEngine.Engine.Connections;

/// <summary>How the chat of a website looks, and which sites may show it inside their pages.</summary>
public sealed record ChatLook
{
    public static readonly ChatLook Default = new();

    /// <summary>As browsers write them: scheme, host and port, such as <c>https://shop.example</c>. Our own origin needs no entry.</summary>
    public IReadOnlyList<string> Origins { get; init => field = value ?? []; } = [];

    /// <summary>What stands over the chat; null is the connection's name.</summary>
    public string? Title { get; init; }

    /// <summary>Colour of buttons and head as #rrggbb; null is the page's own.</summary>
    public string? Color { get; init; }

    /// <summary>First words before anybody wrote, by language: es, pt, en. A missing language has the page's own words.</summary>
    public IReadOnlyDictionary<string, string> Greeting { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>Asks for name and e-mail before the first message; both may be left empty.</summary>
    public bool AsksContact { get; init; }
}
