using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Tests.Mailbox;

/// <summary>Numbers that have two forms, and those that look so.</summary>
public sealed class PhoneFormsTests
{
    [Theory]
    [InlineData("5511987654321", "551187654321")] // Brazil: the ninth digit of mobiles
    [InlineData("5215512345678", "525512345678")] // Mexico: the 1 of mobiles
    [InlineData("5491155551234", "541155551234")] // Argentina: the 9 of mobiles
    public void A_mobile_has_two_forms_and_each_leads_to_the_other(string longer, string shorter)
    {
        PhoneForms.OtherOf(longer).Should().Be(shorter);
        PhoneForms.OtherOf(shorter).Should().Be(longer);
    }

    [Theory]
    [InlineData("551132654321")] // a fixed line in São Paulo
    [InlineData("5511941234567")] // without the ninth digit it would be somebody's fixed line
    [InlineData("5511887654321")] // the ninth digit is always a 9
    [InlineData("34600111222")]
    [InlineData("12025550100")]
    [InlineData("5512")]
    [InlineData("5")]
    [InlineData("")]
    public void Other_numbers_have_one(string digits) => PhoneForms.OtherOf(digits).Should().BeNull();
}
