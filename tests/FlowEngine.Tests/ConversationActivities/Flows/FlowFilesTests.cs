using System.Text.Json.Nodes;
using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Tests.Architecture;
using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Tests.ConversationActivities.Flows;

/// <summary>The flows that come with the product, as files.</summary>
public sealed class FlowFilesTests
{
    public static TheoryData<string> Files => [.. SourceTree.Files(["flows", "tests/FlowEngine.Benchmarks/flows"], ".json")];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_flow_s_file_is_read_without_errors_and_named_after_its_definition(string file)
    {
        var reading = DefinitionReader.Read(System.Text.Encoding.UTF8.GetBytes(SourceTree.Read(file)), Chat.Catalog);

        reading.Errors.Should().BeEmpty();
        reading.Graph!.DefinitionId.Should().Be(Path.GetFileNameWithoutExtension(file));
        reading.Graph.Warnings.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void No_two_steps_lie_on_each_other_in_the_Studio(string file) =>
        Activities(file).Select(activity => activity["metadata"]!["designer"]!["position"]!.ToJsonString()).Should().OnlyHaveUniqueItems();

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_input_that_a_file_sets_exists_on_its_activity(string file)
    {
        var unknown = Activities(file).Where(IsOurs).SelectMany(activity => activity.Where(member => member.Value is JsonObject value && value.ContainsKey("typeName"))
            .Where(member => !Names(activity).Contains(member.Key)).Select(member => $"{activity["id"]}.{member.Key}"));

        unknown.Should().BeEmpty();
    }

    [Fact]
    public void No_way_of_a_shipped_flow_ends_in_nothing()
    {
        foreach (var file in SourceTree.Files(["flows"], ".json"))
        {
            var followed = Root(file)["connections"]!.AsArray().Select(c => $"{c!["source"]!["activity"]}:{c["source"]!["port"]}").ToHashSet();
            var loose = Activities(file).Where(IsOurs).SelectMany(activity => Ways(activity).Select(way => $"{activity["id"]}:{way}")).Where(way => !followed.Contains(way));
            loose.Should().BeEmpty(file);
        }
    }

    // What ends a run has no way on, and silence is a way only where a time is set.
    private static IEnumerable<string> Ways(JsonObject activity) => activity["type"]!.ToString() is "FlowEngine.HandOff" or "FlowEngine.Finalize"
        ? []
        : Descriptor(activity).Outcomes.Where(outcome => outcome != "Timeout" || activity.ContainsKey("timeout"));

    private static HashSet<string> Names(JsonObject activity) =>
        [.. Descriptor(activity).Inputs.Select(input => input.JsonName), .. Descriptor(activity).Outputs.Select(output => output.JsonName)];

    private static FlowEngine.Workflows.Activities.ActivityDescriptor Descriptor(JsonObject activity) =>
        ConversationActivity.All.Single(known => known.Descriptor.TypeName == activity["type"]!.ToString()).Descriptor;

    private static bool IsOurs(JsonObject activity) => activity["type"]!.ToString().StartsWith("FlowEngine.", StringComparison.Ordinal);

    private static IEnumerable<JsonObject> Activities(string file) => Root(file)["activities"]!.AsArray().Select(activity => activity!.AsObject());

    private static JsonObject Root(string file) => JsonNode.Parse(SourceTree.Read(file))!["root"]!.AsObject();
}
