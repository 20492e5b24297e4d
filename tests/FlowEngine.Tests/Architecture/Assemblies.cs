using System.Reflection;
using ArchUnitNET.Loader;
using FlowEngine.Engine.Turns;
using FlowEngine.Conversations;
using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Tests.Architecture;

/// <summary>The product's five assemblies as the compiler left them, and who uses whom in them.</summary>
internal static class Assemblies
{
    public static readonly Assembly Conversations = typeof(Conversation).Assembly;
    public static readonly Assembly Workflows = typeof(WorkflowGraph).Assembly;
    public static readonly Assembly Engine = typeof(ITurnStore).Assembly;
    public static readonly Assembly Server = typeof(Program).Assembly;
    public static readonly Assembly WaSim = Assembly.Load("FlowEngine.WaSim");

    public static IReadOnlyList<Assembly> Product { get; } = [Conversations, Workflows, Engine, Server, WaSim];

    /// <summary>One type of ours that uses another of ours, by their full names.</summary>
    public sealed record Use(string From, string To);

    private static readonly Lazy<IReadOnlyList<Use>> AllUses = new(ReadUses);

    /// <summary>Every use of one of our types by another, method bodies and generic arguments included.</summary>
    public static IReadOnlyList<Use> Uses => AllUses.Value;

    private static List<Use> ReadUses()
    {
        var architecture = new ArchLoader().LoadAssemblies([.. Product]).Build();
        return [.. architecture.Types
            .SelectMany(t => t.Dependencies.Select(d => new Use(Plain(t.FullName), Plain(d.Target.FullName))))
            .Where(u => u.To.StartsWith("FlowEngine.", StringComparison.Ordinal) && u.From != u.To)
            .Distinct()];
    }

    /// <summary>The outermost type's name without generic arguments: what the compiler nests in a type belongs to that type.</summary>
    private static string Plain(string fullName)
    {
        var end = fullName.AsSpan().IndexOfAny("+/`<[");
        return end < 0 ? fullName : fullName[..end];
    }
}
