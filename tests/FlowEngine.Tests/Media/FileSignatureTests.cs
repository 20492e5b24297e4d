using System.Text;
using FlowEngine.Server.Media;

namespace FlowEngine.Tests.Media;

public sealed class FileSignatureTests
{
    [Theory]
    [InlineData("FFD8FFE0", "text/html", "image/jpeg")]
    [InlineData("89504E470D0A1A0A", null, "image/png")]
    [InlineData("474946383961", "image/png", "image/gif")]
    [InlineData("52494646000000005745425056503820", "image/jpeg", "image/webp")]
    [InlineData("52494646000000005741564566", "audio/wav", "audio/wav")]
    [InlineData("4F67675300", "application/octet-stream", "audio/ogg")]
    [InlineData("2321414D52", null, "audio/amr")]
    [InlineData("494433", null, "audio/mpeg")]
    [InlineData("FFFB90", null, "audio/mpeg")]
    [InlineData("FFF150", null, "audio/aac")]
    [InlineData("0000001C6674797069736F6D", "video/mp4", "video/mp4")]
    [InlineData("0000001C6674797069736F6D", "audio/mp4", "audio/mp4")]
    [InlineData("0000001C667479704D344120", "video/mp4", "audio/mp4")]
    [InlineData("0000001C6674797033677034", null, "video/3gpp")]
    [InlineData("0000001C6674797068656963", "image/jpeg", "image/heic")]
    [InlineData("255044462D312E37", "image/png", "application/pdf")]
    public void The_bytes_say_what_it_is(string hex, string? claimed, string expected) =>
        FileSignature.TypeOf(Convert.FromHexString(hex), claimed).Should().Be(expected);

    [Theory]
    [InlineData("text/csv; charset=utf-8", "text/csv")]
    [InlineData("text/html", "text/html")]
    [InlineData("image/png", null)]
    [InlineData("video/mp4", null)]
    [InlineData("audio/ogg", null)]
    [InlineData("nonsense", null)]
    [InlineData(null, null)]
    public void What_nobody_knows_by_its_bytes_is_what_it_claims_but_never_a_picture_sound_or_film(string? claimed, string? expected) =>
        FileSignature.TypeOf("hello"u8, claimed).Should().Be(expected);

    [Fact]
    public void A_text_in_sixteen_bits_is_no_sound() =>
        FileSignature.TypeOf([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("hola")], "text/plain").Should().Be("text/plain");

    [Fact]
    public void Nothing_is_said_of_no_bytes() => FileSignature.TypeOf([], "image/png").Should().BeNull();
}
