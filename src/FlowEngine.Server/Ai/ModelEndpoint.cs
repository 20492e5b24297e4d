namespace FlowEngine.Server.Ai;

/// <summary>Where the model is: any OpenAI-compatible chat endpoint. Bound from <c>FlowEngine:Ai</c>.</summary>
public sealed record ModelEndpoint
{
    /// <summary>Base address such as <c>https://api.openai.com/v1</c>; empty: there is no model.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Secret; never logged. Endpoints without keys take none.</summary>
    public string? ApiKey { get; init; }

    public string? Model { get; init; }

    /// <summary>Takes the answer as a stream: for endpoints behind proxies that cut off long silences.</summary>
    public bool Stream { get; init; }

    /// <summary>Price of a million tokens asked, for the budget.</summary>
    public decimal InputPrice { get; init; }

    /// <summary>Price of a million tokens answered.</summary>
    public decimal OutputPrice { get; init; }

    public bool IsConfigured => !string.IsNullOrWhiteSpace(Endpoint);

    public override string ToString() => $"model {Model} at {(Uri.TryCreate(Endpoint, UriKind.Absolute, out var at) ? at.Host : "?")}";

    /// <summary>The address, or an error that names the setting.</summary>
    public Uri Address() =>
        !Uri.TryCreate(Endpoint, UriKind.Absolute, out var at) || at.Scheme is not ("http" or "https") ? throw new InvalidOperationException("FlowEngine__Ai__Endpoint must be an http or https address, such as https://api.openai.com/v1.")
        : string.IsNullOrWhiteSpace(Model) ? throw new InvalidOperationException("FlowEngine__Ai__Model must name the model.")
        : at;
}
