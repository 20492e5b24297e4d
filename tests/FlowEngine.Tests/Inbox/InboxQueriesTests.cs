using System.Collections.Immutable;
using FlowEngine.Conversations;
using FlowEngine.Server.Inbox;
using FlowEngine.Server.Inbox.Screens.Desk;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Tests.Stores;
using FlowEngine.Workflows.Instances;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Tests.Inbox;

public abstract class InboxQueriesOn(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid Bea = Id(900);
    private static readonly Me Boss = new(Bea, "Bea", Role.Supervisor);
    private TestDatabase database = null!;
    private OpenDatabase file = null!;
    private InboxQueries inbox = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.Create(kind);
        file = await database.Open();
        inbox = new InboxQueries(file.Get<IDbContextFactory<FlowEngineContext>>());
    }

    public async Task DisposeAsync()
    {
        if (file is not null)
        {
            await file.DisposeAsync();
            await database.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task Waiting_begins_with_the_longest_wait_and_the_others_with_the_newest_activity()
    {
        await Store(
            Row(1) with { Stage = Stage.Awaiting, Waits = 5, Active = 1 }, Row(2) with { Stage = Stage.Awaiting, Waits = 30, Active = 2 },
            Row(3) with { Stage = Stage.Engaged, Active = 9 }, Row(4) with { Stage = Stage.Engaged, Active = 3 });

        (await Page(Tab.Waiting)).Should().Equal(2, 1);
        (await Page(Tab.Open)).Should().Equal(4, 3);
    }

    [SkippableFact]
    public async Task Pages_go_on_after_the_last_line_even_when_times_are_equal()
    {
        await Store([.. Enumerable.Range(1, 7).Select(i => Row(i) with { Stage = Stage.Awaiting, Waits = i / 3, Active = i })]);

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await inbox.Page(Tab.Waiting, new InboxFilter(), null, cursor, 2, CancellationToken.None);
            page.Items.Count.Should().BeLessThanOrEqualTo(2);
            seen.AddRange(page.Items.Select(r => r.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        seen.Should().HaveCount(7).And.OnlyHaveUniqueItems();
    }

    [SkippableFact]
    public async Task Filters_accept_none_and_me_and_counters_follow_them()
    {
        await Store(
            Row(1) with { Stage = Stage.Engaged, Responsible = Bea, Department = "sales" }, Row(2) with { Stage = Stage.Engaged, Department = "sales" },
            Row(3) with { Stage = Stage.Engaged, Connection = "soporte", Labels = ["vip"] });

        (await Page(Tab.Open, new InboxFilter(Agent: "me"))).Should().Equal(1);
        (await Page(Tab.Open, new InboxFilter(Agent: "none"))).Should().BeEquivalentTo([2, 3]);
        (await Page(Tab.Open, new InboxFilter(Agent: Bea.ToString()))).Should().Equal(1);
        (await Page(Tab.Open, new InboxFilter(Department: "none"))).Should().Equal(3);
        (await Page(Tab.Open, new InboxFilter(Connection: "soporte"))).Should().Equal(3);
        (await Page(Tab.Open, new InboxFilter(Label: "vip"))).Should().Equal(3);
        (await Page(Tab.Open, new InboxFilter(Label: "none"))).Should().BeEquivalentTo([1, 2]);
        (await inbox.Counts(new InboxFilter(Department: "sales"), Bea, CancellationToken.None)).Open.Should().Be(2);
    }

    [SkippableTheory]
    [InlineData("muñoz", 1)]
    [InlineData("MUNOZ", 1)]
    [InlineData("ána", 1)]
    [InlineData("PRICE OF", 2)]
    [InlineData("600 111 001", 1)]
    [InlineData("price of", 2)]
    [InlineData("100%", 3)]
    public async Task Search_finds_name_phone_and_preview(string words, int found)
    {
        await Store(
            Row(1) with { Name = "Ana Muñoz", Phone = "+34600111001" }, Row(2) with { Preview = "The price of it?" },
            Row(3) with { Preview = "100% sure" }, Row(4) with { Preview = "100 or so" });

        (await Page(Tab.NotStarted, new InboxFilter(Search: words))).Should().Equal(found);
    }

    [SkippableFact]
    public async Task Finished_lists_episodes_so_that_a_returning_lead_does_not_empty_the_past()
    {
        await Store(Row(1) with { Stage = Stage.Awaiting, Waits = 1 });
        await using (var db = file.Context())
        {
            db.Episodes.AddRange(Episode(1, 1, finished: 60), Episode(1, 2, finished: 30), Episode(1, 3, finished: null));
            await db.SaveChangesAsync();
        }

        var page = await inbox.Page(Tab.Finished, new InboxFilter(Agent: "me"), Bea, null, 10, CancellationToken.None);
        var counts = await inbox.Counts(new InboxFilter(), null, CancellationToken.None);

        page.Items.Select(r => r.Episode).Should().Equal(2, 1);
        page.Items.Should().OnlyContain(r => r.Tab == Tab.Finished && r.FinishReason == "sold");
        counts.Should().BeEquivalentTo(new { Finished = 2, Waiting = 1 });
    }

    [SkippableFact]
    public async Task Counters_equal_what_the_lists_hold_and_say_how_many_errors_owe_an_answer()
    {
        await Store(
            Row(1) with { Blocking = 1, Waits = 3 }, Row(2) with { Blocking = 2 }, Row(3) with { Owner = OwnerKind.Flow }, Row(4) with { Stage = Stage.Awaiting }, Row(5));

        var counts = await inbox.Counts(new InboxFilter(), null, CancellationToken.None);

        counts.Should().BeEquivalentTo(new { NotStarted = 1, Waiting = 1, Open = 0, Automated = 1, Finished = 0, Error = 2, OwingInError = 1 });
        counts.OwedInErrorSince.Should().NotBeNull();
        (await Page(Tab.Error)).Should().HaveCount(2);
    }

    [SkippableFact]
    public async Task A_conversation_is_shown_whole()
    {
        await Store(Row(1) with { Labels = ["vip", "a"], Blocking = 1 });
        await using (var db = file.Context())
        {
            db.Incidents.Add(new StoredIncident { Id = Id(50), ConversationId = Id(1), Kind = "Flow", Category = "automation", Code = "fault", Message = "broke", Blocking = true, At = Now });
            db.Messages.AddRange(Message(1, MessageDirection.In), Message(2, MessageDirection.Out), Message(3, MessageDirection.In), Message(4, MessageDirection.Note));
            await db.SaveChangesAsync();
        }

        var detail = (await inbox.Find(Id(1), CancellationToken.None))!;
        var older = await inbox.Messages(Id(1), 4, 2, CancellationToken.None);

        detail.Row.Labels.Should().Equal("a", "vip");
        detail.LastLeadOrder.Should().Be(3);
        detail.Incidents.Should().ContainSingle().Which.Code.Should().Be("fault");
        older.Select(m => m.Order).Should().Equal(3, 2);
        (await inbox.Find(Id(2), CancellationToken.None)).Should().BeNull();
    }

    [SkippableFact]
    public async Task A_burst_longer_than_a_page_leaves_no_hole_in_a_thread_that_is_open()
    {
        await Store(Row(1));
        await Write(1, 3);
        var thread = new DeskThread(inbox);
        await thread.Open(Id(1), Boss, CancellationToken.None);
        await Write(4, 150);

        await thread.Refresh(Boss, CancellationToken.None);

        thread.Messages.Select(m => m.Order).Should().Equal(Enumerable.Range(1, 153).Select(i => (long)i));
        thread.HasOlder.Should().BeFalse();
    }

    [SkippableFact]
    public async Task The_audit_trail_is_told_backwards_page_by_page()
    {
        await Store(Row(1));
        await using (var db = file.Context())
        {
            db.History.AddRange(Enumerable.Range(1, 5).Select(i => new StoredHistory { Seq = i, ConversationId = Id(1), At = Now, Kind = $"k{i}", ActorName = "Bea", Epoch = i }));
            await db.SaveChangesAsync();
        }

        var (first, next) = await inbox.HistoryPage(Id(1), null, 3, CancellationToken.None);
        var (rest, end) = await inbox.HistoryPage(Id(1), next, 3, CancellationToken.None);

        first.Concat(rest).Select(h => h.Kind).Should().Equal("k5", "k4", "k3", "k2", "k1");
        end.Should().BeNull();
    }

    [SkippableFact]
    public async Task Runs_of_a_conversation_are_found_after_they_are_over_by_the_name_of_their_own_version()
    {
        await Store(Row(1), Row(2));
        await using (var db = file.Context())
        {
            db.Definitions.Add(new StoredDefinition { Id = "v1", DefinitionId = "ventas", Version = 1, Name = "Ventas", Json = "{}"u8.ToArray(), CreatedAt = Now });
            db.Instances.AddRange(Run(1, 1, "v1", WorkflowSubStatus.Finished), Run(2, 1, "gone", WorkflowSubStatus.Faulted), Run(3, 2, "v1", WorkflowSubStatus.Suspended));
            await db.SaveChangesAsync();
        }

        var runs = await inbox.Runs(Id(1), 10, CancellationToken.None);

        runs.Select(r => (r.Flow, r.Status)).Should().Equal(("ventas", WorkflowSubStatus.Faulted), ("Ventas", WorkflowSubStatus.Finished));
        (await inbox.Runs(Id(1), 1, CancellationToken.None)).Should().ContainSingle().Which.Id.Should().Be(Id(602));
    }

    private async Task<int[]> Page(Tab tab, InboxFilter? filter = null) =>
        [.. (await inbox.Page(tab, filter ?? new InboxFilter(), Bea, null, 50, CancellationToken.None)).Items.Select(r => int.Parse(r.Id.ToString()[..8], System.Globalization.NumberStyles.HexNumber, null))];

    private async Task Store(params Sample[] rows)
    {
        await using var db = file.Context();
        foreach (var row in rows)
        {
            db.Contacts.Add(new StoredContact { Id = Id(row.Number + 100), Name = row.Name, Phone = row.Phone, CreatedAt = Now });
            var conversation = new StoredConversation
            {
                Id = Id(row.Number), Connection = row.Connection, ContactId = Id(row.Number + 100), Episode = 3, Stage = row.Stage, OwnerKind = row.Owner, Source = "form",
                ResponsibleId = row.Responsible, Department = row.Department, Preview = row.Preview, BlockingProblems = row.Blocking, NextOrder = 1, CreatedAt = Now,
                HumanWaitSince = row.Waits is { } waits ? Now.AddMinutes(-waits) : null, LastActivityAt = Now.AddMinutes(-row.Active),
            };
            conversation.Labels.AddRange(row.Labels.Select(l => new StoredConversationLabel { ConversationId = conversation.Id, Label = l }));
            db.Conversations.Add(conversation);
        }

        await db.SaveChangesAsync();
    }

    private static Sample Row(int number) => new(number);

    private static StoredEpisode Episode(int conversation, int number, int? finished) => new()
    {
        ConversationId = Id(conversation), Number = number, StartedAt = Now.AddHours(-2), FinishedAt = finished is { } f ? Now.AddMinutes(-f) : null, FinishReason = "sold", ResponsibleId = Bea,
    };

    private static StoredInstance Run(int number, int conversation, string version, WorkflowSubStatus status) => new()
    {
        Id = Id(number + 600), DefinitionId = "ventas", VersionId = version, ConversationId = Id(conversation), SubStatus = (int)status, CreatedAt = Now.AddMinutes(number), State = [],
    };

    private async Task Write(int from, int count)
    {
        await using var db = file.Context();
        db.Messages.AddRange(Enumerable.Range(from, count).Select(i => Message(i, MessageDirection.In)));
        await db.SaveChangesAsync();
    }

    private static StoredMessage Message(int order, MessageDirection direction) => new()
    {
        Id = Id(order + 500), ConversationId = Id(1), Order = order, Direction = direction, Content = MessageContent.OfText("Hola"), At = Now,
    };

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    private sealed record Sample(int Number)
    {
        public string Name { get; init; } = $"Lead {Number}";

        public string? Phone { get; init; }

        public string Connection { get; init; } = "ventas";

        public Stage Stage { get; init; }

        public OwnerKind Owner { get; init; }

        public Guid? Responsible { get; init; }

        public string? Department { get; init; }

        public string? Preview { get; init; }

        public int Blocking { get; init; }

        public int? Waits { get; init; }

        public int Active { get; init; }

        public ImmutableArray<string> Labels { get; init; } = [];
    }
}

public sealed class InboxQueriesTests() : InboxQueriesOn(DatabaseKind.Sqlite);

[Trait("Category", "Postgres")]
public sealed class PostgresInboxQueriesTests() : InboxQueriesOn(DatabaseKind.Postgres);
