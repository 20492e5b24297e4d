using System.Collections.Immutable;
using FlowEngine.Engine;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Administration;

namespace FlowEngine.Server.Leads;

/// <summary>Checks a lead and makes the mailbox event of it; what is wrong is said by field, and then there is no event.</summary>
public sealed class LeadReader(ConnectionBook connections, Ids ids, IConfiguration configuration)
{
    private readonly string? region = configuration["FlowEngine:Region"];

    /// <param name="dedupeKey">The same key twice is one lead.</param>
    /// <returns>Null when there are errors.</returns>
    public NewEvent? Read(LeadInput input, string? dedupeKey, FieldErrors errors)
    {
        var connection = Connection(input, errors);
        var contact = input.Contact ?? new LeadContact(null);
        var name = errors.Text(contact.Name, "contact.name", 200);
        var aliases = Aliases(contact, connection, errors);
        var fields = Fields(input, errors);
        var source = errors.Optional(input.Source, "source", 100) ?? "api";
        var flow = errors.Optional(input.Flow, "flow", 200);
        var department = errors.Optional(input.Department, "department", 64);
        if (errors.Any)
        {
            return null;
        }

        var id = ids.Next();
        return new NewEvent(id, dedupeKey ?? $"lead:{id:N}", new LeadCreated(source, name, fields, flow, department))
        {
            Address = new Address(connection!.Key, connection.BusinessAccountId ?? connection.Key, aliases, name),
        };
    }

    private Connection? Connection(LeadInput input, FieldErrors errors)
    {
        var connection = connections.Find(input.Connection ?? "");
        errors.Check(connection is { Active: true }, "connection", "is the key of an active connection");
        return connection;
    }

    /// <summary>
    /// All names by which this person may write later: who writes from a phone is known by its number too, so that the lead's first message finds this
    /// conversation (race R49). The provider's own id is only what the provider has given: a number that people typed is written to with its plus sign.
    /// </summary>
    private List<ContactAlias> Aliases(LeadContact contact, Connection? connection, FieldErrors errors)
    {
        var aliases = new List<ContactAlias>();
        if (!string.IsNullOrWhiteSpace(contact.Phone) && errors.Check(PhoneDigits.TryRead(contact.Phone, region, out var digits), "contact.phone", "is a phone number with its country code"))
        {
            aliases.Add(new ContactAlias("phone", "+" + digits));
        }

        if (errors.Optional(contact.Email, "contact.email", 254) is { } email && errors.Check(System.Net.Mail.MailAddress.TryCreate(email, out _), "contact.email", "is an e-mail address"))
        {
            aliases.Add(new ContactAlias("email", email.ToLowerInvariant()));
        }

        if (errors.Optional(contact.ExternalId, "contact.externalId", 200) is { } external)
        {
            aliases.Add(new ContactAlias("external", external));
        }

        if (connection is not null && !errors.Any)
        {
            CheckReachable(connection.Capabilities.AddressedBy, aliases, errors);
        }

        return aliases;
    }

    /// <summary>A lead that could never be written to is refused now, not when somebody answers it.</summary>
    private static void CheckReachable(string? addressedBy, List<ContactAlias> aliases, FieldErrors errors)
    {
        if (addressedBy is null)
        {
            errors.Check(aliases.Count > 0, "contact.phone", "or email or externalId is required");
        }
        else if (addressedBy == "waId")
        {
            errors.Check(aliases.Any(a => a.Kind == "phone"), "contact.phone", "is required on WhatsApp");
        }
        else
        {
            errors.Add("connection", "takes leads only through its own page");
        }
    }

    private static ImmutableSortedDictionary<string, string> Fields(LeadInput input, FieldErrors errors)
    {
        var fields = input.Fields ?? ImmutableDictionary<string, string?>.Empty;
        LeadFields.Check(fields, "fields", errors);
        return fields.Where(f => !string.IsNullOrWhiteSpace(f.Value)).ToImmutableSortedDictionary(f => f.Key.Trim(), f => f.Value!.Trim(), StringComparer.Ordinal);
    }
}
