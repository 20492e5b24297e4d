using FlowEngine.Server.Administration;

namespace FlowEngine.Server.Leads;

/// <summary>The rules for what is known of a lead, wherever it comes from.</summary>
internal static class LeadFields
{
    public const int Max = 100;
    private const int MaxName = 100;
    private const int MaxValue = 4000;

    public static void Check(IReadOnlyDictionary<string, string?> fields, string at, FieldErrors errors)
    {
        errors.Check(fields.Count <= Max, at, $"has at most {Max} fields");
        foreach (var (name, value) in fields)
        {
            errors.Check(!string.IsNullOrWhiteSpace(name) && name.Length <= MaxName, at, $"has names of 1 to {MaxName} characters");
            errors.Check((value?.Length ?? 0) <= MaxValue, $"{at}.{name}", $"has at most {MaxValue} characters");
        }
    }
}
