using FlowEngine.Conversations;
using FlowEngine.Engine.ConversationActivities;

namespace FlowEngine.Tests.ConversationActivities;

public sealed class AskQuestionTests
{
    private static readonly object Need = new { text = "¿Qué necesitas?", answerType = "Choice", choices = "Ventas | ventas | comprar\nSoporte | soporte", saveAs = "need" };

    [Fact]
    public void A_question_is_asked_once_and_its_answer_is_saved()
    {
        var chat = Ask(new { text = "¿Cómo te llamas?", saveAs = "name" }).Lead("Hola");

        chat.Said.Should().Equal("¿Cómo te llamas?");
        chat.Waiting(WaitForLead.BookmarkName).DueAt.Should().BeNull();

        chat.Lead("  Ana ");

        chat.Conversation.Fields["name"].Should().Be("Ana");
        chat.OutcomesOf("step").Should().Equal("Answered");
        chat.Said.Should().BeEmpty();
        chat.IsOver.Should().BeTrue();
    }

    [Theory]
    [InlineData("Number", "unos 1.500,50 €", "1500.5")]
    [InlineData("Email", "es Ana@Empresa.es", "Ana@empresa.es")]
    [InlineData("Phone", "655 44 33 22", "+34655443322")]
    [InlineData("Date", "mañana", "2026-11-24")]
    public void An_answer_is_saved_in_the_form_of_its_type(string type, string said, string saved) =>
        Ask(new { text = "¿?", answerType = type, saveAs = "x" }).Lead("Hola").Lead(said).Conversation.Fields["x"].Should().Be(saved);

    [Fact]
    public void Few_choices_are_buttons_and_a_tap_answers()
    {
        var chat = Ask(Need).Lead("Hola");

        var content = chat.Effects.OfType<SendEffect>().Single().Content;
        content.Kind.Should().Be("buttons");
        content.Buttons.Should().Equal(new Choice("ventas", "Ventas"), new Choice("soporte", "Soporte"));

        chat.Lead("Soporte", tapped: "soporte", kind: "reply").Conversation.Fields["need"].Should().Be("soporte");
    }

    [Fact]
    public void What_does_not_fit_is_asked_again_with_its_own_words_until_the_retries_are_over()
    {
        var chat = Ask(new { text = "¿Presupuesto?", answerType = "Number", errorText = "Con cifras.", retries = 2, saveAs = "budget" }).Lead("Hola");

        chat.Lead("poco").Said.Should().Equal("Con cifras.");
        chat.Lead(null, kind: "audio").Said.Should().Equal("Con cifras.");
        chat.Lead("ni idea").Said.Should().BeEmpty();

        chat.OutcomesOf("step").Should().Equal("Invalid");
        chat.Conversation.Fields.Should().NotContainKey("budget");
    }

    [Fact]
    public void Without_own_words_the_question_is_repeated_with_its_choices() =>
        Ask(Need).Lead("Hola").Lead("¿qué?").Effects.OfType<SendEffect>().Single().Content.Should().Match<MessageContent>(
            content => content.Text == "¿Qué necesitas?" && content.Kind == "buttons");

    [Fact]
    public void Silence_ends_the_wait_and_each_answer_begins_it_anew()
    {
        var chat = Ask(new { text = "¿Presupuesto?", answerType = "Number", timeout = "04:00:00" }).Lead("Hola");
        chat.Waiting(WaitForLead.BookmarkName).DueAt.Should().Be(chat.Now.AddHours(4));

        chat.Now = chat.Now.AddHours(3);
        chat.Lead("no sé").Waiting(WaitForLead.BookmarkName).DueAt.Should().Be(chat.Now.AddHours(4));

        chat.Silence().OutcomesOf("step").Should().Equal("Timeout");
        chat.Said.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Choice", null, "at least one")]
    [InlineData("Choice", "[{}]", "option 1 has no title")]
    public void A_question_that_cannot_be_asked_faults_with_the_reason(string type, string? choices, string reason)
    {
        var chat = Ask(new { text = "¿?", answerType = type, choices }).Lead("Hola");

        chat.Fault!.Message.Should().Contain(reason);
        chat.Said.Should().BeEmpty();
    }

    [Fact]
    public void A_question_without_words_faults() => Ask(new { text = " " }).Lead("Hola").Fault!.Code.Should().Be("invalidInput");

    private static Chat Ask(object inputs) => OneStep.Of("FlowEngine.AskQuestion", inputs, null, "Answered", "Invalid", "Timeout");
}
