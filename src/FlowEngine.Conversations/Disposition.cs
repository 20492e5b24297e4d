namespace FlowEngine.Conversations;

/// <summary>What becomes of the conversation when its run ends.</summary>
public enum Disposition
{
    /// <summary>Queue when the lead has written in this episode, else Nobody.</summary>
    Default = 0,

    Finalize = 1,

    /// <summary>To the queue of the conversation's department.</summary>
    Queue = 2,

    /// <summary>Valid only while the lead has not written (a first template, a note to a CRM).</summary>
    Nobody = 3,
}
