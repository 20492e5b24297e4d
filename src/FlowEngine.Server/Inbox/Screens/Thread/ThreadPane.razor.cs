using FlowEngine.Server.Inbox.Screens.Wording;
using FlowEngine.Server.Inbox.Screens.Desk;
using Microsoft.AspNetCore.Components;

namespace FlowEngine.Server.Inbox.Screens.Thread;

/// <summary>The open conversation: head, bubbles, composer.</summary>
public sealed partial class ThreadPane
{
    private ElementReference scroller;
    private IReadOnlyList<ThreadLine> lines = [];
    private object? wovenFrom;
    private Guid? followed;
    private Composer? composer;
    private readonly Func<string, Task> useWords;

    public ThreadPane() => useWords = words => composer?.Use(words) ?? Task.CompletedTask;

    [Parameter] public bool SideOpen { get; set; }

    [Parameter] public EventCallback ToggleSide { get; set; }

    [Parameter] public EventCallback Changed { get; set; }

    [CascadingParameter] private Me? Me { get; set; }

    [Inject] private DeskThread Thread { get; set; } = default!;

    [Inject] private DeskClock Clock { get; set; } = default!;

    [Inject] private DeskScript Script { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    protected override void OnParametersSet() => Weave();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Thread.Detail is null)
        {
            followed = null;
        }
        else if (followed != Thread.Id)
        {
            followed = Thread.Id;
            await Script.FollowThread(scroller, Thread.Id.ToString()!);
        }
    }

    private async Task Older()
    {
        await Thread.Older(CancellationToken.None);
        Weave();
    }

    private void Weave()
    {
        var source = (Thread.Messages, Thread.History);
        if (!Equals(wovenFrom, source))
        {
            wovenFrom = source;
            lines = ThreadLines.Build(Thread.Messages, Thread.History, Clock.Zone, Thread.HasOlder);
        }
    }
}
