using System.Text.RegularExpressions;

namespace FlowEngine.Tests.Architecture;

public sealed partial class HouseTests
{
    private static readonly string[] Readable = [".cs", ".razor", ".css", ".js", ".html", ".json", ".resx", ".csproj", ".md"];

    [Fact]
    public void Nothing_is_left_for_later_in_the_code()
    {
        SourceTree.Files(["src", "tests"], ".cs", ".razor", ".css", ".js", ".html")
            .SelectMany(f => LeftForLater().Matches(SourceTree.Read(f)).Select(m => $"{f}: {m.Value}"))
            .ShouldBeNone("what is missing is an issue or a limit in the README, not a mark in the code");
    }

    [Fact]
    public void No_file_names_a_path_outside_the_repository()
    {
        SourceTree.Files(["src", "tests", "flows", "docs"], Readable)
            .SelectMany(f => OutsidePath().Matches(SourceTree.Read(f)).Select(m => $"{f}: {m.Value}"))
            .ShouldBeNone("folders outside come by environment variables, which .ci/run sets");
    }

    [Fact]
    public void Every_project_is_in_the_solution_and_has_its_lock_file()
    {
        var solution = SourceTree.Read("FlowEngine.sln").Replace('\\', '/');
        var projects = SourceTree.Files(["src", "tests"], ".csproj");

        projects.Should().NotBeEmpty();
        projects.Where(p => !solution.Contains(p, StringComparison.Ordinal)).ShouldBeNone("the solution holds every project");
        projects.Where(p => !SourceTree.Exists(Path.GetDirectoryName(p) + "/packages.lock.json")).ShouldBeNone("restore is locked");
    }

    [Fact]
    public void Versions_of_packages_stand_in_one_place_only()
    {
        SourceTree.Files(["src", "tests"], ".csproj")
            .Where(p => OwnVersion().IsMatch(SourceTree.Read(p)))
            .ShouldBeNone("Directory.Packages.props names the versions");
    }

    [Fact]
    public void A_warning_that_is_switched_off_where_it_stands_says_why()
    {
        SourceTree.Files(["src", "tests"], ".cs", ".razor", ".csproj")
            .SelectMany(f => SourceTree.Read(f).Split('\n').Where(l => SwitchedOff().IsMatch(l) && !Reason().IsMatch(l)).Select(l => $"{f}: {l.Trim()}"))
            .ShouldBeNone("the reason stands on the same line; a rule that never fits is switched off for all in .editorconfig");
    }

    // The words are put together from two halves, so that this file does not find itself.
    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X)\b")]
    private static partial Regex LeftForLater();

    [GeneratedRegex(@"(?<![\w.])/wo" + @"rk/|\.\./sha" + @"red/|/home/\w+/|/Users/\w+/|[A-Z]:\\\\?Users")]
    private static partial Regex OutsidePath();

    [GeneratedRegex("<PackageReference[^>]*\\sVersion=")]
    private static partial Regex OwnVersion();

    [GeneratedRegex("#pragma warning dis" + "able|<No" + "Warn>|SuppressMess" + "age\\(")]
    private static partial Regex SwitchedOff();

    [GeneratedRegex("// \\w|Justification = \"\\w")]
    private static partial Regex Reason();
}
