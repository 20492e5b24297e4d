using System.Net.Http.Json;
using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Jobs;
using FlowEngine.Server.Jobs.Deadlines;
using FlowEngine.Server.Persistence;
using FlowEngine.Tests.Api;
using FlowEngine.Tests.Stores;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine.Tests.Jobs;

/// <summary>From the columns of a real database to the mark that the lists show.</summary>
public sealed class DeadlineSweepTests
{
    [Fact]
    public async Task What_is_late_is_found_once_by_however_many_sweeps_and_the_lists_show_it()
    {
        await using var host = await ApiHost.Start();
        var id = await Waiting(host);
        var sweep = host.Services.GetRequiredService<DeadlineSweep>();
        host.Clock.Advance(TimeSpan.FromMinutes(14));
        (await sweep.Look(TimeSpan.FromMinutes(2), default)).Should().Equal(host.Clock.GetUtcNow().AddMinutes(1));
        (await Late(host)).Should().BeEmpty();

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => sweep.Look(TimeSpan.Zero, default))));
        await sweep.Look(TimeSpan.Zero, default);
        await Quiet(host);

        (await Late(host)).Should().Equal(id);
        await using var db = Open(host);
        (await db.History.CountAsync(h => h.ConversationId == id && h.Kind == "slaBreached")).Should().Be(1);
        (await db.Events.CountAsync(e => e.Kind == "deadline")).Should().Be(1, "the key of a deadline is one for all sweeps");
    }

    [Fact]
    public async Task A_target_that_is_changed_holds_at_once()
    {
        await using var host = await ApiHost.Start();
        await Waiting(host);
        var sweep = host.Services.GetRequiredService<DeadlineSweep>();
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await Target(host, 5);

        await sweep.Look(TimeSpan.Zero, default);
        await Quiet(host);

        (await Late(host)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_minute_with_many_deadlines_costs_a_wake_up_a_second_and_never_one_a_conversation()
    {
        await using var host = await ApiHost.Start();
        for (var lead = 0; lead < 5; lead++)
        {
            await Waiting(host, $"+3460000000{lead}");
        }

        host.Clock.Advance(TimeSpan.FromMinutes(14.5));
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<WakeUps>().Deadlines(default);

        host.Services.GetRequiredService<JobStorage>().GetMonitoringApi().ScheduledCount().Should().Be(1);
    }

    [Fact]
    public async Task The_sweep_reads_only_where_an_answer_is_owed()
    {
        await using var file = await SqliteFile.Create();
        await using var db = file.Open();
        foreach (var query in new[] { DeadlineSweep.After(db, null), DeadlineSweep.After(db, new(Guid.Empty, DateTimeOffset.UnixEpoch, null, default, null, null, default, null, null, default)) })
        {
            var plan = await SqlitePlan.Of(file, query.ToQueryString());
            plan.Should().Contain(step => step.Contains("ix_conversation_waiting"), "the plan is {0}", string.Join("; ", plan));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50_000)]
    public async Task A_target_is_a_sensible_number_of_minutes(int minutes)
    {
        await using var host = await ApiHost.Start();
        var answer = await host.As("admin").PutAsJsonAsync("/api/departments/sales", new { name = "Sales", targets = new { firstResponseMinutes = minutes } });
        answer.StatusCode.Should().Be(System.Net.HttpStatusCode.UnprocessableEntity);
    }

    /// <summary>A lead of the department sales who has written and whom nobody has answered; first answer within 15 minutes.</summary>
    private static async Task<Guid> Waiting(ApiHost host, string phone = "+34 600 111 222")
    {
        await Target(host, 15);
        var lead = await host.As("integration").PostAsJsonAsync("/api/leads", new { connection = "ventas", contact = new { name = "Ana", phone }, department = "sales" });
        var id = (await ApiHost.Json(lead)).GetProperty("conversationId").GetGuid();
        var written = new LeadMessage($"wamid.{id}", host.Clock.GetUtcNow(), MessageContent.OfText("Hola"));
        await host.Services.GetRequiredService<Intake>().Accept([new NewEvent(id, $"m:{id}", written) { ConversationId = id }], default);
        await Quiet(host);
        return id;
    }

    private static async Task Target(ApiHost host, int minutes) =>
        (await host.As("admin").PutAsJsonAsync("/api/departments/sales", new { name = "Sales", targets = new { firstResponseMinutes = minutes, pauseWhenClosed = true } })).EnsureSuccessStatusCode();

    private static async Task<List<Guid>> Late(ApiHost host)
    {
        var page = await ApiHost.Json(await host.As("agent").GetAsync("/api/conversations?tab=waiting&slaBreached=true"));
        return [.. page.GetProperty("items").EnumerateArray().Where(i => i.GetProperty("slaBreached").GetBoolean()).Select(i => i.GetProperty("id").GetGuid())];
    }

    private static FlowEngineContext Open(ApiHost host) => host.Services.GetRequiredService<IDbContextFactory<FlowEngineContext>>().CreateDbContext();

    /// <summary>Until every turn that was woken has ended.</summary>
    private static async Task Quiet(ApiHost host)
    {
        var drain = host.Services.GetRequiredService<Drain>();
        while (drain.Active > 0)
        {
            await Task.Delay(5, CancellationToken.None);
        }
    }
}
