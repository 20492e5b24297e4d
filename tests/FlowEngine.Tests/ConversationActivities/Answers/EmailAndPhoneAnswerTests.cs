using FlowEngine.Engine.ConversationActivities.Answers;

namespace FlowEngine.Tests.ConversationActivities.Answers;

public sealed class EmailAndPhoneAnswerTests
{
    [Theory]
    [InlineData("ana@empresa.es", "ana@empresa.es")]
    [InlineData("Mi correo es Ana.Ruiz+web@Empresa.ES, gracias", "Ana.Ruiz+web@empresa.es")]
    [InlineData("<ana@empresa.es>", "ana@empresa.es")]
    [InlineData("ana@empresa.es.", "ana@empresa.es")]
    public void An_address_is_found_in_its_sentence(string text, string address) => EmailAnswer.Parse(text).Should().Be(address);

    [Theory]
    [InlineData("no tengo")]
    [InlineData("ana@empresa")]
    [InlineData("ana@@empresa.es")]
    [InlineData("@empresa.es")]
    [InlineData("ana@empresa.es y luis@empresa.es")]
    [InlineData("ana@-empresa..es")]
    public void What_holds_no_single_address_is_no_answer(string text) => EmailAnswer.Parse(text).Should().BeNull();

    [Theory]
    [InlineData("612 34 56 78", "ES", "+34612345678")]
    [InlineData("mi número es el 612345678", "es", "+34612345678")]
    [InlineData("+52 55 1234 5678", "ES", "+525512345678")]
    [InlineData("(11) 96123-4567", "BR", "+5511961234567")]
    public void A_number_becomes_E164_with_its_country(string text, string region, string number) => PhoneAnswer.Parse(text, region).Should().Be(number);

    [Theory]
    [InlineData("12345")]
    [InlineData("no quiero darlo")]
    [InlineData("612345678 o 655443322")]
    public void What_holds_no_single_valid_number_is_no_answer(string text) => PhoneAnswer.Parse(text, "ES").Should().BeNull();

    [Theory]
    [InlineData("34612345678", "ES")]
    [InlineData("+5511961234567", "BR")]
    [InlineData("", null)]
    [InlineData("12", null)]
    public void The_country_of_the_lead_s_own_number_is_known(string number, string? region) => PhoneAnswer.RegionOf(number).Should().Be(region);
}
