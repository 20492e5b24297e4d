using PhoneNumbers;

namespace FlowEngine.Server.Leads;

/// <summary>Phone numbers as people type them, made into the digits that the channel knows a person by.</summary>
internal static class PhoneDigits
{
    /// <summary>
    /// Country code and number as digits without a plus (E.164). A number without a country code is read as of the given region.
    /// </summary>
    /// <param name="region">ISO 3166 code such as <c>ES</c>; null accepts only international numbers.</param>
    public static bool TryRead(string? typed, string? region, out string digits)
    {
        digits = "";
        if (string.IsNullOrWhiteSpace(typed))
        {
            return false;
        }

        var phones = PhoneNumberUtil.GetInstance();
        foreach (var (text, home) in new[] { (typed, region), ("+" + typed.Trim().TrimStart('+'), null) })
        {
            try
            {
                var number = phones.Parse(text, home);
                if (phones.IsValidNumber(number))
                {
                    digits = phones.Format(number, PhoneNumberFormat.E164).TrimStart('+');
                    return true;
                }
            }
            catch (NumberParseException)
            {
                // Not a number in this reading; the next one may be.
            }
        }

        return false;
    }
}
