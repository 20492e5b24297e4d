using System.Text;
using System.Text.Json.Nodes;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Definitions;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Workflows;

public sealed class DefinitionReaderTests
{
    [Theory]
    [InlineData("{", "$")]
    [InlineData("[]", "$")]
    [InlineData("""{ "definitionId": "f" }""", "$.root")]
    [InlineData("""{ "root": { "id": "a", "type": "Elsa.Start" } }""", "$.definitionId")]
    [InlineData("""{ "definitionId": "f", "root": { "id": "a" } }""", "$.root")]
    public void A_file_that_is_no_definition_is_refused_with_its_place(string text, string path)
    {
        var reading = DefinitionReader.Read(Encoding.UTF8.GetBytes(text), BuiltIn.Catalog);

        reading.Graph.Should().BeNull();
        reading.Errors.Should().ContainSingle().Which.Path.Should().Be(path);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var root = Flowchart("f", [Line("a"), Line("a"), Line("b").With("text", Input("C#", "1 + 1"))]);
        root["connections"] = new JsonArray(new JsonObject { ["source"] = "a", ["target"] = "nowhere" });

        var reading = Read(Definition(root));

        reading.Errors.Select(e => e.Path).Should().BeEquivalentTo("$.root.activities[1].id", "$.root.activities[2].text", "$.root.connections[0].target");
    }

    [Theory]
    [InlineData("C#")]
    [InlineData("Python")]
    public void A_script_in_an_unsupported_language_is_refused_naming_activity_and_language(string language)
    {
        var error = Read(Definition(Line("greet").With("text", Input(language, "x")))).Errors.Should().ContainSingle().Subject;

        error.Path.Should().Be("$.root.text");
        error.Message.Should().Contain("greet").And.Contain(language);
    }

    [Fact]
    public void Connections_to_removed_activities_are_dropped_with_a_warning()
    {
        var graph = Graph(Flowchart("f", [Line("a"), Line("b")], "a-gone", "a-b"));

        graph.Warnings.Should().ContainSingle().Which.Path.Should().Be("$.root.connections[0]");
    }

    [Fact]
    public void A_script_that_does_not_parse_is_a_warning_with_its_place()
    {
        Graph(ScriptLine("a", "syntax error(")).Warnings.Should().ContainSingle().Which.Path.Should().Be("$.root.text");
    }

    [Fact]
    public void Missing_ids_are_made_from_the_type_and_avoid_those_of_the_file()
    {
        var anonymous = Line("x");
        anonymous.Remove("id");

        var acting = Acting.Of(Sequence("s", anonymous, Line("WriteLine1")));

        acting.Journal.Should().Contain("WriteLine2:Started").And.Contain("WriteLine1:Started");
    }

    [Fact]
    public void A_byte_order_mark_and_old_array_wrappers_are_understood()
    {
        var root = Flowchart("f", [Line("a"), Line("b")], "a-b");
        root["connections"] = new JsonObject { ["$values"] = root["connections"]!.DeepClone() };
        root["activities"] = new JsonObject { ["_type"] = "x", ["items"] = root["activities"]!.DeepClone() };
        var text = "\uFEFF" + Definition(root).ToJsonString();

        DefinitionReader.Read(Encoding.UTF8.GetBytes(text), BuiltIn.Catalog).Errors.Should().BeEmpty();
    }

    [Fact]
    public void Custom_properties_and_triggers_are_told()
    {
        var trigger = Event("order").With("customProperties", new JsonObject { ["canStartWorkflow"] = true });
        var definition = Definition(Flowchart("f", [trigger, Line("a")], "order-a")).With("customProperties", new JsonObject { ["FlowEngine:OnFault"] = "Error" });

        var graph = Read(definition).Graph!;

        graph.CustomProperties["FlowEngine:OnFault"].GetString().Should().Be("Error");
        graph.Triggers.Should().ContainSingle().Which.Inputs["EventName"].Should().Be("order");
    }

    [Fact]
    public void An_unknown_type_is_imported_and_faults_when_it_is_reached()
    {
        var acting = Acting.Of(Sequence("s", Line("a"), Activity("Acme.Fax", "fax").With("version", 3)));

        acting.Lines.Should().Equal("a");
        acting.Instance.Incidents.Should().ContainSingle().Which.Message.Should().Be("Activity type 'Acme.Fax' version '3' could not be found.");
    }

    [Fact]
    public void A_placeholder_whose_type_is_known_again_is_healed()
    {
        var placeholder = Activity("Elsa.NotFoundActivity", "x").With("originalActivityJson", Line("x", "back").ToJsonString());

        Acting.Of(placeholder).Lines.Should().Equal("back");
    }
}
