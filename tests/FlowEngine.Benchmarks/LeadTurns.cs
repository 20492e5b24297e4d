using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Benchmarks;

/// <summary>
/// What the store does for one message of a lead in the middle of a flow: the event, the turn (both messages, the run's state, its timer, the
/// journal, the story), the calling mark, and the settled send.
/// </summary>
internal sealed class LeadTurns(ITurnStore store, Ids ids, TimeProvider clock)
{
    private static readonly byte[] State = Encoding.UTF8.GetBytes(new string('s', 1600));
    private static readonly byte[] Journal = Encoding.UTF8.GetBytes(new string('j', 600));
    private long said;

    public async Task Run(int lead)
    {
        var id = Interlocked.Increment(ref said).ToString(CultureInfo.InvariantCulture);
        var address = new Address("main", "waba-1", [new ContactAlias("userId", $"ES.{lead}"), new ContactAlias("waId", $"34600{lead:D6}")], "Marta Gil");
        var added = new NewEvent(ids.Next(), $"main:wamid.HBgLMzQ2MDAxMTEyMjIVAgASGBQ{id}:leadMessage", new LeadMessage($"wamid.HBgLMzQ2MDAxMTEyMjIVAgASGBQ{id}", clock.GetUtcNow(), MessageContent.OfText("Marta"), "Marta Gil")) { Address = address };
        var mailbox = (await store.Append([added], clock.GetUtcNow(), CancellationToken.None))[0].Mailbox;
        var load = await store.Load(mailbox, clock.GetUtcNow(), CancellationToken.None) ?? throw new InvalidOperationException("The mailbox is not this node's.");
        var answer = await Turn(load, added);
        if (!await store.MarkCalling(answer.Id, 1, CancellationToken.None))
        {
            throw new InvalidOperationException("The message may not be called.");
        }

        load = (await store.Load(mailbox, clock.GetUtcNow(), CancellationToken.None))!;
        var now = clock.GetUtcNow();
        var settled = answer with { State = MessageState.Accepted, ProviderId = $"wamid.out.HBgLMzQ2MDAxMTEyMjIVAgARGBI{id}", WakeAt = null, SettledAt = now };
        Must(await store.Commit(new Checkpoint { Mailbox = mailbox, ExpectedVersion = load.MailboxVersion, Now = now, ChangedMessages = [settled] }, CancellationToken.None));
    }

    private async Task<Message> Turn(TurnLoad load, NewEvent added)
    {
        var (now, c) = (clock.GetUtcNow(), load.Conversation);
        var run = c.FlowInstance ?? ids.Next();
        var heard = new Message
        {
            Id = ids.Next(), ConversationId = c.Id, Episode = 1, Order = c.NextOrder, Direction = MessageDirection.In, Author = AuthorKind.Lead,
            Content = MessageContent.OfText("Marta"), At = now, State = MessageState.Received,
        };
        var answer = new Message
        {
            Id = ids.Next(), ConversationId = c.Id, Episode = 1, Order = c.NextOrder + 1, Direction = MessageDirection.Out, Author = AuthorKind.Flow,
            AuthorId = run.ToString(), AuthorName = "Calificación", Content = MessageContent.OfText("Encantado, Marta. ¿Qué necesitas? 1) Ventas 2) Soporte 3) Facturación"), At = now,
            State = MessageState.Released, Epoch = 1, InstanceId = run, ActivityId = "AskQuestion1", Attempt = 1, Deadline = now.AddSeconds(20), WakeAt = now.AddSeconds(60),
        };
        var waits = new BookmarkRecord(run, $"b{c.NextOrder}", "FlowEngine.AskQuestion", "9F86D081884C7D659A2FEAA0C55AD015", c.Id, c.Id.ToString(), now.AddHours(24));
        Must(await store.Commit(
            new Checkpoint
            {
                Mailbox = c.Id,
                ExpectedVersion = load.MailboxVersion,
                Now = now,
                Conversation = c with
                {
                    Owner = Owner.Flow(run, "Calificación"), Epoch = 1, Version = c.Version + 1, LeadWrote = true, AutomationWrote = true, WindowUntil = now.AddHours(24), FlowInstance = run,
                    NextOrder = c.NextOrder + 2, Preview = "Encantado, Marta. ¿Qué necesitas?", LastActivityAt = now,
                    Fields = c.Fields.SetItem("name", "Marta").SetItem("need", "ventas"),
                },
                Events = [new EventDone(added.Id, null)],
                NewMessages = [heard, answer],
                Instances = [new InstanceRecord { Id = run, DefinitionId = "lead-turn", VersionId = "lead-turn-1", Version = 1, ConversationId = c.Id, SubStatus = 2, CreatedAt = c.CreatedAt, UpdatedAt = now, State = State }],
                BookmarksRemoved = c.NextOrder == 1 ? [] : [(run, $"b{c.NextOrder - 2}")],
                BookmarksAdded = [waits],
                Journal = [new JournalBurst(ids.Next(), run, now, Journal)],
                History = [new HistoryEntry("leadWrote", now, Actor.System, c.Owner, c.Owner, Tab.Automated, Tab.Automated, 1, null, ImmutableSortedDictionary<string, string>.Empty)],
            },
            CancellationToken.None));
        return answer;
    }

    private static void Must(bool committed)
    {
        if (!committed)
        {
            throw new InvalidOperationException("A turn lost its mailbox though nobody else turns it.");
        }
    }
}
