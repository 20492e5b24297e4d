namespace FlowEngine.Server.Api;

/// <summary>Every list is paged: what is asked for is kept within bounds instead of refused.</summary>
internal static class Paging
{
    public const int Default = 50;
    public const int Max = 200;

    public static int Limit(int? asked) => Math.Clamp(asked ?? Default, 1, Max);
}

/// <summary>One page.</summary>
/// <param name="NextCursor">Give it back as <c>cursor</c> for the next page; null on the last one.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
