using System.Text.Json.Nodes;
using FlowEngine.Server.CSharp;
using Microsoft.Extensions.Configuration;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Journeys;

/// <summary>C# in flows is an administrator's explicit choice, seen from outside of the server's process.</summary>
public sealed class CSharpTrustTests : IAsyncLifetime
{
    private const string Compiler = "Microsoft.CodeAnalysis.CSharp";
    private readonly string flows = Directory.CreateTempSubdirectory("flowengine-csharp-").FullName;

    public async Task InitializeAsync()
    {
        var script = Activity("Elsa.RunCSharp", "r").With("name", "Adder").With("script", Literal("return 20 + 22;")).With("result", Node("""{ "memoryReference": { "id": "Sum" } }"""));
        var definition = Definition(Sequence("s", script, Line("w").With("name", "Teller").With("text", Input("CSharp", "$\"{Variable.Sum}!\""))), Variable("Sum", "Int32"));
        await File.WriteAllTextAsync(Path.Combine(flows, "sums.json"), definition.With("definitionId", "sums").ToJsonString());
    }

    public Task DisposeAsync()
    {
        Directory.Delete(flows, recursive: true);
        return Task.CompletedTask;
    }

    [SkippableFact]
    public async Task Without_the_setting_flows_with_C_sharp_are_refused_none_is_offered_and_no_compiler_is_loaded()
    {
        Skip.IfNot(OperatingSystem.IsLinux());
        await using var server = await ServerUnderTest.Start(flows, null, 1);

        server.Output.Should().Contain("sums.json was refused").And.Contain("Teller").And.Contain("activities[1].text").And.Contain(CSharpTrust.Setting);
        (await Languages(server)).Should().Contain(("CSharp", false)).And.Contain(("JavaScript", true));
        (await server.Http.GetAsync("/elsa/api/descriptors/activities/Elsa.RunCSharp")).IsSuccessStatusCode.Should().BeFalse();
        server.Nodes[0].HasLoaded("FlowEngine.Workflows").Should().BeTrue("its files are seen");
        server.Nodes[0].HasLoaded(Compiler).Should().BeFalse();
    }

    [SkippableFact]
    public async Task With_the_setting_they_run_and_the_Studio_offers_the_language_and_the_activity()
    {
        Skip.IfNot(OperatingSystem.IsLinux());
        await using var server = await ServerUnderTest.Start(flows, null, 1, more: new Dictionary<string, string> { ["FlowEngine__Scripts__CSharp"] = "trusted" });

        (await Languages(server)).Should().Contain(("CSharp", true)).And.Contain(("Python", false));
        (await server.Get("/elsa/api/descriptors/activities/Elsa.RunCSharp")).GetProperty("displayName").GetString().Should().Be("Run C#");
        var run = await server.Post("/elsa/api/workflow-definitions/sums/execute", new { });
        run.GetProperty("workflowState").GetProperty("subStatus").GetString().Should().Be("Finished");
        server.Nodes[0].HasLoaded(Compiler).Should().BeTrue();
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("Trusted ")]
    public void A_setting_that_says_neither_stops_the_start_and_names_itself(string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [CSharpTrust.Setting] = value }).Build();

        FluentActions.Invoking(() => CSharpTrust.Catalog(configuration)).Should().Throw<InvalidOperationException>().WithMessage($"*{CSharpTrust.Setting}*trusted*refused*");
    }

    private static async Task<List<(string Type, bool IsOffered)>> Languages(ServerUnderTest server) =>
        [.. (await server.Get("/elsa/api/descriptors/expression-descriptors")).GetProperty("items").EnumerateArray().Select(d => (d.GetProperty("type").GetString()!, d.GetProperty("isBrowsable").GetBoolean()))];

    private static JsonNode Node(string json) => JsonNode.Parse(json)!;
}
