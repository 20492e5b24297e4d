using FlowEngine.Server.Administration;
using FlowEngine.Server.Inbox.Screens.Wording;
using Microsoft.AspNetCore.Components;

namespace FlowEngine.Server.Inbox.Administration;

/// <summary>A department's name, members and targets. Its hours stay as they are.</summary>
public sealed partial class DepartmentDialog
{
    private string name = "";
    private string key = "";
    private bool active = true;
    private HashSet<string> members = [];
    private int? first;
    private int? next;
    private int? unclaimed;
    private bool pause = true;
    private string overflow = "";

    [Parameter] public Department? Department { get; set; }

    [Parameter] public Dictionary<Guid, string> People { get; set; } = [];

    /// <summary>Where what nobody claims may go.</summary>
    [Parameter] public IReadOnlyList<Department> Others { get; set; } = [];

    [Inject] private Departments Departments { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    protected override void OnInitialized()
    {
        if (Department is { } known)
        {
            (name, key, active, members) = (known.Name, known.Key, known.Active, [.. known.Members.Select(m => m.ToString())]);
            (first, next, unclaimed, pause) = (known.Targets.FirstResponseMinutes, known.Targets.NextResponseMinutes, known.Targets.OverflowMinutes, known.Targets.PauseWhenClosed);
            overflow = known.Overflow ?? "";
        }
    }

    private async Task<IReadOnlyList<string>> Save()
    {
        var input = new DepartmentInput(
            key.Trim(), name, active, overflow.Length > 0 ? overflow : null, Department?.Hours, [.. members.Select(Guid.Parse)], new ResponseTargets(first, next, unclaimed, pause));
        var saved = Department is null ? await Departments.Create(input, CancellationToken.None) : await Departments.Update(key, input, CancellationToken.None);
        return SaveErrors.Of(saved, Words);
    }
}
