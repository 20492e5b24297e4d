using FlowEngine.Server.Nodes;
using Microsoft.Extensions.Configuration;

namespace FlowEngine.Tests.Nodes;

public sealed class NodeSettingsTests
{
    private const string Postgres = "Host=db";

    [Theory]
    [InlineData(null, true, true)]
    [InlineData("web,worker", true, true)]
    [InlineData("web", true, false)]
    [InlineData(" worker ", false, true)]
    public void A_node_is_what_its_roles_say_and_both_by_default(string? roles, bool web, bool worker)
    {
        var node = Read(("ConnectionStrings:FlowEngine", Postgres), ("FlowEngine:Roles", roles));

        (node.Web, node.Worker).Should().Be((web, worker));
    }

    [Fact]
    public void An_unknown_role_is_refused_by_name_of_the_key() =>
        FluentReading(("FlowEngine:Roles", "web,cook")).Should().Throw<InvalidOperationException>().WithMessage("FlowEngine:Roles*");

    [Fact]
    public void The_only_process_of_an_embedded_database_cannot_leave_the_work_to_others() =>
        FluentReading(("FlowEngine:Roles", "web")).Should().Throw<InvalidOperationException>().WithMessage("*PostgreSQL*");

    [Fact]
    public void Only_a_node_among_others_gives_the_proxy_notice()
    {
        Read().Notice.Should().Be(TimeSpan.Zero, "nobody else would take the requests");
        Read(("ConnectionStrings:FlowEngine", Postgres)).Notice.Should().Be(TimeSpan.FromSeconds(3));
        Read(("FlowEngine:Node:Notice", "00:00:07")).Notice.Should().Be(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void A_node_is_called_by_its_machine_unless_it_has_a_name()
    {
        Read().Name.Should().Be(Environment.MachineName);
        Read(("FlowEngine:Node:Name", "node-a")).Name.Should().Be("node-a");
    }

    private static Func<NodeSettings> FluentReading(params (string Key, string? Value)[] settings) => () => Read(settings);

    private static NodeSettings Read(params (string Key, string? Value)[] settings) =>
        NodeSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => s.Value)).Build());
}
