using FlowEngine.Server.Inbox.Screens.Wording;
using FlowEngine.Server.Inbox.Screens.Desk;
using Microsoft.AspNetCore.Components;

namespace FlowEngine.Server.Inbox.Screens.List;

/// <summary>Search and the filters; they hold for all six tabs and their counters.</summary>
public sealed partial class FilterBar : IDisposable
{
    private static readonly string[] Categories =
        ["automation", "auth", "window_closed", "recipient", "template", "policy_account", "rate_limit", "provider_api", "transient"];

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private bool open;
    private ITimer? typing;
    private string? search;
    private string? asked;

    [Parameter, EditorRequired] public InboxFilter Filter { get; set; } = default!;

    /// <summary>In Error the cause is a filter too.</summary>
    [Parameter] public bool InError { get; set; }

    [Parameter] public EventCallback<InboxFilter> FilterChanged { get; set; }

    [Inject] private Phrases Words { get; set; } = default!;

    [Inject] private DeskDirectory Directory { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    private int Count =>
        new[] { Filter.Agent, Filter.Department, Filter.Connection, Filter.Label, Filter.Category }.Count(f => f is not null) + (Filter.SlaBreached ? 1 : 0);

    /// <summary>What stands in the box is what was typed last, whatever of it has been asked for; another search comes only with a filter from elsewhere.</summary>
    protected override void OnParametersSet()
    {
        if (Filter.Search != asked)
        {
            search = asked = Filter.Search;
        }
    }

    private Task Set(InboxFilter filter) => FilterChanged.InvokeAsync(filter);

    /// <summary>Asks when the typing pauses, not at every letter.</summary>
    private void Typed(string? text)
    {
        search = text;
        typing?.Dispose();
        typing = Time.CreateTimer(_ => _ = InvokeAsync(Ask), null, Pause, Timeout.InfiniteTimeSpan);
    }

    private Task Ask()
    {
        asked = string.IsNullOrWhiteSpace(search) ? null : search.Trim();
        return Set(Filter with { Search = asked });
    }

    public void Dispose() => typing?.Dispose();
}
