using FlowEngine.Engine.ConversationActivities;

namespace FlowEngine.Tests.ConversationActivities;

/// <summary>What a flow learns and decides about a lead: fields, labels, points, department, no more messages.</summary>
public sealed class LeadFactsTests
{
    [Fact]
    public void A_field_is_set_and_an_empty_value_removes_it()
    {
        OneStep.Of("FlowEngine.SetLeadField", new { field = "need", value = "ventas" }).Lead("Hola").Conversation.Fields["need"].Should().Be("ventas");

        var known = OneStep.Of("FlowEngine.SetLeadField", new { field = "need", value = "" });
        known.Conversation = known.Conversation with { Fields = known.Conversation.Fields.Add("need", "ventas") };
        known.Lead("Hola").Conversation.Fields.Should().BeEmpty();
        known.Effects.Should().Equal(new SetFieldEffect("need", null, "step"));
    }

    [Fact]
    public void A_field_without_a_name_is_a_fault() => OneStep.Of("FlowEngine.SetLeadField", new { value = "x" }).Lead("Hola").Fault!.Code.Should().Be("invalidInput");

    [Fact]
    public void A_label_is_put_on() => OneStep.Of("FlowEngine.AddLabel", new { label = "vip" }).Lead("Hola").Conversation.Labels.Should().Equal("vip");

    [Fact]
    public void A_label_is_taken_off()
    {
        var chat = OneStep.Of("FlowEngine.RemoveLabel", new { label = "vip" });
        chat.Conversation = chat.Conversation with { Labels = chat.Conversation.Labels.Add("vip").Add("es") };

        chat.Lead("Hola").Conversation.Labels.Should().Equal("es");
    }

    [Theory]
    [InlineData(60, "Qualified")]
    [InlineData(59, "Nurture")]
    [InlineData(30, "Nurture")]
    [InlineData(29, "Disqualified")]
    public void Points_decide_the_way_and_are_kept(int points, string way)
    {
        var rules = $$"""[{"field":"name","operator":"exists","points":{{points}}}]""";
        var chat = OneStep.Of("FlowEngine.Qualify", new { rules }, null, "Qualified", "Nurture", "Disqualified");
        chat.Conversation = chat.Conversation with { Fields = chat.Conversation.Fields.Add("name", "Ana") };

        chat.Lead("Hola").OutcomesOf("step").Should().Equal(way);
        chat.Conversation.Fields[Qualify.ScoreField].Should().Be(points.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Rules_that_cannot_be_read_are_a_fault() => OneStep.Of("FlowEngine.Qualify").Lead("Hola").Fault!.Message.Should().Be("Rules: there are none");

    [Fact]
    public void Routing_chooses_the_department_and_leaves_the_flow_in_charge()
    {
        var chat = OneStep.Of("FlowEngine.RouteTo", new { department = "ventas" }).Lead("Hola");

        chat.Conversation.Department.Should().Be("ventas");
        chat.Conversation.Owner.Kind.Should().Be(FlowEngine.Conversations.OwnerKind.Flow);
    }

    [Fact]
    public void Routing_to_a_department_that_is_not_there_faults_in_the_domain_s_words()
    {
        var chat = OneStep.Of("FlowEngine.RouteTo", new { department = "luna" }).Lead("Hola");

        chat.Fault!.Code.Should().Be("unknownTarget");
        chat.Fault.Message.Should().Contain("'luna'");
        chat.Conversation.Department.Should().BeNull();
    }

    [Fact]
    public void No_more_messages_is_a_fact_for_the_turn_to_keep() => OneStep.Of("FlowEngine.OptOut").Lead("Hola").Effects.Should().Equal(new OptOutEffect("step"));
}
