using FlowEngine.Conversations;
using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Tests.Architecture;

namespace FlowEngine.Tests.ConversationActivities.Flows;

public sealed class RecepcionTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Sunday = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Questions_are_answered_as_often_as_wanted_and_then_it_says_goodbye()
    {
        var chat = Start(Monday);
        chat.Said.Should().Equal("¡Hola! 👋 ¿Qué necesitas?");
        chat.Lead("¿qué precios tenéis? precios").Said.Should().HaveCount(2).And.Contain("¿Te ayudo con algo más?");
        chat.Lead("Otra duda").Said.Should().Equal("¡Hola! 👋 ¿Qué necesitas?");
        chat.Lead("1").Said[0].Should().Contain("calle Mayor");
        chat.Lead("sí").Said.Should().ContainSingle();
        chat.Lead("envíos").Said[0].Should().Contain("24 a 48 h");
        chat.Lead("No, gracias").Said.Should().Equal("¡Gracias por escribirnos! Aquí estamos cuando lo necesites.");

        chat.Fault.Should().BeNull();
        chat.Conversation.Tab.Should().Be(Tab.Finished);
    }

    [Fact]
    public void Out_of_hours_it_says_so_and_leaves_the_message_to_the_team()
    {
        var chat = Start(Sunday);
        chat.Said.Should().HaveCount(2);
        chat.Said[0].Should().Contain("Ahora mismo estamos cerrados");
        chat.Lead("Hablar con el equipo").Said.Single().Should().Contain("en una frase");
        chat.Lead("Necesito 200 cajas").Said.Single().Should().EndWith("en cuanto abramos.");

        chat.Conversation.Owner.Should().Be(Owner.Queue("recepcion", "recepcion"));
        chat.Effects.OfType<HandOffEffect>().Single().Summary.Should().Be("Motivo: Necesito 200 cajas (escribió fuera de horario)");
    }

    [Fact]
    public void In_hours_the_label_of_an_earlier_night_is_taken_off()
    {
        var chat = New(Monday);
        chat.Conversation = chat.Conversation with { Labels = chat.Conversation.Labels.Add("fuera-de-horario") };

        chat.Lead("Hola").Lead("4").Lead("Una devolución").Said.Single().Should().StartWith("Gracias. Te paso");
    }

    [Fact]
    public void Silence_at_the_menu_closes_it_and_silence_afterwards_says_goodbye()
    {
        Start(Monday).Silence().Conversation.Labels.Should().Equal("sin-respuesta");
        Start(Monday).Lead("2").Silence().Said.Single().Should().StartWith("¡Gracias por escribirnos!");
    }

    private static Chat Start(DateTimeOffset now) => New(now).Lead("Hola");

    private static Chat New(DateTimeOffset now) => new(SourceTree.Read("flows/recepcion.json"), now);
}
