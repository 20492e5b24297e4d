using System.Security.Cryptography;
using System.Text.Json;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Inbox.Screens.Wording;
using FlowEngine.Server.Leads;

namespace FlowEngine.Server.Inbox.Administration;

/// <param name="Row">Line of the file as people count it; the header is 1.</param>
public sealed record RowProblem(int Row, string Text);

/// <summary>What became of a file.</summary>
public sealed record ImportResult(int Created, int Known, IReadOnlyList<RowProblem> Problems);

/// <summary>Brings in leads by hand: one from the form, or a file in which each row is a lead or an error of its own.</summary>
public sealed class LeadImport(LeadReader reader, Intake intake, Phrases words)
{
    private const int Batch = 200;

    /// <summary>The lead's conversation, or what is wrong with it.</summary>
    public async Task<(Guid? Conversation, FieldErrors Errors)> One(LeadInput input, string dedupeKey, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        return reader.Read(input, dedupeKey, errors) is { } lead
            ? ((await intake.Accept([lead], cancel))[0].Mailbox, errors)
            : (null, errors);
    }

    /// <summary>The same row again is the same lead, so that a file whose import broke off can simply be sent once more.</summary>
    public async Task<ImportResult> File(TextReader text, string connection, CancellationToken cancel)
    {
        var problems = new List<RowProblem>();
        var pending = new List<NewEvent>();
        var (created, known) = (0, 0);
        await foreach (var row in LeadFile.Read(text, connection, cancel))
        {
            if (Read(row, problems) is { } lead)
            {
                pending.Add(lead);
            }

            if (pending.Count == Batch)
            {
                await Store();
            }
        }

        await Store();
        return new ImportResult(created, known, problems);

        // Each batch is one transaction: if the process dies between two, sending the file again adds only the rest.
        async Task Store()
        {
            var results = pending.Count == 0 ? [] : await intake.Accept(pending, cancel);
            created += results.Count(r => r.Status == AppendStatus.Appended);
            known += results.Count(r => r.Status == AppendStatus.Duplicate);
            pending.Clear();
        }
    }

    private NewEvent? Read(LeadRow row, List<RowProblem> problems)
    {
        if (row.Input is not { } input)
        {
            problems.Add(new RowProblem(row.Number, row.Unreadable ?? "cannot be read"));
            return null;
        }

        var errors = new FieldErrors();
        var lead = reader.Read(input, $"screen:{Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(input)).AsSpan(0, 16))}", errors);
        if (lead is null)
        {
            problems.Add(new RowProblem(row.Number, string.Join("; ", errors.ByField.Select(e => FieldWords.Sentence(e.Key, e.Value, words)))));
        }

        return lead;
    }
}
