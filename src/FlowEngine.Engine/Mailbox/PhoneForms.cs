namespace FlowEngine.Engine.Mailbox;

/// <summary>
/// The other way of writing a mobile number, where a country has two: people type one, and the provider knows the same telephone by the other
/// (cloud-api.md section 2). Only to find somebody who is there already: what is written to stays as it was given.
/// </summary>
public static class PhoneForms
{
    private const string Brazil = "55";
    private const string Mexico = "52";
    private const string Argentina = "54";

    /// <summary>Digits of the form with the additional one, in all three countries.</summary>
    private const int LongerForm = 13;

    /// <param name="digits">Country code and number, no plus.</param>
    /// <returns>Digits as well; null where the number has one form only.</returns>
    public static string? OtherOf(string digits) => digits[..Math.Min(2, digits.Length)] switch
    {
        Brazil => WithOrWithout('9', at: 4, digits, IsBrazilianMobile),
        Mexico => WithOrWithout('1', at: 2, digits, static _ => true),
        Argentina => WithOrWithout('9', at: 2, digits, static _ => true),
        _ => null,
    };

    private static string? WithOrWithout(char digit, int at, string digits, Predicate<string> isMobile)
    {
        if (digits.Length == LongerForm && digits[at] == digit)
        {
            var without = digits.Remove(at, 1);
            return isMobile(without) ? without : null;
        }

        return digits.Length == LongerForm - 1 && isMobile(digits) ? digits.Insert(at, digit.ToString()) : null;
    }

    /// <summary>Of eight digits after the area: fixed lines begin with 2 to 5, and have no second form.</summary>
    private static bool IsBrazilianMobile(string withoutNinth) => withoutNinth[4] is >= '6' and <= '9';
}
