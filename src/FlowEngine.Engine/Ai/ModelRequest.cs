namespace FlowEngine.Engine.Ai;

public enum ChatRole { Lead, Company }

/// <summary>One thing that was said in the conversation.</summary>
public sealed record ChatTurn(ChatRole Role, string Text);

/// <summary>A function that the model may answer by.</summary>
/// <param name="Parameters">JSON schema of its arguments.</param>
public sealed record ModelFunction(string Name, string Description, string Parameters);

/// <summary>Everything that a model sees. What the lead wrote stands in <see cref="Turns"/> and <see cref="Question"/> alone: it is data, never an instruction.</summary>
public sealed record ModelRequest
{
    /// <summary>Rules and the flow's own instructions; written by the company, with nothing of the lead in it.</summary>
    public required string Instructions { get; init; }

    /// <summary>What is known of the lead, as lines <c>name: value</c>; data, like the turns.</summary>
    public string? Facts { get; init; }

    /// <summary>The conversation of this episode, oldest first.</summary>
    public IReadOnlyList<ChatTurn> Turns { get; init; } = [];

    /// <summary>What the lead has said since it was last answered; fragments are one text.</summary>
    public required string Question { get; init; }

    /// <summary>What was found for the question. The model names them as sources by their place, from 1.</summary>
    public IReadOnlyList<Passage> Passages { get; init; } = [];

    /// <summary>Exactly one of them must be called.</summary>
    public required IReadOnlyList<ModelFunction> Functions { get; init; }

    /// <summary>Why the model's last reply did not count; null at the first call.</summary>
    public string? Correction { get; init; }

    /// <summary>Longest reply; 0 leaves it to the endpoint.</summary>
    public int MaxTokens { get; init; }
}
