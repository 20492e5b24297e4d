using System.Diagnostics;
using System.Text.RegularExpressions;
using FlowEngine.Server.Nodes;
using FlowEngine.Tests.Architecture;
using Microsoft.Extensions.Configuration;

namespace FlowEngine.Tests.Deployment;

/// <summary>Keeps Dockerfile, docker-compose.yml and the proxy's configuration true to each other and to the server.</summary>
public sealed partial class ContainerTests
{
    private static readonly string Dockerfile = SourceTree.Read("Dockerfile");
    private static readonly string Compose = SourceTree.Read("docker-compose.yml");
    private static readonly string Proxy = SourceTree.Read("deploy/Caddyfile");
    private static readonly string Example = SourceTree.Read(".env.example");

    [Fact]
    public void What_the_image_copies_exists_and_is_let_through()
    {
        var copied = Copy().Matches(Dockerfile).SelectMany(m => m.Groups["from"].Value.Split(' ')).Where(p => p.Length > 0).ToList();
        var allowed = SourceTree.Read(".dockerignore").Split('\n').Where(l => l.StartsWith('!')).Select(l => l[1..]).ToList();

        copied.Should().HaveCountGreaterThan(10);
        copied.Where(p => !SourceTree.Exists(p)).ShouldBeNone("the Dockerfile copies what is there");
        copied.Where(p => !allowed.Exists(a => p == a || p.StartsWith(a + "/", StringComparison.Ordinal))).ShouldBeNone(".dockerignore lets it through");
    }

    [Fact]
    public void Every_project_of_the_server_is_restored_before_its_code_is_copied()
    {
        var projects = SourceTree.Files(["src"], ".csproj");

        projects.Where(p => !Dockerfile.Contains(p, StringComparison.Ordinal)).ShouldBeNone("the Dockerfile copies each project file for the restore");
    }

    [Fact]
    public void The_server_does_not_run_as_root_and_keeps_its_data_in_the_volume()
    {
        User().Matches(Dockerfile).Select(m => m.Groups["user"].Value).Should().Equal("$APP_UID");
        Dockerfile.Should().Contain("FlowEngine__Data=/data").And.Contain("VOLUME /data");
        Compose.Should().Contain("- data:/data");
    }

    [Fact]
    public void Image_health_check_and_proxy_speak_of_one_port_and_of_probes_that_exist()
    {
        Port().Matches(Dockerfile).Concat(Port().Matches(Proxy)).Select(m => m.Groups["port"].Value).Distinct().Should().Equal("8080");
        var probes = SourceTree.Read("src/FlowEngine.Server/Api/Health.cs");
        Probe().Matches(Dockerfile + Proxy).Select(m => m.Value).Distinct().Should().NotBeEmpty()
            .And.OnlyContain(p => probes.Contains($"MapGet(\"{p}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void The_proxy_leads_to_the_nodes_of_the_compose_file()
    {
        var nodes = Services().Matches(Compose[Compose.IndexOf("\nservices:", StringComparison.Ordinal)..Compose.IndexOf("\nvolumes:", StringComparison.Ordinal)])
            .Select(m => m.Groups["name"].Value).Where(n => n.StartsWith("node-", StringComparison.Ordinal)).ToList();

        nodes.Should().HaveCountGreaterThan(1);
        Upstreams().Matches(Proxy).Should().NotBeEmpty().And.OnlyContain(m => m.Groups["to"].Value == string.Join(' ', nodes.Select(n => n + ":8080")));
        Mounted().Matches(Compose).Select(m => m.Groups["path"].Value).Where(p => !SourceTree.Exists(p)).ShouldBeNone("mounted files exist");
    }

    [Fact]
    public void Each_setting_is_one_that_the_server_reads()
    {
        var source = string.Concat(SourceTree.CSharp("src/FlowEngine.Server").Select(SourceTree.Read));
        var keys = Setting().Matches(Dockerfile + Compose).Select(m => m.Value).Distinct().ToList();

        keys.Should().HaveCountGreaterThan(4);
        keys.Where(k => !source.Contains($"\"{k.Replace("__", ":", StringComparison.Ordinal)}\"", StringComparison.Ordinal)).ShouldBeNone("the server reads it under that name");
        Compose.Should().Contain("ConnectionStrings__FlowEngine");
        source.Should().Contain("GetConnectionString(\"FlowEngine\")");
    }

    [Fact]
    public void What_the_compose_file_asks_for_is_explained_and_nothing_secret_is_committed()
    {
        var example = Line().Matches(Example).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value);
        var asked = Variable().Matches(Compose).Select(m => (Name: m.Groups["name"].Value, Must: m.Groups["how"].Value == ":?")).ToHashSet();

        asked.Select(a => a.Name).Where(n => !example.ContainsKey(n)).ShouldBeNone(".env.example names what docker-compose.yml reads");
        example.Keys.Where(n => !asked.Select(a => a.Name).Contains(n)).ShouldBeNone("docker-compose.yml reads what .env.example names");
        asked.Where(a => a.Must).Select(a => a.Name).Distinct().Should().BeEquivalentTo(example.Where(e => e.Value.Length == 0).Select(e => e.Key), "only what must be set is left empty");
        SourceTree.Read(".gitignore").Split('\n').Should().Contain(".env");
    }

    [SkippableFact]
    public async Task Compose_itself_finds_nothing_wrong()
    {
        const string compose = "/usr/bin/docker-compose";
        Skip.IfNot(File.Exists(compose), "docker-compose is not installed.");
        var folder = Directory.CreateTempSubdirectory("flowengine-compose-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "docker-compose.yml"), Compose);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, ".env"), string.Join('\n', Line().Matches(Example).Select(m => m.Groups["value"].Length > 0 ? m.Value : m.Value + "given")));

        using var config = Process.Start(new ProcessStartInfo(compose, ["config", "-q"]) { WorkingDirectory = folder.FullName, RedirectStandardError = true })!;
        var said = await config.StandardError.ReadToEndAsync();
        await config.WaitForExitAsync();

        config.ExitCode.Should().Be(0, said);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_container_is_given_longer_to_stop_than_a_node_takes_at_most()
    {
        var node = NodeSettings.Read(new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:FlowEngine", "Host=db")]).Build());

        TimeSpan.FromSeconds(int.Parse(Grace().Match(Compose).Groups["seconds"].Value, System.Globalization.CultureInfo.InvariantCulture))
            .Should().BeGreaterThan(node.Notice + node.EndsWithin);
    }

    [GeneratedRegex(@"^COPY (?<from>(?:[\w./-]+ )+)[\w./]+$", RegexOptions.Multiline)]
    private static partial Regex Copy();

    [GeneratedRegex(@"^USER (?<user>\S+)$", RegexOptions.Multiline)]
    private static partial Regex User();

    [GeneratedRegex(@"(?:ASPNETCORE_HTTP_PORTS=|EXPOSE |127\.0\.0\.1/|node-\w:)(?<port>\d+)")]
    private static partial Regex Port();

    [GeneratedRegex(@"/health/\w+")]
    private static partial Regex Probe();

    [GeneratedRegex(@"^  (?<name>[\w-]+):$", RegexOptions.Multiline)]
    private static partial Regex Services();

    [GeneratedRegex(@"reverse_proxy \{\$NODES:(?<to>[^}]+)\}")]
    private static partial Regex Upstreams();

    [GeneratedRegex(@"- \./(?<path>[^:]+):")]
    private static partial Regex Mounted();

    [GeneratedRegex(@"\bFlowEngine__\w+(?=[=:])")]
    private static partial Regex Setting();

    [GeneratedRegex(@"\$\{(?<name>\w+)(?<how>:[?-])?[^}]*\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^(?<name>[A-Z_]+)=(?<value>.*)$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"\n  stop_grace_period: (?<seconds>\d+)s")]
    private static partial Regex Grace();
}
