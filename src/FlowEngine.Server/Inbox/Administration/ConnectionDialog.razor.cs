using FlowEngine.Server.Administration;
using FlowEngine.Server.Inbox.Screens.Wording;
using Microsoft.AspNetCore.Components;

namespace FlowEngine.Server.Inbox.Administration;

/// <summary>The basics of a connection. Secrets go in and never come out again: an empty box leaves the stored one.</summary>
public sealed partial class ConnectionDialog
{
    private static readonly Dictionary<string, object?> NoFill = new() { ["autocomplete"] = "new-password" };

    private string name = "";
    private string key = "";
    private string kind = "whatsapp";
    private string? flow = "";
    private string? department = "";
    private string? phoneNumberId;
    private string? businessAccountId;
    private string? accessToken;
    private string? appSecret;
    private string? verifyToken;
    private string? automation;
    private bool automationTakesFlows;
    private bool automationTakesQueues;
    private bool active = true;
    private ChatLookFields? chat;
    private IReadOnlyList<Department> departments = [];
    private IReadOnlyList<FirstFlow> flows = [];

    [Parameter] public ConnectionView? Connection { get; set; }

    [Inject] private Connections Connections { get; set; } = default!;

    [Inject] private Departments Departments { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        if (Connection is { } known)
        {
            (name, key, kind, flow, department, active) = (known.Name, known.Key, known.Kind, known.Flow ?? "", known.Department ?? "", known.Active);
            (automation, automationTakesFlows, automationTakesQueues) = (known.Automation, known.AutomationTakesFlows, known.AutomationTakesQueues);
            (phoneNumberId, businessAccountId) = (known.PhoneNumberId, known.BusinessAccountId);
        }

        departments = await Departments.List(CancellationToken.None);
        flows = await Connections.Flows(CancellationToken.None);
        if (Connection?.Flow is { } named && flows.All(f => f.Id != named))
        {
            // It was published once; what somebody chose is not changed by looking at it.
            flows = [.. flows, new FirstFlow(named, named)];
        }
    }

    private string Secret(string text, string? stored) => stored is null ? Words[text] : $"{Words[text]} ({stored})";

    private async Task<IReadOnlyList<string>> Save()
    {
        var input = new ConnectionInput
        {
            Key = key.Trim(),
            Name = name,
            Kind = kind,
            Flow = Given(flow),
            Department = Given(department),
            PhoneNumberId = Given(phoneNumberId),
            BusinessAccountId = Given(businessAccountId),
            AccessToken = Given(accessToken),
            AppSecret = Given(appSecret),
            VerifyToken = Given(verifyToken),
            EchoTakesOver = Connection?.EchoTakesOver ?? true,
            EscapeWords = Connection?.EscapeWords,
            Automation = Given(automation),
            AutomationTakesFlows = automationTakesFlows,
            AutomationTakesQueues = automationTakesQueues,
            Active = active,
            WebChat = chat?.Written,
        };
        var saved = Connection is null ? await Connections.Create(input, CancellationToken.None) : await Connections.Update(key, input, CancellationToken.None);
        return SaveErrors.Of(saved, Words);
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
