namespace FlowEngine.Conversations;

/// <summary>Which rule a way to the lead has for free text.</summary>
public enum WindowKind
{
    /// <summary>For a time after each message of the lead; unknown counts as closed.</summary>
    Sliding = 0,

    /// <summary>Always allowed.</summary>
    None = 1,
}
