using FlowEngine.Server.Inbox.Screens.Wording;

namespace FlowEngine.Server.Inbox.Administration;

/// <summary>Fields and rules of <c>FieldErrors</c>, which speaks to programs, in the words of the forms. What is not known here stays as it came.</summary>
internal static class FieldWords
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
        ["webChat.origins"] = "Chat_Origins",
        ["webChat.color"] = "Chat_Color",
        ["webChat.title"] = "Chat_Title",
    };

    private static readonly (string Begins, string Key)[] Rules =
    [
        ("is required", "Rule_Required"),
        ("is an e-mail address", "Rule_Email"),
        ("is a phone number", "Rule_Phone"),
        ("has only lower-case letters", "Rule_Slug"),
        ("Passwords must be at least 10", "Rule_Password"),
        ("of the last active administrator", "Rule_LastAdmin"),
        ("belongs to another connection", "Rule_NumberTaken"),
        ("is es, pt-BR or en", "Rule_Language"),
        ("is a zip", "Rule_Archive"),
        ("was changed by somebody", "Save_Stale"),
        ("are addresses such as", "Rule_Origin"),
        ("is a colour such as", "Rule_Color"),
        ("takes leads only through", "Rule_ByPage"),
        ("is the key of an active connection", "Rule_Connection"),
    ];

    public static string Sentence(string field, IEnumerable<string> rules, Phrases words) =>
        $"{(Fields.TryGetValue(field, out var name) ? words[name] : field)}: {string.Join("; ", rules.Select(r => Rule(r, words)))}";

    private static string Rule(string rule, Phrases words) =>
        Rules.FirstOrDefault(r => rule.StartsWith(r.Begins, StringComparison.Ordinal)) is { Key: { } key } ? words[key] : rule;
}
