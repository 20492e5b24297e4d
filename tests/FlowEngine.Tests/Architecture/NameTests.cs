using System.Text.RegularExpressions;

namespace FlowEngine.Tests.Architecture;

public sealed partial class NameTests
{
    private static readonly string[] ForbiddenRooms =
        ["Services", "Helpers", "Managers", "Contracts", "Common", "Utils", "Utilities", "Shared", "Misc", "Repositories", "Interfaces", "Abstractions"];

    private static readonly string[] ForbiddenEndings = ["Helper", "Helpers", "Manager", "Util", "Utils", "Repository", "Impl"];

    [Fact]
    public void No_room_is_named_after_a_mechanism()
    {
        var named = SourceTree.CSharp()
            .Where(f => f.Split('/')[..^1].Any(ForbiddenRooms.Contains));

        named.ShouldBeNone("a room's name is a noun of the domain");
    }

    [Fact]
    public void No_type_is_named_after_a_mechanism()
    {
        var named = SourceTree.CSharp()
            .SelectMany(f => TypeDeclaration().Matches(CSharpText.Blank(SourceTree.Read(f))).Select(m => (File: f, Name: m.Groups["name"].Value)))
            .Where(t => ForbiddenRooms.Contains(t.Name) || ForbiddenEndings.Any(e => t.Name.EndsWith(e, StringComparison.Ordinal)))
            .Select(t => $"{t.File}: {t.Name}");

        named.ShouldBeNone("a type is named after what it is, not after a mechanism");
    }

    [Fact]
    public void A_file_s_namespace_is_its_folder()
    {
        var elsewhere = SourceTree.CSharp()
            .Select(f => (File: f, Match: NamespaceDeclaration().Match(SourceTree.Read(f))))
            .Where(f => f.Match.Success)
            .Select(f => (f.File, Is: f.Match.Groups["name"].Value, Folder: string.Join('.', f.File.Split('/')[1..^1])))
            .Where(f => f.Is != f.Folder)
            .Select(f => $"{f.File}: {f.Is}");

        elsewhere.ShouldBeNone("rooms are folders, and the walls between them are checked by namespace");
    }

    [Fact]
    public void The_name_of_a_test_is_a_sentence()
    {
        var terse = SourceTree.CSharp("tests")
            .SelectMany(f => TestMethod().Matches(SourceTree.Read(f)).Select(m => (File: f, Name: m.Groups["name"].Value)))
            .Where(t => t.Name.Count(c => c == '_') < 2)
            .Select(t => $"{t.File}: {t.Name}");

        terse.ShouldBeNone("a test says in a sentence what is true");
    }

    [GeneratedRegex("""(?m)^[ \t]*(?:(?:public|private|protected|internal|static|sealed|abstract|partial|readonly|ref|file)[ \t]+)*(?:class|interface|record(?:[ \t]+(?:class|struct))?|struct|enum)[ \t]+(?<name>[A-Za-z_]\w*)""")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex("""(?m)^namespace\s+(?<name>[\w.]+)""")]
    private static partial Regex NamespaceDeclaration();

    [GeneratedRegex("""(?s)\[(?:Skippable)?(?:Fact|Theory)\b[^\n]*\n(?:\s*\[[^\n]*\n)*\s*public\s+(?:async\s+)?[\w<>.]+\s+(?<name>\w+)\s*\(""")]
    private static partial Regex TestMethod();
}
