using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Tests.Stores;

public abstract partial class TurnStoreSuite
{
    [SkippableFact]
    public async Task A_status_finds_its_message_by_our_id_or_by_the_provider_s()
    {
        var mailbox = await NewConversation();
        var message = await Sent(mailbox, MessageState.Accepted, m => m with { ProviderId = "wamid.out" });

        var results = await Append(Status("wamid.out", "sent"), Status("wamid.other", "delivered", message.Id));

        results.Should().OnlyContain(r => r.Status == AppendStatus.Appended && r.Mailbox == mailbox);
        var load = await Load(mailbox);
        load.Events.Select(e => e.MessageId).Should().AllBeEquivalentTo((Guid?)message.Id);
        load.Referenced.Should().ContainSingle().Which.Should().BeEquivalentTo(message);
        load.Outgoing.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_provider_s_id_means_nothing_on_another_connection()
    {
        var mailbox = await NewConversation();
        var message = await Sent(mailbox, MessageState.Accepted, m => m with { ProviderId = "wamid.out" });

        (await Append(Status("wamid.out", connection: "soporte")))[0].Status.Should().Be(AppendStatus.Orphan);
        (await Append(Status("wamid.x", trackingId: message.Id, connection: "soporte")))[0].Status.Should().Be(AppendStatus.Orphan);
    }

    [SkippableFact]
    public async Task A_status_that_overtakes_our_record_is_kept_and_joined_by_the_commit_that_writes_the_provider_s_id()
    {
        var mailbox = await NewConversation();
        var sent = await Sent(mailbox, MessageState.Calling);
        var status = Status("wamid.late");
        var other = Status("wamid.late", connection: "soporte");

        (await Append(status, other)).Should().OnlyContain(r => r.Status == AppendStatus.Orphan && r.Mailbox == Guid.Empty);
        (await Due()).Should().BeEmpty();
        (await Turn(mailbox, (_, c) => c with { ChangedMessages = [sent with { State = MessageState.Accepted, ProviderId = "wamid.late" }] })).Should().BeTrue();

        (await Due()).Should().Equal(mailbox);
        var load = await Load(mailbox);
        load.Events.Should().ContainSingle().Which.Should().BeEquivalentTo(new { status.Id, MessageId = (Guid?)sent.Id });
        load.Referenced.Should().ContainSingle().Which.State.Should().Be(MessageState.Accepted);
    }

    [SkippableFact]
    public async Task An_orphan_is_joined_too_when_a_new_message_brings_the_provider_s_id()
    {
        var mailbox = await NewConversation();
        var status = Status("wamid.phone", "read");
        await Append(status);

        await Turn(mailbox, (_, c) => c with { NewMessages = [Outgoing(mailbox, 1, MessageState.Sent) with { ProviderId = "wamid.phone" }] });

        (await Load(mailbox)).Events.Should().ContainSingle().Which.Id.Should().Be(status.Id);
    }

    [SkippableFact]
    public async Task An_orphan_sent_again_is_a_duplicate()
    {
        var status = Status("wamid.nobody");
        await Append(status);

        (await Append(Status("wamid.nobody")))[0].Should().Be(new AppendResult(AppendStatus.Duplicate, status.Id, Guid.Empty));
    }

    [SkippableFact]
    public async Task An_echo_goes_to_the_conversation_of_its_message_and_else_to_that_of_its_person()
    {
        var ours = await NewConversation("a", phone: "111");
        var theirs = await NewConversation("b", phone: "222");
        var sent = await Sent(ours, MessageState.Accepted, m => m with { ProviderId = "wamid.ours" });
        NewEvent Echo(string providerId) => new(Ids.Next(), $"ventas:{providerId}:echo", new PhoneEcho(providerId, Start, MessageContent.OfText("hola")))
        {
            Reference = new MessageReference("ventas", providerId, null),
            Address = new Address("ventas", "waba-1", [new ContactAlias("waId", "222")], null),
        };

        var results = await Append(Echo("wamid.ours"), Echo("wamid.phone"));

        results.Select(r => r.Mailbox).Should().Equal(ours, theirs);
        (await Load(ours)).Events.Should().ContainSingle(e => e.MessageId == sent.Id);
    }

    [SkippableFact]
    public async Task What_is_owed_is_loaded_in_order_and_what_is_settled_is_not()
    {
        var mailbox = await NewConversation();
        var states = new[] { MessageState.Unknown, MessageState.Queued, MessageState.Accepted, MessageState.Released, MessageState.Calling, MessageState.Failed, MessageState.Stopped, MessageState.Read };
        await Turn(mailbox, (_, c) => c with
        {
            NewMessages =
            [
                .. states.Select((s, i) => Outgoing(mailbox, 20 - i, s)),
                Outgoing(mailbox, 30) with { Direction = MessageDirection.In, State = MessageState.Received, Author = AuthorKind.Lead },
            ],
        });

        var load = await Load(mailbox);

        load.Outgoing.Select(m => m.State).Should().Equal(MessageState.Calling, MessageState.Released, MessageState.Queued, MessageState.Unknown);
        load.Referenced.Should().BeEmpty();
        load.LastLeadOrder.Should().Be(30);
    }
}
