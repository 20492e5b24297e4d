using System.Text.RegularExpressions;
using FlowEngine.Server.Inbox.Screens.Wording;

namespace FlowEngine.Server.Inbox.Administration;

/// <summary>Fields and rules of <c>FieldErrors</c>, which speaks to programs, in the words of the forms. What is not known here stays as it came.</summary>
internal static partial class FieldWords
{
    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["name"] = "Admin_Name",
        ["contact.name"] = "Admin_Name",
        ["key"] = "Admin_Key",
        ["email"] = "Agents_Email",
        ["contact.email"] = "Agents_Email",
        ["contact.phone"] = "Leads_Phone",
        ["password"] = "Agents_Password",
        ["role"] = "Agents_Role",
        ["connection"] = "Filter_Connection",
        ["department"] = "Filter_Department",
        ["kind"] = "Connections_Kind",
        ["title"] = "Knowledge_Name",
        ["body"] = "Knowledge_Body",
        ["language"] = "Language",
        ["labels"] = "Knowledge_Labels",
        ["phoneNumberId"] = "Connections_PhoneNumberId",
        ["automation"] = "Connections_Automation",
        ["targets"] = "Departments_Targets",
        ["webChat.origins"] = "Chat_Origins",
        ["webChat.color"] = "Chat_Color",
        ["webChat.title"] = "Chat_Title",
    };

    /// <summary>What a rule says, in words that no other has; the first that it contains names it. Its numbers go into the words.</summary>
    private static readonly (string Says, string Key)[] Rules =
    [
        ("or email or externalId", "Rule_AnyWay"),
        ("has at most", "Rule_AtMost"),
        ("are minutes of", "Rule_Minutes"),
        ("cannot change once there are", "Rule_NumberFixed"),
        ("is the name of an API key", "Rule_Automation"),
        ("is already taken", "Rule_EmailTaken"),
        ("values for", "Rule_Columns"),
        ("is required", "Rule_Required"),
        ("is an e-mail address", "Rule_Email"),
        ("is a phone number", "Rule_Phone"),
        ("has only lower-case letters", "Rule_Slug"),
        ("Passwords must be at least 10", "Rule_Password"),
        ("of the last active administrator", "Rule_LastAdmin"),
        ("belongs to another connection", "Rule_NumberTaken"),
        ("is es, pt-BR or en", "Rule_Language"),
        ("is a code such as", "Rule_TemplateLanguage"),
        ("is a zip", "Rule_Archive"),
        ("was changed by somebody", "Save_Stale"),
        ("are addresses such as", "Rule_Origin"),
        ("is a colour such as", "Rule_Color"),
        ("takes leads only through", "Rule_ByPage"),
        ("is the key of an active connection", "Rule_Connection"),
    ];

    public static string Sentence(string field, IEnumerable<string> rules, Phrases words) =>
        $"{(Fields.TryGetValue(field, out var name) ? words[name] : field)}: {string.Join("; ", rules.Select(r => Rule(r, words)).Distinct())}";

    private static string Rule(string rule, Phrases words) =>
        Rules.FirstOrDefault(r => rule.Contains(r.Says, StringComparison.Ordinal)) is { Key: { } key }
            ? words[key, [.. Number().Matches(rule).Select(n => n.Value)]]
            : rule;

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
