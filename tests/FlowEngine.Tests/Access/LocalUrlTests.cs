using FlowEngine.Server.Access.SignIn;

namespace FlowEngine.Tests.Access;

public sealed class LocalUrlTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/studio?x=1#y", "/studio?x=1#y")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("studio", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public void A_link_leads_only_within_this_site(string? asked, string goes) => LocalUrl.OrRoot(asked).Should().Be(goes);
}
