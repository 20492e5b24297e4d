using FlowEngine.Server.Administration;
using FlowEngine.Server.Inbox.Screens.Desk;
using FlowEngine.Server.Inbox.Screens.Wording;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;

namespace FlowEngine.Server.Inbox.Administration;

/// <summary>The business numbers with the address that their provider must call, and the chats with what a website needs.</summary>
public sealed partial class ConnectionsPage
{
    private IReadOnlyList<ConnectionView>? connections;

    [CascadingParameter] private Task<AuthenticationState> Session { get; set; } = default!;

    [Inject] private Connections Connections { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private DeskScript Script { get; set; } = default!;

    [Inject] private ISnackbar Snackbar { get; set; } = default!;

    [Inject] private IDialogService Dialogs { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    protected override Task OnInitializedAsync() => Load();

    private async Task Load() => connections = await Connections.List(CancellationToken.None);

    private string Webhook(ConnectionView connection) => $"{Navigation.BaseUri}webhooks/whatsapp/{connection.Key}";

    private string ScriptTag(ConnectionView connection) => $"<script src=\"{Navigation.BaseUri}chat/widget.js\" data-connection=\"{connection.Key}\" async></script>";

    private async Task Copy(string text)
    {
        await Script.Copy(text);
        Snackbar.Add(Words["Copied"], Severity.Success);
    }

    private async Task Retry(ConnectionView connection)
    {
        if (Me.From((await Session).User) is { } me)
        {
            Connections.Retry(connection.Key, me.Actor);
            Snackbar.Add(Words["Done_Trying"], Severity.Info);
        }
    }

    private async Task Edit(ConnectionView? connection)
    {
        var parameters = new DialogParameters<ConnectionDialog> { { d => d.Connection, connection } };
        var dialog = await Dialogs.ShowAsync<ConnectionDialog>(connection?.Name ?? Words["Connections_New"], parameters);
        if (await dialog.Result is { Canceled: false })
        {
            await Load();
        }
    }
}
