using FlowEngine.Conversations;

namespace FlowEngine.Server.Inbox.Screens.Wording;

/// <summary>The stable words that tests, styles and resource keys know states by: the enum's name in camelCase.</summary>
public static class Codes
{
    public static string Of(Tab tab) => Camel(tab.ToString());

    public static string Of(AuthorKind author) => Camel(author.ToString());

    public static string Of(MessageState state) => Camel(state.ToString());

    public static string Of(OwnerKind kind) => Camel(kind.ToString());

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
