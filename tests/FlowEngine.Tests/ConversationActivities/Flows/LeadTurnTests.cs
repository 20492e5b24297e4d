using FlowEngine.Conversations;
using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Tests.Architecture;

namespace FlowEngine.Tests.ConversationActivities.Flows;

/// <summary>The benchmark's flow answers its contract word for word.</summary>
public sealed class LeadTurnTests
{
    [Theory]
    [InlineData("1", "Ventas", "ventas")]
    [InlineData("2", "Soporte", "soporte")]
    [InlineData("3", "Facturación", "facturacion")]
    public void Four_turns_lead_to_the_handoff(string choice, string need, string department)
    {
        var chat = Start();
        chat.Said.Should().Equal("Hola, ¿cómo te llamas?");
        chat.Lead("Ana 7-1").Said.Should().Equal("Encantado, Ana 7-1. ¿Qué necesitas? 1) Ventas 2) Soporte 3) Facturación");
        chat.Lead(choice).Said.Should().Equal($"{need}: ¿cuál es tu presupuesto en euros?");
        chat.Lead("500").Said.Should().Equal($"Gracias, Ana 7-1. Te paso con {need}.");

        chat.Fault.Should().BeNull();
        chat.Conversation.Fields.Should().BeEquivalentTo(new Dictionary<string, string> { ["name"] = "Ana 7-1", ["need"] = need, ["budget"] = "500" });
        chat.Conversation.Department.Should().Be(department);
        chat.IsOver.Should().BeTrue();
    }

    [Fact]
    public void Wrong_answers_are_told_apart_and_asked_again()
    {
        var chat = Start().Lead("Ana");

        chat.Lead("7").Said.Should().Equal("Elige 1, 2 o 3.");
        chat.Lead("2").Lead("mucho").Said.Should().Equal("Escribe el presupuesto con cifras.");
    }

    [Fact]
    public void What_may_have_left_is_repeated_once_at_every_step()
    {
        var chat = Start();
        foreach (var text in new[] { "Ana", "1", "500" })
        {
            chat.Effects.OfType<SendEffect>().Should().OnlyContain(send => send.WhenUnknown == WhenUnknown.RepeatOnce);
            chat.Lead(text);
        }

        chat.Effects.OfType<SendEffect>().Should().ContainSingle().Which.WhenUnknown.Should().Be(WhenUnknown.RepeatOnce);
    }

    private static Chat Start() => new Chat(SourceTree.Read("tests/FlowEngine.Benchmarks/flows/lead-turn.json")).Lead("Hola");
}
