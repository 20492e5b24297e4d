using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Inbox.Screens.Desk;
using FlowEngine.Server.Inbox.Screens.Wording;
using FlowEngine.Server.Jobs;
using FlowEngine.Server.Leads;
using FlowEngine.Server.Leads.Imports;

namespace FlowEngine.Server.Inbox.Administration;

/// <param name="Row">Line of the file as people count it; the header is 1.</param>
public sealed record RowProblem(int Row, string Text);

/// <summary>Brings in leads by hand: one from the form, or a file in which each row is a lead or an error of its own.</summary>
internal sealed class LeadImport(LeadReader reader, Intake intake, StoredImports imports, JobDoor jobs, Phrases words)
{
    private const int Remembered = 5;
    private const int MostProblems = 200;

    /// <summary>The lead's conversation, or what is wrong with it.</summary>
    public async Task<(Guid? Conversation, FieldErrors Errors)> One(LeadInput input, string dedupeKey, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        return reader.Read(input, dedupeKey, errors) is { } lead
            ? ((await intake.Accept([lead], cancel))[0].Mailbox, errors)
            : (null, errors);
    }

    /// <summary>
    /// Stores the file and has it worked on. The same row again is the same lead, so that a file whose upload broke off can simply be sent once more.
    /// </summary>
    public async Task<Guid> File(TextReader text, string name, string connection, Me me, CancellationToken cancel)
    {
        await using var file = await ImportFile.Open(text, connection, cancel);
        var id = await imports.Store(file, name, new ImportSender("screen", me.Name), null, cancel);
        jobs.Start(id);
        return id;
    }

    public Task<IReadOnlyList<ImportProgress>> Latest(CancellationToken cancel) => imports.Latest(Remembered, cancel);

    /// <summary>What is wrong with which row, in words.</summary>
    public async Task<IReadOnlyList<RowProblem>> Problems(Guid import, CancellationToken cancel) =>
    [
        .. (await imports.Errors(import, 0, MostProblems, cancel))
            .Select(r => new RowProblem(r.Row, string.Join("; ", r.Errors.Select(e => FieldWords.Sentence(e.Key, e.Value, words))))),
    ];
}
