using CsCheck;
using FlowEngine.Conversations;
using static FlowEngine.Tests.Conversations.Desk;

namespace FlowEngine.Tests.Conversations;

/// <summary>Random moves; on failure CsCheck prints the seed and the shortest script that it found.</summary>
public sealed class InvariantTests
{
    [Fact]
    public void No_sequence_of_moves_breaks_an_invariant_and_the_counters_equal_a_recount() =>
        Move.Script.Sample(
            script =>
            {
                var inbox = Enumerable.Range(0, 3).Select(n => new Play(n)).ToArray();
                foreach (var move in script)
                {
                    inbox[move.Conversation].Step(move);
                    Assert.Equal(Recounted(inbox), CountedByStory(inbox));
                    Assert.True(inbox.All(p => p.Outbox.Count(m => m.IsUnsettled) <= 1), "one message is under way at most (I6)");
                }
            },
            iter: 3_000);

    [Fact]
    public void Random_scripts_reach_every_tab_and_send_and_stop_messages()
    {
        var tabs = new HashSet<Tab>();
        var states = new HashSet<MessageState>();
        var lastWords = false;
        Move.Script.Sample(
            script =>
            {
                var inbox = Enumerable.Range(0, 3).Select(n => new Play(n)).ToArray();
                foreach (var move in script)
                {
                    inbox[move.Conversation].Step(move);
                    tabs.Add(inbox[move.Conversation].Now.Tab);
                }

                states.UnionWith(inbox.SelectMany(p => p.Outbox).Select(m => m.State));
                lastWords |= inbox.Any(p => p.Outbox.Any(m => m is { LastWords: true, State: MessageState.Accepted }));
            },
            iter: 2_000, threads: 1);

        tabs.Should().BeEquivalentTo(Enum.GetValues<Tab>());
        states.Should().Contain([MessageState.Accepted, MessageState.Stopped]);
        lastWords.Should().BeTrue("otherwise the properties above say nothing of them");
    }

    [Fact]
    public void Of_two_claims_at_once_one_wins_and_the_other_learns_who() =>
        Gen.Select(Gen.Int[0, 1], Gen.Bool, Gen.OneOf(Imported(), Automated(), Queued(), Automated().PhoneEcho(At(2)).Done())).Sample((first, blind, before) =>
        {
            Actor[] people = first == 0 ? [Ana, Carla] : [Carla, Ana];
            long? seen = blind ? null : before.Epoch;

            var won = before.Claim(people[0], seen, Crew, At(9));
            var lost = won.Next.Claim(people[1], seen, Crew, At(9));

            won.Next.Owner.Should().Be(Owner.Agent(IdOf(people[0]), people[0].Name));
            lost.No(RefusalKind.Conflict, "ownedByOther").Owner.Should().Be(won.Next.Owner);
        });

    private static int[] CountedByStory(Play[] inbox) => Counts(inbox.Select(p => p.ToldTab));

    private static int[] Recounted(Play[] inbox) => Counts(inbox.Select(p => Tabs.Of(p.Now)));

    private static int[] Counts(IEnumerable<Tab> tabs)
    {
        var counts = new int[Enum.GetValues<Tab>().Length];
        foreach (var tab in tabs)
        {
            counts[(int)tab]++;
        }

        return counts;
    }
}
