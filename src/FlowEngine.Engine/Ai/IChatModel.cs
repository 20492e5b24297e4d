namespace FlowEngine.Engine.Ai;

/// <summary>
/// The one door to a language model. A model answers by calling one of the functions that it is offered; what it says outside of a
/// function is no answer.
/// </summary>
public interface IChatModel
{
    /// <summary>
    /// One call, never repeated by itself: repeating is the caller's. Whatever the endpoint does comes back as a value; throws only when
    /// <paramref name="cancel"/> fires. It holds no database connection.
    /// </summary>
    ValueTask<ModelReply> Ask(ModelRequest request, CancellationToken cancel);
}
