using FlowEngine.Server.Administration;
using FlowEngine.Server.Inbox.Screens.Wording;
using Microsoft.AspNetCore.Components;

namespace FlowEngine.Server.Inbox.Administration;

/// <summary>A department's name and members. Hours and overflow stay as they are.</summary>
public sealed partial class DepartmentDialog
{
    private string name = "";
    private string key = "";
    private bool active = true;
    private HashSet<string> members = [];

    [Parameter] public Department? Department { get; set; }

    [Parameter] public Dictionary<Guid, string> People { get; set; } = [];

    [Inject] private Departments Departments { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    protected override void OnInitialized()
    {
        if (Department is { } known)
        {
            (name, key, active, members) = (known.Name, known.Key, known.Active, [.. known.Members.Select(m => m.ToString())]);
        }
    }

    private async Task<IReadOnlyList<string>> Save()
    {
        var input = new DepartmentInput(key.Trim(), name, active, Department?.Overflow, Department?.Hours, [.. members.Select(Guid.Parse)]);
        var saved = Department is null ? await Departments.Create(input, CancellationToken.None) : await Departments.Update(key, input, CancellationToken.None);
        return SaveErrors.Of(saved, Words);
    }
}
