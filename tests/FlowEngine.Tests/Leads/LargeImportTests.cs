using System.Net;
using System.Text;
using System.Text.Json;
using FlowEngine.Server.Leads.Imports;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Tests.Api;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine.Tests.Leads;

/// <summary>A file that is too large to be worked on while its sender waits.</summary>
public sealed class LargeImportTests
{
    private const int Rows = 620;

    [Fact]
    public async Task A_large_file_is_stored_first_and_its_leads_come_by_a_job()
    {
        await using var host = await ApiHost.Start();
        var import = await Send(host, File());

        import.GetProperty("state").GetString().Should().Be("working");
        import.GetProperty("rows").GetInt32().Should().Be(Rows);
        import.GetProperty("done").GetInt32().Should().Be(1, "a row that cannot be read is known at once");
        (await Conversations(host)).Should().Be(0);
        host.Services.GetRequiredService<JobStorage>().GetMonitoringApi().EnqueuedCount("default").Should().Be(1);

        await Work(host).RunAll(default);

        var done = await Find(host, import);
        (done.GetProperty("state").GetString(), done.GetProperty("created").GetInt32(), done.GetProperty("duplicates").GetInt32(), done.GetProperty("errors").GetInt32())
            .Should().Be(("finished", Rows - 3, 1, 2));
        done.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("row").GetInt32()).Should().Equal(5, 6);
        done.GetProperty("problems")[0].GetProperty("errors").TryGetProperty("contact.phone", out _).Should().BeTrue();
        (await Conversations(host)).Should().Be(Rows - 3);
    }

    [Fact]
    public async Task What_a_row_said_is_gone_once_it_is_a_lead()
    {
        await using var host = await ApiHost.Start();
        await Send(host, File());
        await Work(host).RunAll(default);

        await using var db = await Contexts(host).CreateDbContextAsync();
        (await db.ImportRows.CountAsync(r => r.Input != null)).Should().Be(0);
    }

    [Fact]
    public async Task A_worker_that_dies_between_the_leads_and_its_own_mark_doubles_none()
    {
        await using var host = await ApiHost.Start();
        var import = await Send(host, File());
        await Work(host).RunAll(default);
        await using (var db = await Contexts(host).CreateDbContextAsync())
        {
            // As a kill leaves it: the events are stored, the rows still wait, and the dead worker's lease has run out.
            var inputs = File().Split('\n');
            foreach (var row in await db.ImportRows.Where(r => r.State == ImportRowState.Created && r.Number > 300).ToListAsync())
            {
                var cells = inputs[row.Number - 1].Split(',');
                row.State = ImportRowState.Waiting;
                row.Input = JsonSerializer.Serialize(
                    new { connection = "ventas", contact = new { name = cells[0], phone = cells[1] }, source = "import", fields = new Dictionary<string, string> { ["zone"] = cells[2] } }, JsonSerializerOptions.Web);
            }

            var stored = await db.Imports.SingleAsync();
            (stored.State, stored.WorkedUntil) = (ImportState.Working, host.Clock.GetUtcNow().AddSeconds(-1));
            await db.SaveChangesAsync();
        }

        var events = await Events(host);
        await Work(host).RunAll(default);

        (await Events(host)).Should().Be(events, "the same rows are the same events");
        (await Conversations(host)).Should().Be(Rows - 3);
        (await Find(host, import)).GetProperty("created").GetInt32().Should().Be(Rows - 3, "what the dead worker brought is this import's");
    }

    [Fact]
    public async Task Two_workers_at_once_bring_each_lead_once()
    {
        await using var host = await ApiHost.Start();
        var import = await Send(host, File());
        var id = import.GetProperty("id").GetGuid();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Work(host).Run(id, default))));
        await Work(host).RunAll(default);

        (await Conversations(host)).Should().Be(Rows - 3);
        (await Find(host, import)).GetProperty("created").GetInt32().Should().Be(Rows - 3);
    }

    [Fact]
    public async Task An_import_that_somebody_works_on_is_left_alone_until_the_worker_is_silent()
    {
        await using var host = await ApiHost.Start();
        await Send(host, File());
        await using (var db = await Contexts(host).CreateDbContextAsync())
        {
            (await db.Imports.SingleAsync()).WorkedUntil = host.Clock.GetUtcNow().AddSeconds(30);
            await db.SaveChangesAsync();
        }

        await Work(host).RunAll(default);
        (await Conversations(host)).Should().Be(0);

        host.Clock.Advance(TimeSpan.FromSeconds(31));
        await Work(host).RunAll(default);
        (await Conversations(host)).Should().Be(Rows - 3);
    }

    [Fact]
    public async Task The_same_idempotency_key_is_the_same_import_and_the_same_file_without_it_brings_nothing_new()
    {
        await using var host = await ApiHost.Start();
        var first = await Send(host, File(), "key-1");
        var again = await Send(host, File(), "key-1");
        again.GetProperty("id").GetGuid().Should().Be(first.GetProperty("id").GetGuid());

        await Send(host, File());
        await Send(host, File());
        await Work(host).RunAll(default);

        (await Conversations(host)).Should().Be(Rows - 3);
        await using var db = await Contexts(host).CreateDbContextAsync();
        (await db.Imports.CountAsync()).Should().Be(3);
        (await db.ImportRows.CountAsync(r => r.State == ImportRowState.Duplicate)).Should().Be(3 + (Rows - 3), "the third file says nothing that the second had not said");
    }

    [Fact]
    public async Task An_upload_that_broke_off_makes_room_for_the_next_try_of_its_key()
    {
        await using var host = await ApiHost.Start();
        await Send(host, File(), "key-1");
        await using (var db = await Contexts(host).CreateDbContextAsync())
        {
            (await db.Imports.SingleAsync()).State = ImportState.Reading;
            await db.SaveChangesAsync();
        }

        await Work(host).RunAll(default);
        (await Conversations(host)).Should().Be(0, "nobody works on half a file");
        await Send(host, File(), "key-1");
        await Work(host).RunAll(default);
        (await Conversations(host)).Should().Be(Rows - 3);
    }

    [Fact]
    public async Task Imports_are_for_those_who_bring_leads()
    {
        await using var host = await ApiHost.Start();
        var id = (await Send(host, File())).GetProperty("id").GetGuid();

        (await host.As("agent").GetAsync($"/api/leads/imports/{id}")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await host.As("integration").GetAsync($"/api/leads/imports/{Guid.Empty}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await ApiHost.Json(await host.As("integration").GetAsync("/api/leads/imports"))).GetProperty("items").GetArrayLength().Should().Be(1);
    }

    /// <summary>A header and so many rows, of which one repeats another, one has no usable number and one has a value too many.</summary>
    private static string File()
    {
        var text = new StringBuilder("name,phone,zone\n");
        for (var row = 2; row <= Rows + 1; row++)
        {
            text.Append(row switch
            {
                4 => "Lead 3,+34600000003,centro\n",
                5 => "Lead 5,12,centro\n",
                6 => "Lead 6,+34600000006,centro,x\n",
                _ => $"Lead {row},+34600{row:D6},centro\n",
            });
        }

        return text.ToString();
    }

    private static async Task<JsonElement> Send(ApiHost host, string file, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/leads/import?connection=ventas") { Content = new StringContent(file, Encoding.UTF8, "text/csv") };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        var answer = await host.As("integration").SendAsync(request);
        answer.StatusCode.Should().Be(HttpStatusCode.Accepted);
        var import = await ApiHost.Json(answer);
        answer.Headers.Location!.ToString().Should().Be($"/api/leads/imports/{import.GetProperty("id").GetGuid()}");
        return import;
    }

    private static async Task<JsonElement> Find(ApiHost host, JsonElement import) =>
        await ApiHost.Json(await host.As("integration").GetAsync($"/api/leads/imports/{import.GetProperty("id").GetGuid()}"));

    private static ImportWork Work(ApiHost host) => host.Services.GetRequiredService<ImportWork>();

    private static IDbContextFactory<FlowEngineContext> Contexts(ApiHost host) => host.Services.GetRequiredService<IDbContextFactory<FlowEngineContext>>();

    private static async Task<int> Conversations(ApiHost host)
    {
        await using var db = await Contexts(host).CreateDbContextAsync();
        return await db.Conversations.CountAsync();
    }

    private static async Task<int> Events(ApiHost host)
    {
        await using var db = await Contexts(host).CreateDbContextAsync();
        return await db.Events.CountAsync();
    }
}
