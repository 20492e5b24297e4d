using System.Collections.Frozen;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>When the company answers: its own hours, and those of departments that differ (decision 23).</summary>
/// <param name="TimeZone">IANA name such as <c>Europe/Madrid</c>; unknown names count as UTC.</param>
/// <param name="Company">Null means that the company never closes.</param>
/// <param name="Departments">By department key.</param>
public sealed record CompanyHours(string TimeZone, OpeningHours? Company, IReadOnlyDictionary<string, OpeningHours> Departments)
{
    public static readonly CompanyHours AlwaysOpen = new("UTC", null, FrozenDictionary<string, OpeningHours>.Empty);

    /// <summary>The department's hours, else the company's, else null (never closed).</summary>
    public OpeningHours? For(string? department) =>
        department is not null && Departments.TryGetValue(department, out var own) ? own : Company;
}
