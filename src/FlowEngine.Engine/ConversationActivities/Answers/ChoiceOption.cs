using FlowEngine.Engine.ConversationActivities.Words;

namespace FlowEngine.Engine.ConversationActivities.Answers;

/// <summary>One answer that may be chosen.</summary>
/// <param name="Title">What the lead sees and, where no value is given, what is saved.</param>
/// <param name="Value">What is saved.</param>
/// <param name="Id">Identifies the tapped button or row; the value, else the title, when not given.</param>
/// <param name="Description">Second line of a list's row.</param>
/// <param name="Words">Other words by which leads say it.</param>
public sealed record ChoiceOption(string Title, string? Value = null, string? Id = null, string? Description = null, IReadOnlyList<string>? Words = null)
{
    public string Saved => Value ?? Title;

    public string TapId => Id ?? Value ?? Title;

    /// <summary>Everything that names it, as plain words.</summary>
    public IEnumerable<string> PlainNames => new[] { Title, Value }.Concat(Words ?? []).Select(PlainWords.Of).Where(name => name.Length > 0).Distinct();
}
