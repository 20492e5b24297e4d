using FlowEngine.Conversations;

namespace FlowEngine.Engine.Outbox;

/// <summary>Our own causes, for what has no code of a provider (cloud-api.md section 7).</summary>
public static class SendErrors
{
    public static readonly SendError Stale = new("FE_STALE", "automation", "Somebody else had taken the conversation before this could leave.");

    public static readonly SendError NoConnection = new("FE_CONNECTION", "auth", "The connection does not exist, is switched off, or has no channel.");

    public static readonly SendError LeftOut = new("FE_LEFT_OUT", "automation", "A person decided to go on without it.");

    public static readonly SendError NeverConfirmed = new("FE_NO_REPLY", "transient", "The provider did not answer and no delivery report came: it may not have arrived.");
}
