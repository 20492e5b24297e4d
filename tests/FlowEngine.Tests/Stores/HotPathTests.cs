using FlowEngine.Conversations;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Server.Persistence.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Tests.Stores;

public sealed class HotPathTests
{
    [Theory]
    [InlineData(DueSql.DueMailboxesSql)]
    [InlineData(DueSql.NextDueSql)]
    [InlineData(MessageSql.OwedSql)]
    [InlineData(MessageSql.SpokenOfSql)]
    [InlineData(MessageSql.AttachOrphansSql)]
    [InlineData(ConversationSql.LoadSql)]
    [InlineData(AppendSql.FindKeySql)]
    [InlineData(AppendSql.TouchSql)]
    [InlineData(AppendSql.FindByProviderSql)]
    [InlineData(PersonFinder.FindAliasSql)]
    [InlineData(PersonFinder.FindCandidateSql)]
    [InlineData(PersonFinder.FindConversationSql)]
    [InlineData(RunSql.DueTimersSql)]
    [InlineData(MessageSql.NewestSql)]
    [InlineData(TaskSql.KeepSql)]
    [InlineData(SqliteTurnStore.PendingSql)]
    public async Task No_statement_of_the_hot_path_reads_a_whole_table(string sql)
    {
        await using var file = await SqliteFile.Create();
        using var session = Session.Reading(file.Path);

        var plan = session.Prepare("EXPLAIN QUERY PLAN " + sql).All(row =>
        {
            _ = (row.Int(), row.Int(), row.Int());
            return row.Text();
        });

        // What the index of pending events holds is small; a derived table is what was just found by the others.
        string[] small = ["USING COVERING INDEX ix_mailbox_event_pending", "VIRTUAL TABLE", "SCAN (subquery", "SCAN d"];
        plan.Where(step => step.StartsWith("SCAN", StringComparison.Ordinal) && !small.Any(step.Contains)).Should().BeEmpty("the plan is {0}", string.Join("; ", plan));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ñandú 🦤 日本")]
    [InlineData("a\0b")]
    [InlineData(null)]
    public async Task Text_comes_back_as_it_was_bound(string? text)
    {
        await using var file = await SqliteFile.Create();
        using var session = Session.Reading(file.Path);

        session.Prepare("SELECT ?1, typeof(?1)").Bind(text).First(row => (row.TextOrNull(), row.Text()))
            .Should().Be((text, text is null ? "null" : "text"));
        var longer = string.Concat(Enumerable.Repeat(text ?? "x", 500));
        session.Prepare("SELECT ?1, typeof(?1)").Bind(longer).First(row => row.Text()).Should().Be(longer);
        session.Prepare("SELECT ?").Bind(Array.Empty<byte>()).First(row => row.Bytes()).Should().BeEmpty();
    }

    [Fact]
    public void Content_stored_before_a_property_existed_is_read_with_its_default()
    {
        var content = System.Text.Json.JsonSerializer.Deserialize("""{"kind":"text","text":"hola","propertyOfLater":1}""", StoredJson.Plain.MessageContent)!;

        content.Text.Should().Be("hola");
        content.Buttons.IsDefault.Should().BeFalse();
        content.Rows.Should().BeEmpty();
    }

    [Fact]
    public async Task The_staff_is_read_again_after_a_save_and_after_the_end_of_a_longer_transaction()
    {
        await using var file = await SqliteFile.Create();
        var staff = new StaffSql(file.Get<StaffBook>());
        using var session = Session.Reading(file.Path);
        await using (var db = file.Open())
        {
            db.Agents.Add(new AgentUser { Id = new Guid("01890000-0000-7000-8000-000000000001"), Name = "Ana", Role = Role.Agent });
            await db.SaveChangesAsync();
        }

        staff.Now(session).Agents.Values.Should().ContainSingle(a => a.Role == Role.Agent && a.Active);
        staff.Now(session).Should().BeSameAs(staff.Now(session));

        await using var change = file.Open();
        await using var transaction = await change.Database.BeginTransactionAsync();
        (await change.Agents.SingleAsync()).Active = false;
        await change.SaveChangesAsync();
        staff.Now(session).Agents.Values.Should().ContainSingle(a => a.Active, "nothing is committed yet");
        await transaction.CommitAsync();

        staff.Now(session).Agents.Values.Should().ContainSingle(a => !a.Active);
    }

    [Fact]
    public async Task A_save_that_fails_gives_the_gate_back()
    {
        await using var file = await SqliteFile.Create();
        for (var i = 0; i < 2; i++)
        {
            await using var db = file.Open();
            db.DepartmentMembers.Add(new StoredDepartmentMember { DepartmentKey = "nobody", AgentId = Guid.Empty });
            await db.Invoking(d => d.SaveChangesAsync()).Should().ThrowAsync<DbUpdateException>();
        }

        await file.Get<WriteGate>().Enter(new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token);
    }
}
