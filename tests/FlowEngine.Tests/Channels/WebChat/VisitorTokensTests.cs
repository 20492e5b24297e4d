using FlowEngine.Engine;
using FlowEngine.Server.Channels.WebChat;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;

namespace FlowEngine.Tests.Channels.WebChat;

public sealed class VisitorTokensTests
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly VisitorTokens tokens;

    public VisitorTokensTests() => tokens = new VisitorTokens(new EphemeralDataProtectionProvider(), Ids.Seeded(clock, 1), clock);

    [Fact]
    public void A_token_names_its_visitor_on_its_connection_only()
    {
        var visitor = tokens.New();
        var token = tokens.Seal(visitor, "web");

        tokens.Open(token, "web").Should().Be(visitor);
        tokens.Open(token, "shop").Should().BeNull("a visitor of one chat is a stranger to another");
    }

    [Fact]
    public void Every_changed_character_makes_it_worthless()
    {
        var token = tokens.Seal(tokens.New(), "web");

        Enumerable.Range(0, token.Length - 1)
            .Where(i => tokens.Open(token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..], "web") is not null)
            .Should().BeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64 at all!")]
    [InlineData("AAAA")]
    public void What_is_no_token_is_nobody(string? token) => tokens.Open(token, "web").Should().BeNull();

    [Fact]
    public void It_dies_after_thirty_days_and_a_renewed_one_lives_on_as_the_same_visitor()
    {
        var visitor = tokens.New();
        clock.Advance(TimeSpan.FromDays(29));
        var renewed = tokens.Renewed(visitor);
        var (old, young) = (tokens.Seal(visitor, "web"), tokens.Seal(renewed, "web"));
        tokens.IsOld(visitor).Should().BeTrue();

        clock.Advance(TimeSpan.FromDays(1));

        tokens.Open(old, "web").Should().BeNull();
        tokens.Open(young, "web")!.Value.Id.Should().Be(visitor.Id);
    }
}
