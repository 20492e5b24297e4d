using FlowEngine.Engine.ConversationActivities.Answers;

namespace FlowEngine.Tests.ConversationActivities.Answers;

public sealed class ChoicePresentationTests
{
    [Theory]
    [InlineData(Present.Auto, 2, 10, "buttons")]
    [InlineData(Present.Auto, 3, 20, "buttons")]
    [InlineData(Present.Auto, 3, 21, "list")]
    [InlineData(Present.Auto, 4, 10, "list")]
    [InlineData(Present.Auto, 11, 10, "text")]
    [InlineData(Present.Auto, 3, 25, "text")]
    [InlineData(Present.Buttons, 4, 10, "list")]
    [InlineData(Present.List, 2, 10, "list")]
    [InlineData(Present.Text, 2, 10, "text")]
    [InlineData(Present.None, 2, 10, "text")]
    public void Options_take_the_richest_form_that_the_channel_can_show(Present present, int options, int titleLength, string kind) =>
        ChoicePresentation.Of("¿Qué necesitas?", Titles(options, titleLength), present).Kind.Should().Be(kind);

    [Fact]
    public void A_body_that_is_too_long_for_buttons_is_a_text_with_numbered_lines() =>
        ChoicePresentation.Of(new string('a', 1025), [new("Uno"), new("Dos")], Present.Auto).Text.Should().EndWith("a\n\n1. Uno\n2. Dos");

    [Fact]
    public void A_question_that_says_its_choices_itself_stays_word_for_word() =>
        ChoicePresentation.Of("1) Sí 2) No", [new("Sí"), new("No")], Present.None).Text.Should().Be("1) Sí 2) No");

    [Fact]
    public void Long_descriptions_and_list_buttons_are_cut_to_what_the_channel_takes()
    {
        var content = ChoicePresentation.Of("¿Qué?", [new("Uno", "1", "row1", new string('d', 100))], Present.List, "Una palabra demasiado larga");

        content.Rows.Single().Should().Be(new FlowEngine.Conversations.Choice("row1", "Uno", new string('d', 71) + "…"));
        content.ListButton.Should().HaveLength(20);
    }

    private static List<ChoiceOption> Titles(int count, int length) =>
        [.. Enumerable.Range(0, count).Select(i => new ChoiceOption($"{i:D2}".PadRight(length, 'x')))];
}
