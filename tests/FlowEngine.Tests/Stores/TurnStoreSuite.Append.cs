using System.Collections.Immutable;
using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Tests.Stores;

public abstract partial class TurnStoreSuite
{
    [SkippableFact]
    public async Task A_first_message_makes_contact_and_conversation_and_is_pending()
    {
        var said = Says("hola");

        var result = (await Append(said))[0];

        result.Should().Be(new AppendResult(AppendStatus.Appended, said.Id, result.Mailbox));
        var load = await Load(result.Mailbox);
        load.Mailbox.Should().Be(result.Mailbox);
        load.Conversation.Should().BeEquivalentTo(new Conversation { Id = result.Mailbox, Connection = "ventas", ContactId = load.Contact.Id, CreatedAt = Start, LastActivityAt = Start });
        load.Contact.Should().BeEquivalentTo(new { Name = "Ana", Phone = "+5491155550000", WaId = "5491155550000", UserId = (string?)null, OptedOut = false });
        load.Events.Should().ContainSingle().Which.Should().BeEquivalentTo(new { said.Id, ReceivedAt = Start, Attempts = 0, MessageId = (Guid?)null });
        load.Events[0].Event.Should().BeOfType<LeadMessage>().Which.Content.Text.Should().Be("hola");
    }

    [SkippableFact]
    public async Task What_goes_ahead_of_its_turn_is_there_for_it_and_making_it_sure_stores_it_once()
    {
        var mailbox = await NewConversation();
        await Turn(mailbox);
        var (ahead, lost) = (Asks(mailbox, new Claim()), Asks(mailbox, new MarkRead()));

        (await Store.AppendAhead([ahead], Start, CancellationToken.None)).Should().Equal(new AppendResult(AppendStatus.Appended, ahead.Id, mailbox));
        await Store.Secure([ahead], Start, CancellationToken.None);
        (await Load(mailbox)).Events.Select(e => e.Id).Should().Equal(ahead.Id);

        // As after a crash of the database that has forgotten it.
        await Store.Secure([lost], Start, CancellationToken.None);
        (await Load(mailbox)).Events.Select(e => e.Id).Should().Equal(ahead.Id, lost.Id);
    }

    [SkippableFact]
    public async Task Nothing_is_known_of_a_mailbox_that_does_not_exist()
    {
        (await Store.Load(Ids.Next(), Start, CancellationToken.None)).Should().BeNull();
        (await Append(Asks(Ids.Next(), new Claim())))[0].Status.Should().Be(AppendStatus.Unknown);
        (await Due()).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_known_key_writes_nothing_and_answers_with_the_ids_of_the_first_across_batches_and_within_one()
    {
        var first = Says("hola");
        var mailbox = (await Append(first))[0].Mailbox;

        (await Append(Says("otra", phone: "111", key: first.DedupeKey)))[0].Should().Be(new AppendResult(AppendStatus.Duplicate, first.Id, mailbox));
        var a = Says("dos");
        var twice = await Append(a, Says("dos", key: a.DedupeKey), Says("tres"));

        twice.Select(r => r.Status).Should().Equal(AppendStatus.Appended, AppendStatus.Duplicate, AppendStatus.Appended);
        twice[1].EventId.Should().Be(a.Id);
        (await Load(mailbox)).Events.Should().HaveCount(3);
    }

    [SkippableFact]
    public async Task A_key_stays_known_after_its_event_was_turned()
    {
        var said = Says("hola");
        var mailbox = (await Append(said))[0].Mailbox;
        await Turn(mailbox);

        (await Append(Says("hola", key: said.DedupeKey)))[0].Should().Be(new AppendResult(AppendStatus.Duplicate, said.Id, mailbox));
        (await Load(mailbox)).Events.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Events_are_loaded_in_order_of_arrival_within_a_batch_and_across_batches()
    {
        var mailbox = (await Append(Says("1"), Says("x", phone: "222"), Says("2")))[0].Mailbox;
        await Append(Says("3"));
        await Append(Asks(mailbox, new MarkRead()), Says("4"));

        var texts = (await Load(mailbox)).Events.Select(e => e.Event is LeadMessage m ? m.Content.Text : "command");

        texts.Should().Equal("1", "2", "3", "command", "4");
    }

    [SkippableFact]
    public async Task One_load_takes_a_bounded_number_of_events_and_the_rest_stays_pending()
    {
        var said = Enumerable.Range(0, 40).Select(i => Says($"m{i}")).ToArray();
        var mailbox = (await Append(said))[0].Mailbox;

        (await Load(mailbox)).Events.Select(e => e.Id).Should().Equal(said.Take(32).Select(e => e.Id));
        await Turn(mailbox);
        (await Load(mailbox)).Events.Select(e => e.Id).Should().Equal(said.Skip(32).Select(e => e.Id));
    }

    [SkippableFact]
    public async Task One_person_on_two_connections_is_one_contact_with_two_conversations()
    {
        var sales = await NewConversation("a");
        var support = await NewConversation("b", connection: "soporte");

        support.Should().NotBe(sales);
        (await Load(support)).Contact.Id.Should().Be((await Load(sales)).Contact.Id);
    }

    [SkippableFact]
    public async Task Any_alias_finds_the_person_and_missing_ones_are_added()
    {
        var mailbox = (await Append(Says("a") with { Address = new Address("ventas", "waba-1", [new ContactAlias("userId", "AR.123")], null) }))[0].Mailbox;
        (await Load(mailbox)).Contact.Phone.Should().BeNull();

        var both = Says("b") with { Address = new Address("ventas", "waba-1", [new ContactAlias("phone", "+54911"), new ContactAlias("userId", "AR.123")], "Ana") };
        var onlyPhone = Says("c") with { Address = new Address("ventas", "waba-1", [new ContactAlias("phone", "+54911")], "Ana") };
        var results = await Append(both, onlyPhone);

        results.Select(r => r.Mailbox).Should().AllBeEquivalentTo(mailbox);
        (await Load(mailbox)).Contact.Should().BeEquivalentTo(new { Phone = "+54911", UserId = "AR.123" });
    }

    [SkippableFact]
    public async Task Aliases_count_only_within_their_portfolio()
    {
        var here = await NewConversation("a");
        var elsewhere = Says("b") with { Address = new Address("ventas", "waba-2", [new ContactAlias("phone", "+5491155550000")], "Ana") };

        (await Append(elsewhere))[0].Mailbox.Should().NotBe(here);
    }

    [SkippableTheory]
    [InlineData("5511987654321", "551187654321")]
    [InlineData("551187654321", "5511987654321")]
    [InlineData("525512345678", "5215512345678")]
    [InlineData("541155551234", "5491155551234")]
    public async Task Who_left_a_number_in_its_other_form_is_found_and_is_written_to_by_the_providers_id(string typed, string waId)
    {
        var lead = (await Append(Says("form") with { Address = new Address("ventas", "waba-1", [new ContactAlias("phone", "+" + typed)], "Ana") }))[0].Mailbox;

        var written = await Append(Says("a", phone: waId), Says("b", phone: waId));

        written.Select(r => r.Mailbox).Should().AllBeEquivalentTo(lead);
        (await Load(lead)).Contact.Should().BeEquivalentTo(new { Phone = "+" + typed, WaId = waId });
    }

    [SkippableFact]
    public async Task A_number_typed_in_its_other_form_finds_who_has_written_before()
    {
        var lead = (await Append(Says("a", phone: "551187654321")))[0].Mailbox;

        var form = Says("form") with { Address = new Address("ventas", "waba-1", [new ContactAlias("phone", "+5511987654321")], "Ana") };

        (await Append(form))[0].Mailbox.Should().Be(lead);
        (await Load(lead)).Contact.Should().BeEquivalentTo(new { Phone = "+551187654321", WaId = "551187654321" });
    }

    [SkippableFact]
    public async Task Another_form_of_a_number_is_not_the_person_whom_the_provider_knows_by_it()
    {
        var landline = (await Append(Says("a", phone: "541155551234")))[0].Mailbox;

        (await Append(Says("b", phone: "5491155551234")))[0].Mailbox.Should().NotBe(landline);
    }

    [SkippableFact]
    public async Task When_two_people_match_the_first_alias_decides()
    {
        var ana = (await Append(Says("a") with { Address = new Address("ventas", "waba-1", [new ContactAlias("phone", "+1")], "Ana") }))[0].Mailbox;
        var eva = (await Append(Says("b") with { Address = new Address("ventas", "waba-1", [new ContactAlias("userId", "EVA")], "Eva") }))[0].Mailbox;

        var both = Says("c") with { Address = new Address("ventas", "waba-1", [new ContactAlias("userId", "EVA"), new ContactAlias("phone", "+1")], "?") };
        (await Append(both))[0].Mailbox.Should().Be(eva).And.NotBe(ana);
    }

    [SkippableFact]
    public async Task A_person_is_not_made_where_that_is_not_wanted()
    {
        var said = Says("hola");
        var unwanted = said with { Address = said.Address! with { Create = false } };

        (await Append(unwanted))[0].Status.Should().Be(AppendStatus.Unknown);
        var mailbox = (await Append(said))[0].Mailbox;
        (await Append(Says("otra") with { Address = unwanted.Address }))[0].Should().BeEquivalentTo(new { Status = AppendStatus.Appended, Mailbox = mailbox });
    }

    [SkippableFact]
    public async Task Every_kind_of_event_comes_back_as_it_went_in()
    {
        var mailbox = await NewConversation();
        await Turn(mailbox);
        MailboxEvent[] events =
        [
            new LeadMessage("wamid.1", Start.AddMicroseconds(1), new MessageContent { Kind = "reply", Text = "Sí 👍 ñandú \u2028 \"x\"", ChoiceId = "1", Buttons = [new Choice("a", "Á")] }, "José", "{\"ad\":1}", false, false),
            new LeadCreated("form", "María", ImmutableSortedDictionary<string, string>.Empty.Add("presupuesto", "≈ 10.000 €"), "flujo", "ventas"),
            new StatusUpdate("wamid.2", "failed", Start, Ids.Next(), new SendError("131047", "window_closed", "Re-engagement", "más de 24 h")),
            new PhoneEcho("wamid.3", Start, MessageContent.OfText("desde el teléfono")),
            new CommandEvent(new ChangeFields(new Dictionary<string, string?> { ["a"] = null, ["b"] = "2" }), Actor.Agent(Ids.Next(), "Ana", Role.Agent)),
            new StimulusEvent("pago", "HASH", "{\"monto\":5}"),
        ];

        await Append([.. events.Select(e => new NewEvent(Ids.Next(), Ids.Next().ToString(), e) { ConversationId = mailbox })]);

        (await Load(mailbox)).Events.Select(e => e.Event).Should().BeEquivalentTo(events, o => o.WithStrictOrdering().PreferringRuntimeMemberTypes());
    }

    [SkippableFact]
    public async Task A_hundred_appends_at_once_lose_nothing_and_make_one_conversation()
    {
        var said = Enumerable.Range(0, 100).Select(i => Says($"m{i}")).ToList();

        var results = await Task.WhenAll(said.Select(e => Task.Run(() => Append(e))));

        results.Select(r => r[0].Mailbox).Distinct().Should().ContainSingle();
        results.Should().OnlyContain(r => r[0].Status == AppendStatus.Appended);
        var mailbox = results[0][0].Mailbox;
        var seen = new HashSet<Guid>();
        while ((await Load(mailbox)).Events is { Count: > 0 } some)
        {
            seen.UnionWith(some.Select(e => e.Id));
            await Turn(mailbox);
        }

        seen.Should().BeEquivalentTo(said.Select(e => e.Id));
    }
}
