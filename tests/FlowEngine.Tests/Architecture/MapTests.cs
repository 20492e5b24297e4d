using System.Text.RegularExpressions;
using FlowEngine.Engine.Flows;

namespace FlowEngine.Tests.Architecture;

public sealed partial class MapTests
{
    /// <summary>Nodes that no flow contains by its author's hand.</summary>
    private static readonly string[] MadeByTheRuntime = ["Elsa.Workflow", "Elsa.NotFoundActivity"];

    private static readonly string Readme = SourceTree.Read("README.md");

    [Fact]
    public void The_readme_answers_where_things_are_with_files_that_exist()
    {
        var named = CodeSpan().Matches(After("<!-- map:")).Select(m => m.Groups["text"].Value).Where(t => t.Contains('/', StringComparison.Ordinal)).ToList();

        named.Should().HaveCountGreaterThan(8);
        named.Where(p => !SourceTree.Exists(p)).ShouldBeNone("the map names files and folders that exist");
    }

    [Fact]
    public void The_readme_lists_every_activity_that_a_flow_may_use_and_no_other()
    {
        var listed = CodeSpan().Matches(After("<!-- activities:")).Select(m => m.Groups["text"].Value).ToHashSet();
        var offered = FlowActivities.Catalog.Descriptors
            .Select(d => d.TypeName)
            .Except(MadeByTheRuntime)
            .ToList();

        offered.Where(t => !listed.Contains(t)).ShouldBeNone("each activity has its place in the README");
        listed.Where(t => !offered.Contains(t)).ShouldBeNone("the README promises only activities that exist");
    }

    [Fact]
    public void Links_in_the_documentation_lead_to_files()
    {
        SourceTree.Files(["docs", "flows"], ".md").Append("README.md")
            .SelectMany(f => Link().Matches(SourceTree.Read(f)).Select(m => (From: f, To: m.Groups["to"].Value)))
            .Where(l => !l.To.Contains("://", StringComparison.Ordinal) && !SourceTree.Exists(Path.Combine(Path.GetDirectoryName(l.From)!, l.To)))
            .Select(l => $"{l.From} -> {l.To}")
            .ShouldBeNone("links in Markdown lead somewhere");
    }

    /// <summary>The README from this mark to the next heading.</summary>
    private static string After(string mark)
    {
        var from = Readme.IndexOf(mark, StringComparison.Ordinal);
        from.Should().BePositive("README.md holds the mark {0}", mark);
        from = Readme.IndexOf('\n', from);
        var to = Readme.IndexOf("\n#", from, StringComparison.Ordinal);
        return Readme[from..(to < 0 ? Readme.Length : to)];
    }

    [GeneratedRegex("`(?<text>[^`\\s]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex("\\]\\((?<to>[^)#\\s]+)(?:#[^)]*)?\\)")]
    private static partial Regex Link();
}
