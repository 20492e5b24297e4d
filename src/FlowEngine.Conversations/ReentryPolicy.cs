namespace FlowEngine.Conversations;

/// <summary>What a message to a finished conversation means (decision 19).</summary>
/// <param name="Grace">
/// How long after the end a lead's message goes back to the person who was responsible, so that "thanks" does not start the flow anew
/// (race R56). Counted to when the lead wrote it, not to when it arrived.
/// </param>
public sealed record ReentryPolicy(TimeSpan Grace)
{
    public static readonly ReentryPolicy Default = new(TimeSpan.FromMinutes(10));
}
