using FlowEngine.Server.Administration;
using FlowEngine.Server.Inbox.Screens.Wording;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FlowEngine.Server.Inbox.Administration;

/// <summary>The queues and who attends each; one that nobody attends stands out.</summary>
public sealed partial class DepartmentsPage
{
    private IReadOnlyList<Department>? departments;
    private Dictionary<Guid, string> people = [];

    [Inject] private Departments Departments { get; set; } = default!;

    [Inject] private Agents Agents { get; set; } = default!;

    [Inject] private IDialogService Dialogs { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    protected override Task OnInitializedAsync() => Load();

    private async Task Load()
    {
        people = (await Agents.List(CancellationToken.None)).Where(a => a.Active).ToDictionary(a => a.Id, a => a.Name);
        departments = await Departments.List(CancellationToken.None);
    }

    private async Task Edit(Department? department)
    {
        var parameters = new DialogParameters<DepartmentDialog>
        {
            { d => d.Department, department },
            { d => d.People, people },
            { d => d.Others, [.. (departments ?? []).Where(d => d.Active && d.Key != department?.Key)] },
        };
        var dialog = await Dialogs.ShowAsync<DepartmentDialog>(department?.Name ?? Words["Departments_New"], parameters);
        if (await dialog.Result is { Canceled: false })
        {
            await Load();
        }
    }
}
