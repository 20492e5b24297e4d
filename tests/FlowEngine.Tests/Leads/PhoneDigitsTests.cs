using FlowEngine.Server.Leads;

namespace FlowEngine.Tests.Leads;

public sealed class PhoneDigitsTests
{
    [Theory]
    [InlineData("+34 600 11 12 22", null, "34600111222")]
    [InlineData("34600111222", null, "34600111222")]
    [InlineData("600 111 222", "ES", "34600111222")]
    [InlineData("(11) 91234-5678", "BR", "5511912345678")]
    [InlineData("+1 (415) 555-2671", "ES", "14155552671")]
    [InlineData("0034 600 111 222", "ES", "34600111222")]
    public void Numbers_as_people_write_them_become_the_channels_digits(string typed, string? region, string digits)
    {
        PhoneDigits.TryRead(typed, region, out var read).Should().BeTrue();
        read.Should().Be(digits);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(null, "ES")]
    [InlineData("12345", null)]
    [InlineData("600 111 222", null)]
    [InlineData("call me", "ES")]
    [InlineData("+34 600 111 22", "ES")]
    public void What_is_no_number_is_refused(string? typed, string? region) => PhoneDigits.TryRead(typed, region, out _).Should().BeFalse();
}
