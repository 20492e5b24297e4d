using FlowEngine.Server.Inbox.Administration;

namespace FlowEngine.Tests.InboxScreens;

public sealed class FieldWordsTests
{
    [Theory]
    [InlineData("es", "name", "has at most 100 characters", "Nombre: como mucho 100")]
    [InlineData("pt-BR", "targets", "are minutes of 1 to 43200", "Prazos: minutos de 1 a 43200")]
    [InlineData("en", "phoneNumberId", "cannot change once there are conversations", "Phone number ID: cannot change: there are conversations already")]
    [InlineData("es", "automation", "is the name of an API key with the role automation", "Automatización externa: no es el nombre de una clave de API con el rol automation")]
    [InlineData("es", "row", "has 4 values for 3 columns", "row: tiene 4 valores para 3 columnas")]
    [InlineData("es", "webChat.color", "is a colour such as #0a6e58", "Color (#rrggbb): es un color como #0a6e58")]
    [InlineData("es", "unknown", "is a rule of tomorrow", "unknown: is a rule of tomorrow")]
    public void A_rule_that_is_broken_is_said_in_the_words_of_the_form(string language, string field, string rule, string said)
    {
        using var screen = new Screen(language);

        FieldWords.Sentence(field, [rule], screen.Words).Should().Be(said);
    }

    [Fact]
    public void An_address_that_is_taken_twice_over_is_said_once()
    {
        using var screen = new Screen("es");

        FieldWords.Sentence("email", ["Username 'ana@example.com' is already taken.", "Email 'ana@example.com' is already taken."], screen.Words).Should().Be("Correo: ya lo usa otra persona");
    }
}
