using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Inbox.Screens.Desk;
using FlowEngine.Server.Inbox.Screens.Dialogs;
using FlowEngine.Server.Inbox.Screens.Wording;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace FlowEngine.Server.Inbox.Screens.Thread;

/// <summary>
/// Where answers and notes are written. The text and its draft live in the browser, so that typing never waits for the server and a
/// lost connection loses no words.
/// </summary>
public sealed partial class Composer : IDisposable
{
    // Not disposed with the composer: what was taken from the box goes out also when another conversation has been opened meanwhile.
    private readonly SemaphoreSlim oneByOne = new(1);
    private readonly Once template = new();
    private ElementReference box;
    private DotNetObjectReference<Composer>? self;
    private string? attached;
    private bool note;
    private int sending;

    [Parameter, EditorRequired] public ConversationDetail Detail { get; set; } = default!;

    [Parameter] public EventCallback Changed { get; set; }

    [CascadingParameter] private Me? Me { get; set; }

    [Inject] private DeskThread Thread { get; set; } = default!;

    [Inject] private DeskVerbs Verbs { get; set; } = default!;

    [Inject] private DeskScript Script { get; set; } = default!;

    [Inject] private DeskClock Clock { get; set; } = default!;

    [Inject] private DeskDirectory Directory { get; set; } = default!;

    [Inject] private IDialogService Dialogs { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    private Rights Rights => Rights.Of(Detail, Me!);

    private ReplyWindow Window => ReplyWindow.Of(Detail, Directory.Connection(Detail.Row.Connection));

    /// <summary>Notes are words, and not every channel carries files.</summary>
    private bool FilesShown => !note && BoxShown && Directory.Connection(Detail.Row.Connection) is { Capabilities.CarriesFiles: true };

    private bool BoxShown => note || (Rights.Write && Window.IsOpen(Clock.Now));

    private string Draft => note ? $"{Detail.Row.Id}:note" : Detail.Row.Id.ToString();

    private (string Icon, string Text)? Hint => note ? null : Rights switch
    {
        { Reopen: true } => (Icons.Material.Outlined.CheckCircle, Words["Composer_Finished"]),
        { Write: false } => (Icons.Material.Outlined.Lock, Words["Composer_OthersOwn", Words.Owner(Detail.Row.Owner)]),
        { Intervenes: true } => (Icons.Material.Outlined.SupervisorAccount, Words["Composer_Intervenes", Words.Owner(Detail.Row.Owner)]),
        { ReplyClaims: true } => (Icons.Material.Outlined.PanTool, Words["Composer_ReplyClaims", Words.Owner(Detail.Row.Owner)]),
        _ => null,
    };

    protected override void OnInitialized() => Clock.Tick += OnTick;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var wanted = BoxShown ? Draft : null;
        if (wanted == attached)
        {
            return;
        }

        attached = wanted;
        if (wanted is not null)
        {
            self ??= DotNetObjectReference.Create(this);
            await Script.AttachComposer(box, self);
        }
    }

    /// <summary>Puts words into the reply, below what is written there already; nothing is sent.</summary>
    public async Task Use(string words)
    {
        note = false;
        StateHasChanged();
        await Script.AddToDraft(box, Draft, words);
    }

    /// <summary>Enter in the box.</summary>
    [JSInvokable]
    public Task SendNow() => InvokeAsync(Send);

    /// <summary>The box is free for the next words at once; what was taken from it goes out in the order in which it was written.</summary>
    private async Task Send()
    {
        var (asNote, draft) = (note, Draft);
        if (taking > 0 || await Script.TakeDraft(box, Verbs.NewClientId()) is not { } taken)
        {
            return;
        }

        var chosen = asNote ? [] : TakeFiles();
        if (taken.Text.Length == 0 && chosen.Count == 0)
        {
            return;
        }

        await InTurn(async () =>
        {
            var (text, clientId) = (await SendFiles(chosen, taken.Text), taken.ClientId);
            var status = text.Length == 0 ? CommandStatus.Done : await Carry(asNote ? new AddNote(text) : new Reply(clientId, MessageContent.OfText(text)), clientId);
            await Script.Sent(draft, clientId);
            if (status is null or CommandStatus.Refused)
            {
                await Script.PutDraft(box, draft, text, status is null ? clientId : null);
            }
        });
    }

    private async Task UseTemplate()
    {
        var dialog = await Dialogs.ShowAsync<TemplateDialog>(Words["Template_Title"]);
        if ((await dialog.Result)?.Data is MessageContent content)
        {
            await InTurn(() => Say(content));
        }
    }

    private Task<CommandStatus?> Say(MessageContent content)
    {
        var clientId = Verbs.NewClientId();
        return Carry(new Reply(clientId, content), clientId);
    }

    private async Task<CommandStatus?> Carry(Command command, string clientId)
    {
        var status = await Verbs.Run(Detail.Row.Id, command, Me!, key: clientId);
        await Changed.InvokeAsync();
        return status;
    }

    private async Task InTurn(Func<Task> say)
    {
        sending++;
        StateHasChanged();
        await oneByOne.WaitAsync();
        try
        {
            await say();
        }
        finally
        {
            oneByOne.Release();
            sending--;
            StateHasChanged();
        }
    }

    private void OnTick() => _ = InvokeAsync(StateHasChanged);

    public void Dispose()
    {
        Clock.Tick -= OnTick;
        self?.Dispose();
    }
}
