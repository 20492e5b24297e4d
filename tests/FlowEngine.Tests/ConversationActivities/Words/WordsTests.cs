using CsCheck;
using FlowEngine.Engine.ConversationActivities.Words;

namespace FlowEngine.Tests.ConversationActivities.Words;

public sealed class WordsTests
{
    [Theory]
    [InlineData("¡Sí,   MAÑANA!", "si manana")]
    [InlineData("  ", "")]
    [InlineData(null, "")]
    [InlineData("2️⃣", "2")]
    [InlineData("não", "nao")]
    public void Plain_words_have_neither_accents_nor_capitals_nor_signs(string? text, string plain) => PlainWords.Of(text).Should().Be(plain);

    [Fact]
    public void Plain_words_are_plain_already_whatever_the_text() =>
        Gen.String.Sample(text => PlainWords.Of(PlainWords.Of(text)).Should().Be(PlainWords.Of(text)), iter: 5000);

    [Theory]
    [InlineData("asesor")]
    [InlineData("Agente")]
    [InlineData("HUMANO!!")]
    [InlineData("quiero hablar con una persona")]
    [InlineData("Quiero hablar con un asesor, por favor")]
    [InlineData("por favor, quiero hablar con alguien")]
    [InlineData("¿Me puedes pasar con un agente?")]
    [InlineData("necesito un humano ya")]
    [InlineData("quero falar com um atendente")]
    [InlineData("atendente")]
    [InlineData("I want to talk to a real person please")]
    public void Whoever_asks_for_a_person_is_understood(string text) => EscapeWords.Match(text).Should().BeTrue();

    [Theory]
    [InlineData("soy la persona que llamó ayer")]
    [InlineData("mi asesor es Luis")]
    [InlineData("quiero un presupuesto para una persona")]
    [InlineData("no quiero hablar con una persona")]
    [InlineData("Persona Real S.L. es mi empresa y necesito cosas")]
    [InlineData("")]
    [InlineData(null)]
    public void Whoever_only_mentions_a_person_is_not(string? text) => EscapeWords.Match(text).Should().BeFalse();

    [Fact]
    public void A_connection_s_own_words_take_the_place_of_the_built_in_ones()
    {
        EscapeWords.Match("quiero hablar con MARÍA", ["maria"]).Should().BeTrue();
        EscapeWords.Match("asesor", ["maria"]).Should().BeFalse();
        EscapeWords.Match("asesor", []).Should().BeFalse();
    }

    [Theory]
    [InlineData("BAJA")]
    [InlineData("baja.")]
    [InlineData("Stop")]
    [InlineData("PARAR")]
    [InlineData("SAIR")]
    [InlineData("no quiero recibir más mensajes")]
    [InlineData("quiero darme de baja por favor")]
    public void Whoever_wants_no_more_messages_is_understood(string text) => OptOutWords.Match(text).Should().BeTrue();

    [Theory]
    [InlineData("planta baja")]
    [InlineData("¿puedo cancelar la cita?")]
    [InlineData("non stop")]
    [InlineData("")]
    public void Whoever_only_says_such_a_word_is_not(string text) => OptOutWords.Match(text).Should().BeFalse();
}
