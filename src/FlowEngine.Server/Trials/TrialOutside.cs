namespace FlowEngine.Server.Trials;

/// <summary>What becomes of work outside of a trial, as who tries the flow wants it. At first nobody is called.</summary>
public sealed record TrialOutside
{
    /// <summary>The longest body of an answer that is made up, in characters.</summary>
    public const int LongestBody = 100_000;

    /// <summary>Whether the configured language model is asked, which costs. The answerer that this server has by itself always is.</summary>
    public bool AskModel { get; init; }

    public TrialRequests Requests { get; init; }

    /// <summary>Status of an answer that is made up, from 100 to 599.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Its body: JSON, else text; empty is none.</summary>
    public string Body { get; init; } = "";
}

/// <summary>What becomes of the HTTP requests of a trial: none is sent, each gets an answer that is made up, or they are really sent.</summary>
public enum TrialRequests { Fail, Answer, Send }

/// <summary>An HTTP request that the flow has made in a trial.</summary>
/// <param name="Sent">False when it stayed here.</param>
public sealed record TrialRequest(string Method, string Url, bool Sent);
