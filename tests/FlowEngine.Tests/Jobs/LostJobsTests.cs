using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Jobs;
using FlowEngine.Server.Leads.Imports;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Tests.Api;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowEngine.Tests.Jobs;

/// <summary>Hangfire's storage is wiped, or Hangfire stands still, in the middle of an import and of a deadline: nothing of it is lost.</summary>
public sealed class LostJobsTests
{
    private const int Rows = 700;

    [Fact]
    public async Task A_wiped_storage_loses_nothing_and_its_entries_are_made_anew()
    {
        await using var host = await ApiHost.Start();
        await InTheMiddle(host);
        using var wiped = new InMemoryStorage();
        var recurring = new RecurringJobs(wiped, new RecurringJobManager(wiped), host.Services.GetRequiredService<CompanyBook>(), new JobOptions());

        recurring.Keep(host.Clock.GetUtcNow(), TimeSpan.FromMinutes(2)).Should().BeEmpty("what has just been made is not late");
        wiped.GetMonitoringApi().EnqueuedCount("default").Should().Be(0, "the wake-up of the import is lost");
        foreach (var job in recurring.All.Where(j => j.Here is not null))
        {
            await using var scope = host.Services.CreateAsyncScope();
            await job.Call.Compile()(scope.ServiceProvider.GetRequiredService<WakeUps>());
        }

        await ShouldBeDone(host);
        using var connection = wiped.GetConnection();
        connection.GetRecurringJobs().Select(j => j.Id).Should().BeEquivalentTo("deadlines", "imports", "retention");
    }

    [Fact]
    public async Task While_Hangfire_is_out_of_reach_what_people_wait_for_is_done_without_it()
    {
        await using var host = await ApiHost.Start();
        await InTheMiddle(host);
        var broken = new BrokenStorage();
        var recurring = new RecurringJobs(broken, new RecurringJobManager(broken), host.Services.GetRequiredService<CompanyBook>(), new JobOptions());
        using var keeper = new JobsKeeper(
            broken, recurring, host.Services.GetRequiredService<ImportWork>(), host.Services.GetRequiredService<IServiceScopeFactory>(), host.Clock, NullLogger<JobsKeeper>.Instance);

        keeper.Look(default);
        await keeper.Running;

        await ShouldBeDone(host);
    }

    [Fact]
    public async Task A_leads_whole_journey_makes_no_job()
    {
        await using var host = await ApiHost.Start();
        var id = await host.NewLead();
        await Write(host, id, "Hola");
        (await host.As("agent").PostAsJsonAsync($"/api/conversations/{id}/claim", new { })).EnsureSuccessStatusCode();
        (await host.As("agent").PostAsJsonAsync($"/api/conversations/{id}/messages", new { clientId = "c1", text = "Buenas" })).EnsureSuccessStatusCode();
        (await host.As("agent").PostAsJsonAsync($"/api/conversations/{id}/finalize", new { })).EnsureSuccessStatusCode();
        await Quiet(host);

        var jobs = host.Services.GetRequiredService<JobStorage>().GetMonitoringApi().GetStatistics();
        (jobs.Enqueued + jobs.Scheduled + jobs.Processing + jobs.Succeeded + jobs.Failed).Should().Be(0);
    }

    /// <summary>A large file that is stored and not begun, and a lead who has waited too long.</summary>
    private static async Task InTheMiddle(ApiHost host)
    {
        (await host.As("admin").PutAsJsonAsync("/api/departments/sales", new { name = "Sales", targets = new { firstResponseMinutes = 15 } })).EnsureSuccessStatusCode();
        var lead = await host.As("integration").PostAsJsonAsync("/api/leads", new { connection = "ventas", contact = new { name = "Ana", phone = "+34 611 000 000" }, department = "sales" });
        await Write(host, (await ApiHost.Json(lead)).GetProperty("conversationId").GetGuid(), "Hola");
        var file = new StringBuilder("name,phone\n");
        for (var row = 0; row < Rows; row++)
        {
            file.Append(CultureInfo.InvariantCulture, $"Lead {row},+34600{row:D6}\n");
        }

        (await host.As("integration").PostAsync("/api/leads/import?connection=ventas", new StringContent(file.ToString(), Encoding.UTF8, "text/csv"))).EnsureSuccessStatusCode();
        host.Clock.Advance(TimeSpan.FromMinutes(16));
    }

    private static async Task ShouldBeDone(ApiHost host)
    {
        await Quiet(host);
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<FlowEngineContext>>().CreateDbContextAsync();
        (await db.Imports.SingleAsync()).State.Should().Be(ImportState.Finished);
        (await db.Conversations.CountAsync(c => c.Source == "import")).Should().Be(Rows);
        (await db.History.CountAsync(h => h.Kind == "slaBreached")).Should().Be(1);
    }

    private static async Task Write(ApiHost host, Guid conversation, string text)
    {
        var written = new LeadMessage($"wamid.{conversation}", host.Clock.GetUtcNow(), MessageContent.OfText(text));
        await host.Services.GetRequiredService<Intake>().Accept([new NewEvent(conversation, $"m:{conversation}", written) { ConversationId = conversation }], default);
        await Quiet(host);
    }

    private static async Task Quiet(ApiHost host)
    {
        var drain = host.Services.GetRequiredService<Drain>();
        while (drain.Active > 0)
        {
            await Task.Delay(5, CancellationToken.None);
        }
    }

    /// <summary>A storage whose server is away.</summary>
    private sealed class BrokenStorage : JobStorage
    {
        public override IMonitoringApi GetMonitoringApi() => throw new TimeoutException("away");

        public override IStorageConnection GetConnection() => throw new TimeoutException("away");
    }
}
