using FlowEngine.Engine;
using FlowEngine.Engine.Connections;
using FlowEngine.Server.Inbox.Screens.Wording;
using FlowEngine.Server.Leads;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace FlowEngine.Server.Inbox.Administration;

/// <summary>Leads by hand: one from a form, many from a file.</summary>
public sealed partial class LeadsPage
{
    private const long MaxBytes = 5 * 1024 * 1024;

    private string name = "";
    private string phone = "";
    private string email = "";
    private string connection = "";
    private bool busy;
    private Guid? made;
    private IReadOnlyList<string> errors = [];
    private ImportResult? result;

    [Inject] private LeadImport Leads { get; set; } = default!;

    [Inject] private ConnectionBook Book { get; set; } = default!;

    [Inject] private Ids Ids { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    private IEnumerable<Connection> Connections => Book.All.Where(c => c.Active).OrderBy(c => c.Name, StringComparer.CurrentCulture);

    protected override void OnInitialized() => connection = Connections.FirstOrDefault()?.Key ?? "";

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
        (errors, result) = ([], null);
        if (chosen.File.Size > MaxBytes)
        {
            errors = [Words["Leads_TooBig"]];
            return;
        }

        busy = true;
        try
        {
            await using var file = chosen.File.OpenReadStream(MaxBytes);
            // The reader of rows may look back and ahead; a browser's stream can only be read asynchronously.
            using var copy = new MemoryStream();
            await file.CopyToAsync(copy);
            copy.Position = 0;
            using var text = new StreamReader(copy);
            result = await Leads.File(text, connection, CancellationToken.None);
        }
        finally
        {
            busy = false;
        }
    }

    private static string? Given(string value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
