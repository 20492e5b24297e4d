namespace FlowEngine.Server.Leads;

/// <summary>How to reach the person; one of phone, e-mail or external id at least. WhatsApp needs the phone.</summary>
/// <param name="Phone">As people write it; international, or national where <c>FlowEngine:Region</c> says of which country.</param>
/// <param name="ExternalId">The id of the person in the system that sends the lead.</param>
public sealed record LeadContact(string? Name, string? Phone = null, string? Email = null, string? ExternalId = null);

/// <summary>A lead from a form, an import or an integration.</summary>
/// <param name="Source">Where it comes from: form, import, api, ad … or the name of a campaign.</param>
/// <param name="Flow">Definition id of the flow that starts at once; null leaves the lead in Not started unless a trigger takes it.</param>
public sealed record LeadInput(
    string? Connection, LeadContact? Contact, string? Source = null, IReadOnlyDictionary<string, string?>? Fields = null, string? Flow = null, string? Department = null);
