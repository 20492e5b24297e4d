using System.Globalization;

namespace FlowEngine.Workflows.Expressions;

/// <summary>Collects text up to a limit; what comes after it is dropped and noticed.</summary>
internal sealed class BoundedWriter(int limit) : StringWriter(CultureInfo.InvariantCulture)
{
    public bool IsFull { get; private set; }

    public override void Write(char value)
    {
        if (Fits(1)) base.Write(value);
    }

    public override void Write(string? value)
    {
        if (value is not null && Fits(value.Length)) base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        if (Fits(count)) base.Write(buffer, index, count);
    }

    private bool Fits(int length)
    {
        IsFull |= GetStringBuilder().Length + length > limit;
        return !IsFull;
    }
}
