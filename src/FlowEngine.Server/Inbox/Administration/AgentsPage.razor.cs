using FlowEngine.Server.Administration;
using FlowEngine.Server.Inbox.Screens.Wording;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FlowEngine.Server.Inbox.Administration;

/// <summary>Who works here. Supervisors look, administrators change.</summary>
public sealed partial class AgentsPage
{
    private IReadOnlyList<AgentView>? agents;
    private Dictionary<string, string> departments = [];

    [Inject] private Agents Agents { get; set; } = default!;

    [Inject] private Departments Departments { get; set; } = default!;

    [Inject] private IDialogService Dialogs { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    protected override Task OnInitializedAsync() => Load();

    private async Task Load()
    {
        departments = (await Departments.List(CancellationToken.None)).ToDictionary(d => d.Key, d => d.Name);
        agents = await Agents.List(CancellationToken.None);
    }

    private async Task Edit(AgentView? agent)
    {
        var parameters = new DialogParameters<AgentDialog> { { d => d.Agent, agent }, { d => d.Choices, departments } };
        var dialog = await Dialogs.ShowAsync<AgentDialog>(agent?.Name ?? Words["Agents_New"], parameters);
        if (await dialog.Result is { Canceled: false })
        {
            await Load();
        }
    }
}
