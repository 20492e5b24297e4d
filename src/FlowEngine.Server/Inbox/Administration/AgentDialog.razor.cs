using FlowEngine.Server.Access;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Inbox.Screens.Wording;
using Microsoft.AspNetCore.Components;

namespace FlowEngine.Server.Inbox.Administration;

/// <summary>A person of the desk: name, role, departments, and a password when it is new or changed.</summary>
public sealed partial class AgentDialog
{
    private string name = "";
    private string email = "";
    private string password = "";
    private string role = Roles.Agent;
    private bool active = true;
    private HashSet<string> chosen = [];

    [Parameter] public AgentView? Agent { get; set; }

    /// <summary>Departments by key.</summary>
    [Parameter] public Dictionary<string, string> Choices { get; set; } = [];

    [Inject] private Agents Agents { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    protected override void OnInitialized()
    {
        if (Agent is { } known)
        {
            (name, email, role, active, chosen) = (known.Name, known.Email, known.Role, known.Active, [.. known.Departments]);
        }
    }

    private async Task<IReadOnlyList<string>> Save()
    {
        var input = new AgentInput(Agent is null ? email : null, name, role, password.Length > 0 ? password : null, active, [.. chosen]);
        var saved = Agent is null ? await Agents.Create(input, CancellationToken.None) : await Agents.Update(Agent.Id, input, CancellationToken.None);
        return SaveErrors.Of(saved, Words, "Save_TakenEmail");
    }
}
