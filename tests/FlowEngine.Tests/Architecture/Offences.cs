using AwesomeAssertions.Execution;

namespace FlowEngine.Tests.Architecture;

/// <summary>A rule's offenders are all named at once, so that one run is enough to put them right.</summary>
internal static class Offences
{
    public static void ShouldBeNone(this IEnumerable<string> offenders, string because)
    {
        var found = offenders.Order(StringComparer.Ordinal).ToList();
        AssertionChain.GetOrCreate()
            .ForCondition(found.Count == 0)
            .FailWith($"{because}; found {found.Count}:\n{string.Join('\n', found)}".Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
    }
}
