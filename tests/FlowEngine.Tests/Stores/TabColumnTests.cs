using CsCheck;
using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace FlowEngine.Tests.Stores;

/// <summary>The tab that the database generates is the tab of the domain, whatever the state (decision 4).</summary>
public abstract class TabColumn(DatabaseKind kind)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Ids Ids = Ids.Seeded(new FakeTimeProvider(Now), seed: 3);

    private static readonly Gen<Func<Conversation, Conversation>> States =
        from lifecycle in Gen.Enum<Lifecycle>()
        from stage in Gen.Enum<Stage>()
        from owner in Gen.Enum<OwnerKind>()
        from wrote in Gen.Bool.Select(Gen.Bool)
        from problems in Gen.Bool.Array[0, 3]
        select (Func<Conversation, Conversation>)(c => c with
        {
            Lifecycle = lifecycle,
            Stage = stage,
            Owner = new Owner(owner, owner == OwnerKind.Nobody ? null : "x"),
            LeadWrote = wrote.Item1,
            AutomationWrote = wrote.Item2,
            Problems = [.. problems.Select(blocking => new Problem(Ids.Next(), ProblemKind.Flow, "automation", "x", Now, blocking))],
        });

    [SkippableFact]
    public async Task The_generated_tab_equals_the_tab_of_the_domain()
    {
        await using var database = await TestDatabase.Create(kind);
        await using var file = await database.Open(Ids);
        var store = file.Get<ITurnStore>();
        var said = new NewEvent(Ids.Next(), "k", new LeadMessage("wamid.1", Now, MessageContent.OfText("hola")))
        {
            Address = new Address("ventas", "waba", [new ContactAlias("phone", "+1")], null),
        };
        var mailbox = (await store.Append([said], Now, CancellationToken.None))[0].Mailbox;
        var seen = new HashSet<Tab>();

        await States.SampleAsync(async state =>
        {
            var load = (await store.Load(mailbox, Now, CancellationToken.None))!;
            var next = state(load.Conversation);
            await store.Commit(new Checkpoint { Mailbox = mailbox, ExpectedVersion = load.MailboxVersion, Now = Now, Conversation = next }, CancellationToken.None);

            await using var db = file.Context();
            var column = await db.Conversations.Where(c => c.Id == mailbox).Select(c => c.Tab).SingleAsync();
            seen.Add(column);
            return column == Tabs.Of(next);
        }, iter: 300, threads: 1);

        seen.Should().BeEquivalentTo(Enum.GetValues<Tab>());
    }
}

public sealed class TabColumnTests() : TabColumn(DatabaseKind.Sqlite);

[Trait("Category", "Postgres")]
public sealed class PostgresTabColumnTests() : TabColumn(DatabaseKind.Postgres);
