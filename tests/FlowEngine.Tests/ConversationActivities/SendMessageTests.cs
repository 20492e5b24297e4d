using FlowEngine.Conversations;
using FlowEngine.Engine.ConversationActivities;

namespace FlowEngine.Tests.ConversationActivities;

public sealed class SendMessageTests
{
    [Fact]
    public void A_text_is_one_effect_that_names_its_activity() =>
        Send(new { text = " Hola ", whenUnknown = "RepeatOnce" }).Lead("Buenas").Effects.Should().Equal(
            new SendEffect(MessageContent.OfText("Hola"), WhenUnknown.RepeatOnce, "step"));

    [Fact]
    public void Buttons_and_rows_are_shown_with_their_ids()
    {
        Sent(new { text = "Elige", buttons = "Sí | si\nNo | no" }).Buttons.Should().Equal(new Choice("si", "Sí"), new Choice("no", "No"));
        Sent(new { text = "Elige", rows = """["Uno", "Dos"]""", listButton = "Ver" }).Should().Match<MessageContent>(list => list.Kind == "list" && list.ListButton == "Ver" && list.Rows.Length == 2);
    }

    [Fact]
    public void A_template_alone_is_always_sent_as_such() =>
        Sent(new { template = "saludo", templateLanguage = "es_MX", templateParameters = new[] { "Ana", "10" } }).Template.Should().BeEquivalentTo(
            new { Name = "saludo", Language = "es_MX", Parameters = new[] { "Ana", "10" } });

    [Fact]
    public void A_template_with_a_text_takes_its_place_only_when_the_window_is_closed()
    {
        var both = new { text = "Hola", template = "saludo" };

        Sent(both).Kind.Should().Be("text");
        Send(both).Begin().Effects.Should().BeEmpty("the trigger waits for a message when the flow starts without one");

        var closed = Send(both);
        closed.Conversation = closed.Conversation with { WindowUntil = closed.Now.AddMinutes(-1) };
        closed.Lead("Hola").Effects.OfType<SendEffect>().Single().Content.Kind.Should().Be("text", "the lead's message opens the window");
    }

    [Theory]
    [InlineData("", "there is nothing to say")]
    [InlineData(null, "there is nothing to say")]
    public void Nothing_to_say_is_a_fault(string? text, string reason) => Send(new { text }).Lead("Hola").Fault!.Message.Should().Contain(reason);

    [Fact]
    public void A_text_that_no_channel_takes_is_a_fault() =>
        Send(new { text = new string('a', 4097) }).Lead("Hola").Fault!.Message.Should().Contain("4097 characters are too long");

    [Fact]
    public void Buttons_that_make_no_sense_are_a_fault() => Send(new { text = "Elige", buttons = "A\nA" }).Lead("Hola").Fault!.Message.Should().Contain("two options are called 'A'");

    private static MessageContent Sent(object inputs) => Send(inputs).Lead("Hola").Effects.OfType<SendEffect>().Single().Content;

    private static Chat Send(object inputs) => OneStep.Of("FlowEngine.SendMessage", inputs);
}
