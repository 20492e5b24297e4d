using PhoneNumbers;

namespace FlowEngine.Engine.ConversationActivities.Answers;

/// <summary>The one valid telephone number in a text, as E.164 ("+34612345678").</summary>
public static class PhoneAnswer
{
    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <param name="region">Country (ISO 3166, two letters) whose numbers may be written without a prefix.</param>
    public static string? Parse(string? text, string region)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 120)
        {
            return null;
        }

        var found = Numbers.FindNumbers(text, region.ToUpperInvariant()).Select(match => match.Number).Where(Numbers.IsValidNumber).ToList();
        return found.Count == 1 ? Numbers.Format(found[0], PhoneNumberFormat.E164) : null;
    }

    /// <summary>The country of a number with prefix; null when it tells none.</summary>
    public static string? RegionOf(string? number)
    {
        if (string.IsNullOrWhiteSpace(number))
        {
            return null;
        }

        try
        {
            var parsed = Numbers.Parse(number.StartsWith('+') ? number : "+" + number, null);
            return Numbers.GetRegionCodeForNumber(parsed);
        }
        catch (NumberParseException)
        {
            return null; // The library has no way of asking without throwing.
        }
    }
}
