using FlowEngine.Engine.ConversationActivities.Answers;
using FlowEngine.Engine.ConversationActivities.Words;

namespace FlowEngine.Engine.ConversationActivities.Qualifying;

public enum RuleOperator { Equals, Contains, Greater, Less, Between, Exists, In }

/// <summary>
/// Points for a lead whose field fits. Numbers are compared as numbers however they are written, days as days, all else as words
/// without accents and capitals.
/// </summary>
/// <param name="Values">One value; two for <see cref="RuleOperator.Between"/> (both included); any number for <see cref="RuleOperator.In"/>.</param>
public sealed record QualifyRule(string Field, RuleOperator Operator, IReadOnlyList<string> Values, int Points)
{
    public bool Fits(IReadOnlyDictionary<string, string> fields)
    {
        if (!fields.TryGetValue(Field, out var known) || string.IsNullOrWhiteSpace(known))
        {
            return false;
        }

        return Operator switch
        {
            RuleOperator.Exists => true,
            RuleOperator.Equals or RuleOperator.In => Values.Any(value => IsSame(known, value)),
            RuleOperator.Contains => Values.Any(value => PlainWords.Of(known).Contains(PlainWords.Of(value), StringComparison.Ordinal)),
            RuleOperator.Greater => Compare(known, Values[0]) > 0,
            RuleOperator.Less => Compare(known, Values[0]) < 0,
            _ => Compare(known, Values[0]) >= 0 && Compare(known, Values[1]) <= 0,
        };
    }

    private static bool IsSame(string left, string right) =>
        PlainWords.Of(left) == PlainWords.Of(right) || (NumberAnswer.Parse(left) is { } number && number == NumberAnswer.Parse(right));

    /// <summary>Null when the two cannot be compared: neither greater, nor less, nor between.</summary>
    private static int? Compare(string left, string right)
    {
        if (Day(left) is { } day && Day(right) is { } otherDay)
        {
            return day.CompareTo(otherDay);
        }

        return NumberAnswer.Parse(left) is { } number && NumberAnswer.Parse(right) is { } other ? number.CompareTo(other) : null;
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? day : null;
}
