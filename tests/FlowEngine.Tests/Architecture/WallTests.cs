using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FlowEngine.Tests.Architecture;

public sealed partial class WallTests
{
    private static readonly Dictionary<string, string[]> ProjectReferences = new()
    {
        ["FlowEngine.Conversations"] = [],
        ["FlowEngine.Workflows"] = [],
        ["FlowEngine.WaSim"] = [],
        ["FlowEngine.Engine"] = ["FlowEngine.Conversations", "FlowEngine.Workflows"],
        ["FlowEngine.Server"] = ["FlowEngine.Engine", "FlowEngine.WaSim"],
    };

    [Fact]
    public void Every_folder_of_the_engine_and_the_server_has_its_row_in_the_table()
    {
        var without = Assemblies.Uses.SelectMany(u => new[] { u.From, u.To })
            .Distinct()
            .Where(t => t.StartsWith("FlowEngine.", StringComparison.Ordinal) && Rooms.Of(t) is null);

        without.ShouldBeNone("every folder has its row in Rooms.MayUse");
    }

    [Fact]
    public void A_room_uses_only_the_rooms_that_the_table_allows()
    {
        var trespasses = Assemblies.Uses
            .Where(u => u.From.StartsWith("FlowEngine.", StringComparison.Ordinal))
            .Select(u => (Use: u, From: Rooms.Of(u.From), To: Rooms.Of(u.To)))
            .Where(u => u.From is not null && u.To is not null && !Rooms.Allows(u.From, u.To, u.Use.To))
            .Select(u => $"{u.From} uses {u.To}: {u.Use.From} -> {u.Use.To}");

        trespasses.ShouldBeNone("a room uses only the rooms of its row in Rooms.MayUse");
    }

    [Fact]
    public void The_table_names_no_room_that_does_not_exist()
    {
        var gone = Rooms.MayUse.Keys.Where(r => !SourceTree.Exists(FolderOf(r)));

        gone.ShouldBeNone("Rooms.MayUse lists folders that exist");
    }

    [Fact]
    public void A_turn_never_calls_the_doors_that_start_turns()
    {
        string[] doors = ["FlowEngine.Engine.Mailbox.Intake", "FlowEngine.Engine.Mailbox.Commands", "FlowEngine.Engine.Mailbox.Drain"];

        Assemblies.Uses
            .Where(u => u.From.StartsWith("FlowEngine.Engine.Turns.", StringComparison.Ordinal) && doors.Contains(u.To))
            .Select(u => $"{u.From} -> {u.To}")
            .ShouldBeNone("what a turn causes later comes back by its checkpoint");
    }

    [Fact]
    public void Projects_reference_each_other_only_downwards()
    {
        foreach (var (project, allowed) in ProjectReferences)
        {
            var file = XDocument.Parse(SourceTree.Read($"src/{project}/{project}.csproj"));
            var references = file.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
            references.Should().BeSubsetOf(allowed, project);
        }
    }

    [Fact]
    public void The_pure_cores_use_the_runtime_and_their_expression_languages_only()
    {
        References(Assemblies.Conversations).Should().OnlyContain(r => r.StartsWith("System.", StringComparison.Ordinal));
        References(Assemblies.Workflows).Should().OnlyContain(r => r.StartsWith("System.", StringComparison.Ordinal) || ExpressionLanguage().IsMatch(r));
    }

    [Fact]
    public void The_engine_knows_neither_database_nor_web()
    {
        References(Assemblies.Engine).Should().NotContain(r => DatabaseOrWeb().IsMatch(r));
    }

    [Fact]
    public void Only_persistence_and_the_queries_of_a_room_see_the_database()
    {
        var seeing = SourceTree.CSharp("src/FlowEngine.Server")
            .Where(f => !f.Contains("/Persistence/", StringComparison.Ordinal) && RawDatabase().IsMatch(SourceTree.Read(f)));

        seeing.ShouldBeNone("hand-written SQL and its connections live in Persistence");
    }

    private static string FolderOf(string room) => "src/FlowEngine." + (room.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? room[..dot] + "/" + room[(dot + 1)..].Replace('.', '/') : room);

    private static IEnumerable<string> References(System.Reflection.Assembly assembly) => assembly.GetReferencedAssemblies().Select(r => r.Name!);

    [GeneratedRegex("^(Jint|Acornima|DotLiquid|Cronos)$")]
    private static partial Regex ExpressionLanguage();

    [GeneratedRegex("EntityFramework|AspNetCore|Sqlite|Npgsql|System\\.Data|Hangfire|MudBlazor|System\\.Net\\.Http")]
    private static partial Regex DatabaseOrWeb();

    [GeneratedRegex("using (Microsoft\\.Data\\.Sqlite|Npgsql|System\\.Data)")]
    private static partial Regex RawDatabase();
}
