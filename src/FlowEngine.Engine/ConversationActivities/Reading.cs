using System.Diagnostics.CodeAnalysis;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>An input of list kind as read: what it says, or a sentence on why it cannot be read.</summary>
public readonly record struct Reading<T>(T? Value, string? Error)
    where T : class
{
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsRead => Error is null;
}

/// <summary>Makes <see cref="Reading{T}"/>.</summary>
public static class Reading
{
    public static Reading<T> Of<T>(T value)
        where T : class => new(value, null);

    public static Reading<T> Bad<T>(string error)
        where T : class => new(null, error);
}
