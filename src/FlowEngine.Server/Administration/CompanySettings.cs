using System.Text.Json;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Engine.Deadlines;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Administration;

/// <param name="TimeZone">IANA name.</param>
/// <param name="Hours">Null means that the company never closes.</param>
/// <param name="Targets">For departments without targets of their own, and for leads whom nobody has taken.</param>
public sealed record Company(string TimeZone, WeeklyHours? Hours, ResponseTargets? Targets = null);

/// <summary>The company's time zone and business hours. The engine reads them from <see cref="CompanyBook"/>, which is kept in step here.</summary>
public sealed class CompanySettings(IDbContextFactory<FlowEngineContext> contexts, CompanyBook book)
{
    private const string Key = "company";

    private readonly OneReader reader = new();

    public async Task<Company> Find(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await Read(db, cancel) ?? new Company("UTC", null);
    }

    public async Task<Saved<Company>> Save(Company company, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        errors.Check(IsZone(company.TimeZone), "timeZone", "is an IANA time zone such as Europe/Madrid");
        company.Hours?.Check(errors, "hours");
        company.Targets?.Check(errors, "targets");
        if (errors.Any)
        {
            return Saved.Invalid<Company>(errors);
        }

        await using var db = await contexts.CreateDbContextAsync(cancel);
        var row = await db.Settings.FindAsync([Key], cancel) ?? db.Settings.Add(new StoredSetting { Key = Key, Value = "" }).Entity;
        row.Value = JsonSerializer.Serialize(company, JsonSerializerOptions.Web);
        await db.SaveChangesAsync(cancel);
        await Refresh(cancel);
        return Saved.Done(company);
    }

    /// <summary>The configured time zone, while nobody has saved any.</summary>
    public async Task Seed(string timeZone, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await Read(db, cancel) is null && await Save(new Company(timeZone, null), cancel) is { Status: SaveStatus.Invalid })
        {
            throw new InvalidOperationException($"FlowEngine:TimeZone is not an IANA time zone: {timeZone}");
        }
    }

    /// <summary>Puts what is stored into the engine's book.</summary>
    public Task Refresh(CancellationToken cancel) => reader.Read(() => Reread(cancel));

    private async Task Reread(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var company = await Read(db, cancel);
        var own = await db.Departments.AsNoTracking().ToListAsync(cancel);
        book.Replace(
            company?.Targets?.ToAnswerTargets(),
            own.Select(d => (d.Key, Targets: TargetsOf(d))).Where(d => d.Targets is not null).ToDictionary(d => d.Key, d => d.Targets!, StringComparer.Ordinal));
        book.Replace(new CompanyHours(
            company?.TimeZone ?? "UTC",
            company?.Hours?.ToOpeningHours(),
            own.Where(d => d.Hours != null).ToDictionary(d => d.Key, d => JsonSerializer.Deserialize<WeeklyHours>(d.Hours!, JsonSerializerOptions.Web)!.ToOpeningHours(), StringComparer.Ordinal)));
    }

    /// <summary>Null leaves the department to the company's. Without an overflow nothing goes there.</summary>
    private static AnswerTargets? TargetsOf(StoredDepartment d) =>
        new ResponseTargets(d.FirstResponseMinutes, d.NextResponseMinutes, d.Overflow is null ? null : d.OverflowMinutes, d.PauseWhenClosed).ToAnswerTargets();

    private static bool IsZone(string? name) => name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId;

    private static async Task<Company?> Read(FlowEngineContext db, CancellationToken cancel) =>
        await db.Settings.AsNoTracking().SingleOrDefaultAsync(s => s.Key == Key, cancel) is { } row ? JsonSerializer.Deserialize<Company>(row.Value, JsonSerializerOptions.Web) : null;
}
