namespace FlowEngine.Server.Administration;

public enum SaveStatus
{
    Created,

    /// <summary>Changed, or already exactly so: saving the same twice is one save.</summary>
    Saved,

    /// <summary>There is nothing by that key.</summary>
    Missing,

    /// <summary>Another one has that key.</summary>
    Taken,

    /// <summary>It was changed since the caller read it; the value is what it is now.</summary>
    Stale,

    /// <summary>Some fields break their rules; nothing was written.</summary>
    Invalid,
}

/// <summary>What became of a save. Refusals are values; a broken database is an exception.</summary>
public sealed record Saved<T>(SaveStatus Status, T? Value = null, FieldErrors? Errors = null) where T : class;

/// <summary>The six answers.</summary>
internal static class Saved
{
    public static Saved<T> Created<T>(T value) where T : class => new(SaveStatus.Created, value);

    public static Saved<T> Done<T>(T value) where T : class => new(SaveStatus.Saved, value);

    public static Saved<T> Missing<T>() where T : class => new(SaveStatus.Missing);

    public static Saved<T> Taken<T>(T other) where T : class => new(SaveStatus.Taken, other);

    public static Saved<T> Stale<T>(T now) where T : class => new(SaveStatus.Stale, now);

    public static Saved<T> Invalid<T>(FieldErrors errors) where T : class => new(SaveStatus.Invalid, null, errors);
}
