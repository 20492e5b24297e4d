using System.Net.Mail;
using System.Text.RegularExpressions;

namespace FlowEngine.Engine.ConversationActivities.Answers;

/// <summary>The one e-mail address in a text ("mi correo es Ana@Empresa.es, gracias"), its domain in lower case.</summary>
public static partial class EmailAnswer
{
    /// <summary>Longest address that mail systems take (RFC 5321, 4.5.3.1.3, without the angle brackets).</summary>
    private const int LongestAddress = 254;

    public static string? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var found = Addresses().Matches(text);
        if (found.Count != 1)
        {
            return null;
        }

        var address = found[0].Value.TrimEnd('.');
        return address.Length <= LongestAddress && MailAddress.TryCreate(address, out var mail) && mail.Address == address && mail.Host.Contains('.', StringComparison.Ordinal)
            ? $"{mail.User}@{mail.Host.ToLowerInvariant()}"
            : null;
    }

    [GeneratedRegex(@"[^\s@<>,;:()\[\]""']+@[^\s@<>,;:()\[\]""'!?]+\.[^\s@<>,;:()\[\]""'!?]{2,}", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Addresses();
}
