using System.Text.Json;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>
/// Who is at the other end. A person may come with a phone, with a business-scoped user id, or with both, so the answer is a set of
/// aliases and no single key (cloud-api.md section 2).
/// </summary>
internal static class Aliases
{
    /// <summary>The sender of a message; null when nothing names one.</summary>
    public static Address? Of(JsonElement message, in ChangeContext context)
    {
        if (message.Text("group_id"u8) is { } group)
            return Make(context, [new ContactAlias("chat", $"group:{group}")], null);

        var card = Card(message, context.Value);
        var aliases = new List<ContactAlias>(4);
        Add(aliases, "parentUserId", message.Text("from_parent_user_id"u8) ?? card.Text("parent_user_id"u8));
        Add(aliases, "userId", message.Text("from_user_id"u8) ?? card.Text("user_id"u8));
        AddPhone(aliases, card.Text("wa_id"u8) ?? message.Text("from"u8));
        return Make(context, aliases, card.Part("profile"u8).Text("name"u8));
    }

    /// <summary>Whom an echo went to.</summary>
    public static Address? Recipient(JsonElement echo, in ChangeContext context)
    {
        var aliases = new List<ContactAlias>(4);
        Add(aliases, "parentUserId", echo.Text("to_parent_user_id"u8));
        Add(aliases, "userId", echo.Text("to_user_id"u8));
        AddPhone(aliases, echo.Text("to"u8));
        return Make(context, aliases, null);
    }

    /// <summary>Old and new addresses of a person who changed number or user id: the old ones first, they are the known ones.</summary>
    public static Address? OfChange(JsonElement message, JsonElement change, in ChangeContext context)
    {
        var aliases = new List<ContactAlias>(8);
        Add(aliases, "userId", message.Text("from_user_id"u8));
        AddPhone(aliases, message.Text("from"u8) ?? change.Text("customer"u8));
        Add(aliases, "parentUserId", change.Text("parent_user_id"u8));
        Add(aliases, "userId", change.Text("user_id"u8));
        AddPhone(aliases, change.Text("wa_id"u8) ?? change.Text("new_wa_id"u8));
        return Make(context, aliases, null) is { } address ? address with { Create = false } : null;
    }

    /// <summary>
    /// The contact card of a message: matched by id, because cards come in any order. One card beside one message belongs to it even
    /// when they differ: <c>from</c> and <c>wa_id</c> need not be equal.
    /// </summary>
    private static JsonElement? Card(JsonElement message, JsonElement value)
    {
        var from = message.Text("from"u8);
        var user = message.Text("from_user_id"u8);
        JsonElement? only = null;
        foreach (var card in value.Items("contacts"u8))
        {
            if ((from is not null && card.Text("wa_id"u8) == from) || (user is not null && card.Text("user_id"u8) == user))
                return card;
            only = card;
        }

        return value.Count("contacts"u8) == 1 && value.Count("messages"u8) == 1 ? only : null;
    }

    private static Address? Make(in ChangeContext context, List<ContactAlias> aliases, string? name) =>
        aliases.Count == 0 ? null : new Address(context.Connection.Key, context.Portfolio, aliases, name);

    private static void Add(List<ContactAlias> aliases, string kind, string? value)
    {
        if (value is not null && !aliases.Contains(new ContactAlias(kind, value)))
            aliases.Add(new ContactAlias(kind, value));
    }

    private static void AddPhone(List<ContactAlias> aliases, string? waId)
    {
        Add(aliases, "waId", waId);
        if (waId is not null && waId.All(char.IsAsciiDigit))
            Add(aliases, "phone", "+" + waId);
    }
}
