using FlowEngine.Server.Inbox.Screens.Wording;
using FlowEngine.Conversations;
using FlowEngine.Server.Inbox.Screens.Desk;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;

namespace FlowEngine.Server.Inbox.Screens.List;

/// <summary>The left column: tabs, filters, and the list that loads on as it is scrolled.</summary>
public sealed partial class ListPane
{
    private Virtualize<ConversationRow?>? window;
    private object? shown;

    [Parameter] public Guid? SelectedId { get; set; }

    /// <summary>A tab or a filter was chosen.</summary>
    [Parameter] public EventCallback<(Tab Tab, InboxFilter Filter)> Show { get; set; }

    [CascadingParameter] private Me? Me { get; set; }

    [Inject] private DeskList List { get; set; } = default!;

    [Inject] private DeskClock Clock { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    private bool Filtered => List.Filter != new InboxFilter();

    private TimeSpan? LongestWait => List.Tab == Tab.Waiting && List.Rows.Count > 0 ? Clock.Now - List.Rows[0].HumanWaitSince : null;

    /// <summary>The cause is a filter of Error only; in another tab it would hide everything.</summary>
    private Task Choose(Tab tab) => Show.InvokeAsync((tab, tab == Tab.Error ? List.Filter : List.Filter with { Category = null }));

    private Task Sift(InboxFilter filter) => Show.InvokeAsync((List.Tab, filter));

    /// <summary>Rows were read again: the visible part is asked for anew.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (window is not null && !ReferenceEquals(shown, List.Rows))
        {
            shown = List.Rows;
            await window.RefreshDataAsync();
            StateHasChanged();
        }
    }

    /// <summary>While there is more, the list has one ghost row at its end; whoever scrolls to it loads the next page.</summary>
    private async ValueTask<ItemsProviderResult<ConversationRow?>> Provide(ItemsProviderRequest request)
    {
        if (Me is not null && List.HasMore && request.StartIndex + request.Count > List.Rows.Count)
        {
            await List.More(Me, request.CancellationToken);
            shown = List.Rows;
        }

        IEnumerable<ConversationRow?> all = List.HasMore ? List.Rows.Append<ConversationRow?>(null) : List.Rows;
        var slice = all.Skip(request.StartIndex).Take(request.Count).ToList();
        return new ItemsProviderResult<ConversationRow?>(slice, List.Rows.Count + (List.HasMore ? 1 : 0));
    }
}
