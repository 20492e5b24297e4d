using FlowEngine.Engine.Connections;
using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Server.Jobs;
using FlowEngine.Tests.Api;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine.Tests.Jobs;

/// <summary>The wake-ups by the clock: entries in a storage that may be gone at any moment.</summary>
public sealed class RecurringJobsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Entries_that_were_wiped_are_made_anew_and_foreign_ones_go()
    {
        await using var host = await ApiHost.Start();
        var storage = host.Services.GetRequiredService<JobStorage>();
        var recurring = host.Services.GetRequiredService<RecurringJobs>();
        recurring.Keep(host.Clock.GetUtcNow(), Patience);
        var manager = host.Services.GetRequiredService<IRecurringJobManager>();
        manager.RemoveIfExists("retention");
        manager.AddOrUpdate<WakeUps>("of-an-older-version", w => w.Imports(CancellationToken.None), "0 0 * * *");

        recurring.Keep(host.Clock.GetUtcNow(), Patience);

        using var connection = storage.GetConnection();
        connection.GetRecurringJobs().Select(j => j.Id).Should().BeEquivalentTo(recurring.All.Select(j => j.Name));
    }

    [Fact]
    public async Task The_entries_follow_the_time_zone_of_the_company()
    {
        await using var host = await ApiHost.Start();
        var recurring = host.Services.GetRequiredService<RecurringJobs>();
        recurring.Keep(host.Clock.GetUtcNow(), Patience);
        host.Services.GetRequiredService<CompanyBook>().Replace(CompanyHours.AlwaysOpen with { TimeZone = "America/Mexico_City" });

        recurring.Keep(host.Clock.GetUtcNow(), Patience);

        using var connection = host.Services.GetRequiredService<JobStorage>().GetConnection();
        connection.GetRecurringJobs().Should().OnlyContain(j => j.TimeZoneId == "America/Mexico_City");
    }

    [Fact]
    public void Hangfire_keeps_the_calls_as_names_that_a_later_version_still_finds()
    {
        using var storage = new InMemoryStorage();
        new BackgroundJobClient(storage).Enqueue<WakeUps>(w => w.Import(Guid.Empty, CancellationToken.None));

        storage.GetMonitoringApi().EnqueuedJobs("default", 0, 1).Single().Value.Job.Method.Should().BeSameAs(typeof(WakeUps).GetMethod(nameof(WakeUps.Import)));
    }
}
