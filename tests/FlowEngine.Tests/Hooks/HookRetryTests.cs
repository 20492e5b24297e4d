using FlowEngine.Server.Hooks;

namespace FlowEngine.Tests.Hooks;

public sealed class HookRetryTests
{
    private static readonly DateTimeOffset Owed = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(13, 3600)]
    [InlineData(500, 3600)]
    public void The_wait_doubles_up_to_an_hour(int attempts, int seconds) =>
        HookRetry.Next(Owed, attempts, null, Owed).Should().Be(Owed.AddSeconds(seconds));

    [Fact]
    public void The_receivers_wish_counts_within_bounds()
    {
        HookRetry.Next(Owed, 1, TimeSpan.FromSeconds(30), Owed).Should().Be(Owed.AddSeconds(30));
        HookRetry.Next(Owed, 1, TimeSpan.FromDays(3), Owed).Should().Be(Owed.AddHours(1));
        HookRetry.Next(Owed, 5, TimeSpan.FromSeconds(-5), Owed).Should().Be(Owed.AddSeconds(16));
    }

    [Fact]
    public void After_a_day_it_is_given_up()
    {
        HookRetry.Next(Owed, 30, null, Owed.AddHours(24).AddSeconds(-1)).Should().NotBeNull();
        HookRetry.Next(Owed, 30, null, Owed.AddHours(24)).Should().BeNull();
    }
}
