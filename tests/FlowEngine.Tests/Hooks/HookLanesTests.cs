using CsCheck;
using FlowEngine.Server.Hooks;
using FlowEngine.Server.Persistence;

namespace FlowEngine.Tests.Hooks;

public sealed class HookLanesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void One_conversation_waits_for_its_first_while_others_go_on()
    {
        var lanes = new HookLanes();
        lanes.Add(Owed(1, lane: 1));
        lanes.Add(Owed(2, lane: 1));
        lanes.Add(Owed(3, lane: 2));

        Take(lanes, Now).Should().Be(1);
        Take(lanes, Now).Should().Be(3);
        Take(lanes, Now).Should().BeNull();
        lanes.Done(Owed(1, lane: 1));
        Take(lanes, Now).Should().Be(2);
    }

    [Fact]
    public void A_failed_one_holds_its_lane_until_it_is_due()
    {
        var lanes = new HookLanes();
        lanes.Add(Owed(1, lane: 1));
        lanes.Add(Owed(2, lane: 1));
        lanes.TryTake(Now, out var first);

        lanes.Retry(first, 1, Now.AddSeconds(1));

        lanes.NextDue.Should().Be(Now.AddSeconds(1));
        Take(lanes, Now).Should().BeNull();
        lanes.TryTake(Now.AddSeconds(1), out var again).Should().BeTrue();
        again.Should().BeEquivalentTo(new { Seq = 1L, Attempts = 1 });
        lanes.Done(again);
        Take(lanes, Now.AddSeconds(1)).Should().Be(2);
    }

    [Fact]
    public void What_waited_before_a_restart_still_waits_after_it()
    {
        var lanes = new HookLanes();
        lanes.Add(Owed(1, lane: 1) with { Attempts = 4, NextAt = Now.AddSeconds(9) });

        Take(lanes, Now.AddSeconds(8)).Should().BeNull();
        Take(lanes, Now.AddSeconds(9)).Should().Be(1);
    }

    /// <summary>Whatever fails and however lanes mix: each is delivered once, and a conversation's in order.</summary>
    [Fact]
    public void Every_one_is_delivered_once_and_in_order_within_its_conversation()
    {
        Gen.Select(Gen.Int[0, 4].List[1, 40], Gen.Bool.List[200]).Sample((owners, fails) =>
        {
            var lanes = new HookLanes();
            var sent = new List<(long Seq, int Lane)>();
            owners.Select((lane, i) => Owed(i + 1, lane)).ToList().ForEach(lanes.Add);
            var now = Now;
            for (var step = 0; lanes.Count > 0 && step < 1000; step++)
            {
                if (!lanes.TryTake(now, out var owed))
                {
                    now = lanes.NextDue!.Value;
                }
                else if (step < fails.Count && fails[step])
                {
                    lanes.Retry(owed, owed.Attempts + 1, now.AddSeconds(owed.Attempts + 1));
                }
                else
                {
                    sent.Add((owed.Seq, owners[(int)owed.Seq - 1]));
                    lanes.Done(owed);
                }
            }

            return sent.Count == owners.Count && sent.Select(s => s.Seq).Distinct().Count() == owners.Count
                && sent.GroupBy(s => s.Lane).All(g => g.Select(s => s.Seq).SequenceEqual(g.Select(s => s.Seq).Order()));
        });
    }

    private static long? Take(HookLanes lanes, DateTimeOffset now) => lanes.TryTake(now, out var owed) ? owed.Seq : null;

    private static OwedHook Owed(long seq, int lane) => new(seq, new Guid((int)seq, 0, 0, new byte[8]), new Guid(lane, 0, 0, new byte[8]), "message.sent", [], Now, 0, null);
}
