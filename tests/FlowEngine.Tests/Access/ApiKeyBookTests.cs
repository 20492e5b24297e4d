using FlowEngine.Server.Access;
using Microsoft.Extensions.Configuration;

namespace FlowEngine.Tests.Access;

public sealed class ApiKeyBookTests
{
    private const string Secret = "0123456789abcdef";

    [Fact]
    public void A_key_is_found_by_its_secret_and_by_nothing_else()
    {
        var book = Book(("crm", Secret, "Integration"));

        book.Find(Secret).Should().BeEquivalentTo(new { Name = "crm", Role = "integration" });
        book.Find(Secret + "0").Should().BeNull();
        book.Find("").Should().BeNull();
    }

    [Fact]
    public void A_key_stays_the_same_actor_when_its_secret_changes()
    {
        var before = Book(("crm", Secret, "agent")).Find(Secret)!;
        var after = Book(("crm", "another-secret-here", "agent")).Find("another-secret-here")!;
        var other = Book(("erp", Secret, "agent")).Find(Secret)!;

        after.Id.Should().Be(before.Id);
        other.Id.Should().NotBe(before.Id);
    }

    [Theory]
    [InlineData("", Secret, "agent")]
    [InlineData("crm", "short", "agent")]
    [InlineData("crm", Secret, "root")]
    public void A_key_that_cannot_be_used_stops_the_start(string name, string secret, string role)
    {
        FluentAction(() => Book((name, secret, role))).Should().Throw<InvalidOperationException>().WithMessage("FlowEngine:ApiKeys:0*");
    }

    [Fact]
    public void Two_keys_never_share_a_secret()
    {
        FluentAction(() => Book(("a", Secret, "agent"), ("b", Secret, "admin"))).Should().Throw<InvalidOperationException>();
    }

    private static Action FluentAction(Action action) => action;

    private static ApiKeyBook Book(params (string Name, string Key, string Role)[] keys)
    {
        var settings = keys.SelectMany((k, i) => new KeyValuePair<string, string?>[]
        {
            new($"FlowEngine:ApiKeys:{i}:Name", k.Name), new($"FlowEngine:ApiKeys:{i}:Key", k.Key), new($"FlowEngine:ApiKeys:{i}:Role", k.Role),
        });
        return ApiKeyBook.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
    }
}
