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

    // Ids is the one place that may make a random id, which everybody else is refused.
    [Fact]
    public void No_warning_is_switched_off_where_it_stands()
    {
        SourceTree.Files(["src", "tests"], ".cs", ".razor", ".csproj")
            .Where(f => f != "src/FlowEngine.Engine/Ids.cs" && SwitchedOff().IsMatch(SourceTree.Read(f)))
            .ShouldBeNone("a rule that does not fit is switched off for all, with its reason, in .editorconfig");
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
}
