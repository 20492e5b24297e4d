using FlowEngine.Engine;
using FlowEngine.Engine.Connections;
using FlowEngine.Server.Inbox.Screens.Desk;
using FlowEngine.Server.Inbox.Screens.Wording;
using FlowEngine.Server.Leads;
using FlowEngine.Server.Leads.Imports;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;

namespace FlowEngine.Server.Inbox.Administration;

/// <summary>Leads by hand: one from a form, many from a file.</summary>
public sealed partial class LeadsPage
{
    private const long MaxBytes = 20 * 1024 * 1024;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private string name = "";
    private string phone = "";
    private string email = "";
    private string connection = "";
    private bool busy;
    private Guid? made;
    private IReadOnlyList<string> errors = [];
    private IReadOnlyList<ImportProgress> imports = [];
    private IReadOnlyList<RowProblem> problems = [];
    private Guid? shown;
    private ITimer? watching;
    private int asked;

    [Inject] private LeadImport Leads { get; set; } = default!;

    [Inject] private ConnectionBook Book { get; set; } = default!;

    [Inject] private Ids Ids { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    [CascadingParameter] private Task<AuthenticationState> Session { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    /// <summary>Those that a lead can be brought in by: a web chat takes them only through its own page.</summary>
    private IEnumerable<Connection> Connections => Book.All.Where(c => c.Active && c.Capabilities.AddressedBy is null or "waId").OrderBy(c => c.Name, StringComparer.CurrentCulture);

    protected override void OnInitialized() => connection = Connections.FirstOrDefault()?.Key ?? "";

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Watch();
        }
    }

    private async Task Create()
    {
        busy = true;
        var input = new LeadInput(connection, new LeadContact(name, Given(phone), Given(email)), "form");
        (made, var wrong) = await Leads.One(input, $"screen:{Ids.Next():N}", CancellationToken.None);
        errors = SaveErrors.Of(wrong, Words);
        if (made is not null)
        {
            (name, phone, email) = ("", "", "");
        }

        busy = false;
    }

    private async Task Import(InputFileChangeEventArgs chosen)
    {
        errors = [];
        if (chosen.File.Size > MaxBytes)
        {
            errors = [Words["Leads_TooBig", MaxBytes / 1024 / 1024]];
            return;
        }

        if (Me.From((await Session).User) is not { } me)
        {
            return;
        }

        busy = true;
        try
        {
            await using var file = chosen.File.OpenReadStream(MaxBytes);
            // The reader of rows may look back and ahead; a browser's stream can only be read asynchronously.
            using var copy = new MemoryStream();
            await file.CopyToAsync(copy);
            using var text = await FileText.Open(copy, CancellationToken.None);
            var stored = await Leads.File(text, chosen.File.Name, connection, me, CancellationToken.None);
            await Watch();
            await Look(stored);
        }
        finally
        {
            busy = false;
        }
    }

    /// <summary>Reads how far the imports are; again after a while as long as one is worked on.</summary>
    private async Task Watch()
    {
        var mine = ++asked;
        var latest = await Leads.Latest(CancellationToken.None);
        var (open, wrong) = (shown, shown is { } one ? await Leads.Problems(one, CancellationToken.None) : []);
        if (mine != asked)
        {
            // Asked again meanwhile, or the page is closed.
            return;
        }

        imports = latest;
        problems = open == shown ? wrong : problems;
        watching?.Dispose();
        watching = imports.Any(i => i.State == "working") ? Time.CreateTimer(_ => _ = InvokeAsync(Watch), null, Pace, Timeout.InfiniteTimeSpan) : null;
        StateHasChanged();
    }

    private async Task Look(Guid import)
    {
        problems = await Leads.Problems(import, CancellationToken.None);
        shown = problems.Count > 0 ? import : null;
    }

    public void Dispose()
    {
        asked++;
        watching?.Dispose();
    }

    private static string? Given(string value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
