using System.Security.Claims;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Access;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Jobs;
using FlowEngine.Server.Leads;
using FlowEngine.Server.Leads.Imports;
using Microsoft.AspNetCore.Mvc;

namespace FlowEngine.Server.Api.Leads;

/// <summary>
/// <c>POST /api/leads/import</c>: a CSV file, as the body (text/csv) or as a form's file. Each row is a lead or an error of its own;
/// a row is never half done. The same file again makes no second leads: a row is known by its content, within the idempotency key. A large file
/// is stored, answered 202 and worked on by a job.
/// </summary>
internal static class ImportLeads
{
    private const int Batch = 200;

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/leads/import", Handle)
        .RequireAuthorization(Policies.Leads)
        .WithMetadata(new RequestSizeLimitAttribute(ImportFile.MaxBytes))
        .DisableAntiforgery()
        .WithSummary("Leads of a CSV file; header in English, Spanish or Portuguese")
        .WithDescription($"Up to {ImportFile.Small} rows are done at once and answered 200. A larger file (at most {ImportFile.MaxRows} rows, {ImportFile.MaxBytes / 1024 / 1024} MB) is stored and answered 202; Location says where its progress is.")
        .WithTags("Leads")
        .Accepts<string>("text/csv", "multipart/form-data")
        .Produces<ImportReport>()
        .Produces<ImportJson>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> Handle(
        HttpContext http, ClaimsPrincipal user, string? connection, [FromHeader(Name = Idempotency.Header)] string? key, LeadReader reader, Intake intake,
        StoredImports imports, JobDoor jobs, CancellationToken cancel)
    {
        if (await OpenFile(http, cancel) is not (var stream, var name))
        {
            return Problems.BadRequest("file", "is a CSV file, as a text/csv body or a form's file");
        }

        var sender = new ImportSender(Actors.IdOf(user)?.ToString() ?? "", user.Identity?.Name ?? "");
        using var text = await FileText.Open(stream, cancel);
        await using var file = await ImportFile.Open(text, connection, cancel);
        if (file.IsSmall)
        {
            return Results.Ok(await Take(file, reader, intake, RowKey.Prefix(sender.Id, key), cancel));
        }

        var id = await imports.Store(file, name, sender, string.IsNullOrEmpty(key) ? null : key, cancel);
        jobs.Start(id);
        return Results.Accepted($"/api/leads/imports/{id}", ImportJson.Of((await imports.Find(id, cancel))!, [], null));
    }

    private static async Task<ImportReport> Take(ImportFile file, LeadReader reader, Intake intake, string prefix, CancellationToken cancel)
    {
        var results = new List<ImportedRow>();
        var pending = new List<(int Row, NewEvent Lead)>();
        foreach (var row in file.First)
        {
            Sort(row, reader, prefix, results, pending);
            if (pending.Count == Batch)
            {
                await Store(intake, pending, results, cancel);
            }
        }

        await Store(intake, pending, results, cancel);
        return ImportReport.Of(results);
    }

    private static async Task<(Stream Content, string? Name)?> OpenFile(HttpContext http, CancellationToken cancel)
    {
        if (http.Request.HasFormContentType)
        {
            var form = await http.Request.ReadFormAsync(cancel);
            return form.Files.Count == 1 ? (form.Files[0].OpenReadStream(), Path.GetFileName(form.Files[0].FileName)) : null;
        }

        return http.Request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) == true ? (http.Request.Body, null) : null;
    }

    private static void Sort(LeadRow row, LeadReader reader, string prefix, List<ImportedRow> results, List<(int Row, NewEvent Lead)> pending)
    {
        if (row.Input is not { } input)
        {
            results.Add(ImportedRow.Wrong(row.Number, "row", row.Unreadable ?? "cannot be read"));
            return;
        }

        var errors = new FieldErrors();
        if (reader.Read(input, RowKey.Of(prefix, input), errors) is { } lead)
        {
            pending.Add((row.Number, lead));
        }
        else
        {
            results.Add(new ImportedRow(row.Number, ImportedAs.Error, null, errors.ByField));
        }
    }

    /// <summary>Each batch is one transaction: if the process dies between two, the file is sent again and only the rest is new.</summary>
    private static async Task Store(Intake intake, List<(int Row, NewEvent Lead)> pending, List<ImportedRow> results, CancellationToken cancel)
    {
        if (pending.Count == 0)
        {
            return;
        }

        var appended = await intake.Accept([.. pending.Select(p => p.Lead)], cancel);
        results.AddRange(pending.Zip(appended, (p, a) => new ImportedRow(p.Row, a.Status == AppendStatus.Duplicate ? ImportedAs.Duplicate : ImportedAs.Created, a.Mailbox, null)));
        pending.Clear();
    }
}

internal enum ImportedAs { Created, Duplicate, Error }

/// <param name="Row">Line of the file; the header is 1.</param>
/// <param name="Errors">By field, for rows that were not taken.</param>
internal sealed record ImportedRow(int Row, ImportedAs Status, Guid? ConversationId, IReadOnlyDictionary<string, string[]>? Errors)
{
    public static ImportedRow Wrong(int row, string field, string rule) => new(row, ImportedAs.Error, null, new Dictionary<string, string[]> { [field] = [rule] });
}

internal sealed record ImportReport(int Created, int Duplicates, int Errors, IReadOnlyList<ImportedRow> Rows)
{
    public static ImportReport Of(List<ImportedRow> rows) => new(
        rows.Count(r => r.Status == ImportedAs.Created), rows.Count(r => r.Status == ImportedAs.Duplicate), rows.Count(r => r.Status == ImportedAs.Error),
        [.. rows.OrderBy(r => r.Row)]);
}
