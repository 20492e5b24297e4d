using FlowEngine.Conversations;
using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Tests.Architecture;

namespace FlowEngine.Tests.ConversationActivities.Flows;

public sealed class CalificacionTests
{
    [Fact]
    public void A_lead_with_means_is_labelled_and_handed_to_sales_with_a_summary()
    {
        var chat = Start();
        chat.Said.Should().ContainSingle().Which.Should().Contain("¿Cómo te llamas?");
        chat.Lead("Ana").Said.Should().Equal("Encantado, Ana. ¿En qué podemos ayudarte?");
        chat.Lead("Comprar o presupuesto", tapped: "compra").Said.Single().Should().Contain("presupuesto aproximado");
        chat.Lead("5.000 €").Said.Single().Should().Contain("¿A qué correo");
        chat.Lead("ana@empresa.es").Said.Should().Equal("Gracias, Ana. Te paso con una persona del equipo, que te responderá por aquí.");

        chat.Fault.Should().BeNull();
        chat.Effects.OfType<HandOffEffect>().Single().Summary.Should().Be("Ana necesita: compra. Presupuesto: 5000 €. Correo: ana@empresa.es. Puntos: 85.");
        chat.Conversation.Owner.Should().Be(Owner.Queue("ventas", "ventas"));
        chat.Conversation.Labels.Should().Equal("lead-caliente");
        chat.IsOver.Should().BeTrue();
    }

    [Fact]
    public void A_lead_in_between_goes_to_sales_too_under_another_label()
    {
        var chat = Start().Lead("Ana").Lead("quiero un presupuesto").Lead("500").Lead("NO").Lead("NO");

        chat.Conversation.Labels.Should().Equal("lead-interesado");
        chat.Effects.OfType<HandOffEffect>().Single().Summary.Should().Be("Ana necesita: compra. Presupuesto: 500 €. Puntos: 35.");
    }

    [Fact]
    public void A_lead_that_does_not_fit_is_told_so_politely()
    {
        var chat = Start().Lead("Ana").Lead("1").Lead("0").Lead("NO").Lead("no");

        chat.Said.Single().Should().StartWith("Gracias por contarnos, Ana.");
        chat.Conversation.Tab.Should().Be(Tab.Finished);
        chat.Conversation.Labels.Should().Equal("no-calificado");
    }

    [Theory]
    [InlineData("2", "soporte")]
    [InlineData("tengo una factura mal", "facturacion")]
    [InlineData("otra cosa", "atencion")]
    public void Other_needs_go_straight_to_their_department(string need, string department) =>
        Start().Lead("Ana").Lead(need).Conversation.Owner.Id.Should().Be(department);

    [Fact]
    public void Whoever_is_not_understood_is_given_to_a_person()
    {
        var chat = Start().Lead("Ana").Lead("mmm").Lead("eh").Lead("¿?");

        chat.Conversation.Owner.Id.Should().Be("atencion");
        chat.Effects.OfType<HandOffEffect>().Single().Summary.Should().Be("Último mensaje: ¿?");
    }

    [Fact]
    public void Whoever_stays_silent_is_closed_inside_the_window()
    {
        var chat = Start().Lead("Ana").Silence();

        chat.Conversation.Tab.Should().Be(Tab.Finished);
        chat.Conversation.WindowUntil.Should().BeAfter(chat.Now);
        chat.Conversation.Labels.Should().Equal("sin-respuesta");
    }

    private static Chat Start() => new Chat(SourceTree.Read("flows/calificacion-y-derivacion.json")).Lead("Hola");
}
