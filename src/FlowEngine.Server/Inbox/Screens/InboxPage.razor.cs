using System.Text.Json;
using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Inbox.Screens.Desk;
using FlowEngine.Server.Inbox.Screens.Wording;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;

namespace FlowEngine.Server.Inbox.Screens;

/// <summary>
/// The agents' inbox: list, thread, details. It loads when the browser is connected, not while the page is drawn on the server,
/// so that every query is made once.
/// </summary>
public sealed partial class InboxPage : IDisposable
{
    private const int MostWarnings = 3;
    private readonly CancellationTokenSource gone = new();
    private readonly CancellationToken left; // can also be asked after the page is gone
    private Me? me;
    private bool live;
    private bool side;
    private bool wide;

    public InboxPage() => left = gone.Token;

    [Parameter] public Guid? Id { get; set; }

    /// <summary>The tab to begin with, in the API's words: a link from elsewhere may name one.</summary>
    [SupplyParameterFromQuery(Name = "tab")] private string? StartTab { get; set; }

    [CascadingParameter] private Task<AuthenticationState> Session { get; set; } = default!;

    [Inject] private DeskList List { get; set; } = default!;

    [Inject] private DeskThread Thread { get; set; } = default!;

    [Inject] private DeskLive Live { get; set; } = default!;

    [Inject] private DeskClock Clock { get; set; } = default!;

    [Inject] private DeskScript Script { get; set; } = default!;

    [Inject] private DeskDirectory Directory { get; set; } = default!;

    [Inject] private DeskVerbs Verbs { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    [Inject] private ISnackbar Snackbar { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private ILogger<InboxPage> Log { get; set; } = default!;

    private string Title => List.Counts.Waiting > 0 ? $"({List.Counts.Waiting}) FlowEngine" : "FlowEngine";

    protected override async Task OnInitializedAsync() => me = Me.From((await Session).User);

    protected override async Task OnParametersSetAsync()
    {
        if (live && Thread.Id != Id)
        {
            await Open();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || me is null)
        {
            return;
        }

        side = wide = await Script.Wide();
        Clock.Start(await Script.Zone());
        await Directory.Load(me, left);
        Live.Start(batch => InvokeAsync(() => Reconcile(batch)));
        var place = await StartPlace();
        await List.Show(place.Tab, place.Filter, me, left);
        live = true;

        // Also with none: this desk may have been left with another one open.
        var opening = Open();
        StateHasChanged();
        await opening;
        StateHasChanged();
    }

    private async Task Show((Tab Tab, InboxFilter Filter) choice)
    {
        if (me is not null)
        {
            await List.Show(choice.Tab, choice.Filter, me, left);
            await Script.KeepPlace(JsonSerializer.Serialize(new Place(choice.Tab, choice.Filter)));
        }
    }

    /// <summary>Where the desk stood when its server went away; else the tab of the link, else Waiting.</summary>
    private async Task<Place> StartPlace() =>
        await Script.PlaceKept() is { } kept && JsonSerializer.Deserialize<Place>(kept) is { } before
            ? before
            : new Place(Enum.TryParse<Tab>(StartTab, ignoreCase: true, out var tab) ? tab : Tab.Waiting, List.Filter);

    private async Task Open()
    {
        if (me is null)
        {
            return;
        }

        side &= wide;
        if (Id is { } opened)
        {
            Snackbar.RemoveByKey(NewsOf(opened));
        }

        await Thread.Open(Id, me, left);
        await See();
    }

    /// <summary>After a verb of this desk the screen does not wait for the feed to tell it.</summary>
    private async Task AfterVerb()
    {
        if (me is null || left.IsCancellationRequested)
        {
            return;
        }

        await Thread.Refresh(me, left);
        await List.Refresh(me, left);
        await List.RefreshCounts(me, left);
    }

    /// <summary>Somebody changed something: reads again what is on the screen, and says so where people must see it.</summary>
    private async Task Reconcile(LiveBatch batch)
    {
        if (me is null || gone.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await Directory.Keep(me, left);
            if (batch.Everything || batch.Tabs.Contains(List.Tab))
            {
                await List.Refresh(me, left);
            }

            await List.RefreshCounts(me, left);
            if (Thread.Id is { } open && (batch.Everything || batch.Changed.Contains(open)))
            {
                await Thread.Refresh(me, left);
                await See();
            }

            StateHasChanged();
            await Announce([.. batch.Arrived.Where(ForMe)]);
            await Warn([.. batch.Overdue.Where(ForMe)]);
        }
        catch (OperationCanceledException)
        {
            // The desk was closed while it read.
        }
        // One failed look at the database must not end the desk: the next signal looks again.
        catch (Exception defect)
        {
            Log.LogWarning(defect, "A desk could not read what changed");
        }
    }

    private async Task Announce(IReadOnlyList<Engine.Live.ConversationChanged> arrived)
    {
        if (arrived.Count == 0)
        {
            return;
        }

        await Script.Beep();
        var id = arrived[^1].Id;
        if (id == Thread.Id)
        {
            return;
        }

        var name = NameOf(id);
        Offer(id, name is null ? Words["Live_Arrived"] : Words["Live_ArrivedFrom", name], Severity.Normal, Icons.Material.Outlined.MarkChatUnread);
    }

    /// <summary>An answer is late, a window closes: said on every desk whose business it is, also over the open chat.</summary>
    private async Task Warn(IReadOnlyList<Engine.Live.ConversationChanged> overdue)
    {
        if (overdue.Count == 0)
        {
            return;
        }

        await Script.Beep();
        foreach (var change in overdue.TakeLast(MostWarnings))
        {
            Offer(change.Id, Words[$"Live_{change.Overdue}", NameOf(change.Id) ?? Words["Actor_Lead"]], Severity.Warning, Icons.Material.Outlined.Alarm);
        }
    }

    private string? NameOf(Guid id) => List.Rows.FirstOrDefault(r => r.Id == id)?.ContactName;

    /// <summary>A notice that leads to its chat.</summary>
    private void Offer(Guid id, string text, Severity severity, string icon) =>
        Snackbar.Add(text, severity, options =>
        {
            options.Action = Words["Live_Open"];
            options.RequireInteraction = false;
            options.VisibleStateDuration = 8000;
            options.Icon = icon;
            options.OnClick = _ =>
            {
                Navigation.NavigateTo($"/conversations/{id}");
                return Task.CompletedTask;
            };
        }, NewsOf(id));

    private sealed record Place(Tab Tab, InboxFilter Filter);

    private static string NewsOf(Guid conversation) => $"arrived:{conversation:N}";

    /// <summary>A chat of another department is theirs to hear.</summary>
    private bool ForMe(Engine.Live.ConversationChanged change) =>
        change.Owner.IsAgent(me!.Id) || (change.Owner.Kind != OwnerKind.Agent && Directory.Concerns(change.Department));

    /// <summary>What is open in front of somebody who may answer it counts as seen.</summary>
    private async Task See()
    {
        if (me is not null && Thread.Detail is { Row: { Unread: > 0 } row } && (row.Owner.Kind != OwnerKind.Agent || row.Owner.IsAgent(me.Id))
            && await Script.Visible())
        {
            await Verbs.Run(row.Id, new MarkRead(), me);
        }
    }

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }
}
