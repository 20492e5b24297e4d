using FlowEngine.Conversations;
using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Tests.Architecture;

namespace FlowEngine.Tests.ConversationActivities.Flows;

public sealed class SeguimientoTests
{
    [Fact]
    public void A_silent_lead_is_reminded_twice_then_by_template_and_then_let_go()
    {
        var chat = Start(hoursOfWindow: 20);
        chat.Said.Single().Should().StartWith("Hola, Ana. ¿Pudiste ver");
        chat.Silence().Said.Single().Should().StartWith("Te escribo por última vez");
        chat.Silence().Effects.OfType<SendEffect>().Single().Content.Template.Should().BeEquivalentTo(
            new { Name = "seguimiento_lead", Language = "es", Parameters = new[] { "Ana" } });
        chat.Silence().Said.Should().BeEmpty("the window is closed");

        chat.Fault.Should().BeNull();
        chat.Conversation.Tab.Should().Be(Tab.Finished);
        chat.Conversation.Labels.Should().Equal("sin-respuesta");
    }

    [Fact]
    public void With_the_window_closed_it_begins_with_the_template_and_an_answer_goes_to_people()
    {
        var chat = Start(hoursOfWindow: -1);
        chat.Effects.OfType<SendEffect>().Single().Content.Kind.Should().Be("template");

        chat.Lead("¡Hola! Sí, me interesa").Conversation.Owner.Id.Should().Be("ventas");
        chat.Effects.OfType<HandOffEffect>().Single().Summary.Should().Be("Respondió al seguimiento: ¡Hola! Sí, me interesa");
    }

    [Fact]
    public void A_window_that_closes_meanwhile_is_not_written_into() =>
        Start(hoursOfWindow: 2).Silence().Effects.OfType<SendEffect>().Single().Content.Kind.Should().Be("template");

    [Fact]
    public void Each_answer_is_taken_at_its_word()
    {
        Start(20).Lead("Sí, sigamos").Conversation.Owner.Id.Should().Be("ventas");
        Start(20).Lead("más adelante").Conversation.Labels.Should().Equal("retomar");

        var no = Start(20).Silence().Lead("No, gracias");
        no.Effects.OfType<OptOutEffect>().Should().ContainSingle();
        no.Said.Should().Equal("Entendido, no te escribiremos más. ¡Gracias por tu tiempo!");
    }

    private static Chat Start(int hoursOfWindow)
    {
        var chat = new Chat(SourceTree.Read("flows/seguimiento.json"));
        chat.Contact = chat.Contact with { Name = "Ana" };
        chat.Conversation = chat.Conversation with { LeadWrote = true, WindowUntil = chat.Now.AddHours(hoursOfWindow) };
        return chat.Begin();
    }
}
