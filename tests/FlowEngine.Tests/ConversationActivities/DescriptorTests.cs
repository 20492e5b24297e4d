using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Workflows.Activities;

namespace FlowEngine.Tests.ConversationActivities;

public sealed class DescriptorTests
{
    // Members of every activity's own JSON: an input of that name would overwrite them.
    private static readonly string[] Taken = ["id", "nodeId", "name", "type", "version", "customProperties", "metadata"];

    // An unknown editor hint makes the Studio fail.
    private static readonly string[] Hints = ["singleline", "multiline", "checkbox", "dropdown", "multitext", "json-editor"];

    private static readonly string[] Sources = ["departments", "agents", "labels", "templates", "connections"];

    public static TheoryData<string> Types => [.. ConversationActivity.All.Select(activity => activity.Descriptor.Name)];

    [Theory]
    [InlineData("ConversationStarted", "Source,Connection", "Done")]
    [InlineData("MessageReceived", "Connection,Keywords,Match,FirstOnly,Source,Timeout", "Done,Timeout")]
    [InlineData("SendMessage", "Text,Buttons,Rows,ListButton,Template,TemplateLanguage,TemplateParameters,WhenUnknown", "Done")]
    [InlineData("AskQuestion", "Text,AnswerType,Choices,Present,ListButton,Retries,ErrorText,Timeout,SaveAs,Region,WhenUnknown", "Answered,Invalid,Timeout")]
    [InlineData("SetLeadField", "Field,Value", "Done")]
    [InlineData("AddLabel", "Label", "Done")]
    [InlineData("RemoveLabel", "Label", "Done")]
    [InlineData("Qualify", "Rules,QualifiedFrom,NurtureFrom", "Qualified,Nurture,Disqualified")]
    [InlineData("RouteTo", "Department", "Done")]
    [InlineData("BusinessHours", "Source,Department,Hours,Holidays,TimeZone", "Open,Closed")]
    [InlineData("HandOff", "Department,Agent,Mode,Words,Reason,Summary,WhenUnknown", "Returned")]
    [InlineData("Finalize", "Words,Reason,WhenUnknown", "Done")]
    [InlineData("OptOut", "", "Done")]
    [InlineData("AiReply", "Instructions,Knowledge,Passages,Messages,MaxTurns,QuietSeconds,Timeout,Department,HandOffWords,WhenUnknown", "Answered,NotSure,Failed")]
    [InlineData("AiClassify", "Categories,Text,Instructions,SaveAs,Timeout,Department,HandOffWords,WhenUnknown", "Done,NotSure,Failed")]
    [InlineData("AiExtract", "Fields,Text,Instructions,SaveFields,Timeout,Department,HandOffWords,WhenUnknown", "Done,NotSure,Failed")]
    public void Inputs_and_outcomes_of_an_activity_are_what_stored_flows_rely_on(string name, string inputs, string outcomes)
    {
        var descriptor = Descriptor(name);

        descriptor.TypeName.Should().Be("FlowEngine." + name);
        string.Join(',', descriptor.Inputs.Select(input => input.Name)).Should().Be(inputs);
        string.Join(',', descriptor.Outcomes).Should().Be(outcomes);
    }

    [Fact]
    public void Every_conversation_activity_is_in_the_list_above() => Types.Should().HaveCount(16);

    [Theory]
    [MemberData(nameof(Types))]
    public void Everything_that_people_see_of_an_activity_is_said(string name)
    {
        var descriptor = Descriptor(name);

        descriptor.Category.Should().Be("Conversation");
        descriptor.DisplayName.Should().NotBeEmpty();
        descriptor.Description.Should().EndWith(".");
        descriptor.Inputs.Should().OnlyContain(input => input.DisplayName.Length > 0 && input.Description.EndsWith('.'));
        descriptor.Outputs.Should().OnlyContain(output => output.DisplayName.Length > 0 && output.Description.EndsWith('.'));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_input_has_an_editor_that_the_Studio_knows_and_a_name_of_its_own(string name)
    {
        var descriptor = Descriptor(name);

        descriptor.Inputs.Select(input => input.JsonName).Concat(descriptor.Outputs.Select(output => output.JsonName))
            .Should().OnlyHaveUniqueItems().And.NotContain(Taken);
        descriptor.Inputs.Select(input => input.Hint).Should().BeSubsetOf(Hints);
        descriptor.Inputs.Select(input => input.OptionsSource).OfType<string>().Should().BeSubsetOf(Sources);
        descriptor.Inputs.Where(input => input.Options is not null)
            .Should().OnlyContain(input => input.Options!.Any(option => option.Value == (string?)input.Default), "the default is one of the choices");
    }

    [Fact]
    public void Only_the_two_ways_in_are_triggers() =>
        ConversationActivity.All.Where(activity => activity.Descriptor.Kind == ActivityKind.Trigger).Select(activity => activity.Descriptor.Name)
            .Should().BeEquivalentTo("ConversationStarted", "MessageReceived");

    private static ActivityDescriptor Descriptor(string name) => ConversationActivity.All.Single(activity => activity.Descriptor.Name == name).Descriptor;
}
