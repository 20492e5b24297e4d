using System.Globalization;
using FlowEngine.Conversations;

namespace FlowEngine.Engine.ConversationActivities.Answers;

public enum AnswerType { Text, Number, Email, Phone, Date, Choice }

/// <summary>What was understood: the text that a field keeps, and the value that an expression sees.</summary>
public readonly record struct Answer(string Saved, object Value, string? ChoiceId = null);

/// <summary>What a question accepts. Reading an answer is pure: the same message always means the same.</summary>
/// <param name="Options">For <see cref="AnswerType.Choice"/>.</param>
/// <param name="Region">Country whose telephone numbers need no prefix.</param>
/// <param name="Today">Today where the company is.</param>
public sealed record Question(AnswerType Type, IReadOnlyList<ChoiceOption> Options, string Region, DateOnly Today)
{
    /// <summary>Longest free text that a field keeps.</summary>
    public const int LongestText = 2000;

    /// <summary>Null when the message is no answer to this question; media without words never is.</summary>
    public Answer? Read(MessageContent message)
    {
        var text = message.Text?.Trim();
        return Type switch
        {
            AnswerType.Choice => ChoiceAnswer.Match(Options, text, message.ChoiceId) is { } option ? new Answer(option.Saved, option.Saved, option.TapId) : null,
            _ when string.IsNullOrEmpty(text) => null,
            AnswerType.Number => NumberAnswer.Parse(text) is { } number ? new Answer(NumberAnswer.Write(number), (double)number) : null,
            AnswerType.Email => Same(EmailAnswer.Parse(text)),
            AnswerType.Phone => Same(PhoneAnswer.Parse(text, Region)),
            AnswerType.Date => Same(DateAnswer.Parse(text, Today)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            _ => text.Length <= LongestText ? new Answer(text, text) : null,
        };
    }

    private static Answer? Same(string? value) => value is null ? null : new Answer(value, value);
}
