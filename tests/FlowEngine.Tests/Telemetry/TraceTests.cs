using System.Diagnostics;
using System.Diagnostics.Metrics;
using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Tests.Stores;
using FlowEngine.Tests.Turns;
using Seen = FlowEngine.Engine.Telemetry;

namespace FlowEngine.Tests.Telemetry;

/// <summary>What listens is seen by the whole process, so these run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Listening
{
    public const string Name = "Listening";
}

[Collection(Listening.Name)]
public sealed class TraceTests
{
    [Fact]
    public async Task A_lead_message_is_one_trace_from_the_request_to_the_settled_send_also_after_a_restart()
    {
        await using var file = await SqliteFile.Create();
        using var spans = new Spans();
        ActivityTraceId trace;
        using (var request = spans.Request())
        {
            trace = request.TraceId;
            await Write(new TestEngine(file.Store, TestFlows.AskWithTimeout), "m1", "Hola");
        }

        await file.Restart();
        await file.Store.TakeOver(TestEngine.Start, TestEngine.Start, default);
        await new TestEngine(file.Store, TestFlows.AskWithTimeout).Settle();

        var mine = spans.Of(trace);
        mine.Select(s => s.OperationName).Should().Equal("request", "turn", "send", "turn");
        mine[1].ParentSpanId.Should().Be(mine[0].SpanId, "the turn goes on with what was stored with its event");
        mine[2].ParentSpanId.Should().Be(mine[1].SpanId);
        mine[3].ParentSpanId.Should().Be(mine[2].SpanId, "the turn that settles goes on with the send");
        mine[2].GetTagItem("flowengine.outcome").Should().Be("Accepted");
    }

    [Fact]
    public async Task Other_events_of_the_same_turn_are_links()
    {
        using var spans = new Spans();
        var engine = new TestEngine(definitions: TestFlows.AskWithTimeout);
        using (spans.Request())
        {
            await Write(engine, "m1", "Hola");
        }

        ActivityContext second;
        using (var request = spans.Request())
        {
            second = request.Context;
            await Write(engine, "m2", "¿Hay alguien?");
        }

        await engine.Turn();

        var turn = spans.All.Single(s => s.OperationName == "turn");
        turn.Links.Should().ContainSingle().Which.Context.SpanId.Should().Be(second.SpanId);
    }

    [Fact]
    public async Task No_tag_of_a_span_holds_a_word_of_the_lead_or_a_number()
    {
        using var spans = new Spans();
        var engine = new TestEngine(definitions: TestFlows.NameThenHandOff);
        await engine.LeadWrites("zanahoria", from: "34600999888");
        await engine.Settle();
        await engine.LeadWrites("Marta Zanahoria", from: "34600999888");
        await engine.Settle();

        var tags = spans.All.SelectMany(s => s.TagObjects).Select(t => $"{t.Value}").ToList();
        tags.Should().NotBeEmpty().And.NotContain(t => t.Contains("anahoria", StringComparison.Ordinal) || t.Contains("600999888", StringComparison.Ordinal) || t.Contains("Marta", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_nobody_listens_nothing_is_stored_and_nothing_is_allocated()
    {
        var added = new NewEvent(Guid.Empty, "key", new StimulusEvent("name", "hash", null));
        added.Traced().Should().BeSameAs(added);
        Seen.Start("warm", ActivityKind.Internal).Should().BeNull();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Seen.Start("turn", ActivityKind.Consumer);
            added.Traced();
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    [Fact]
    public async Task The_fence_is_counted_by_what_it_stopped()
    {
        var counted = new Dictionary<string, long>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, me) => { if (instrument.Meter.Name == Seen.Name) { me.EnableMeasurementEvents(instrument); } } };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var code = tags.ToArray().Where(t => t.Key is "code").Select(t => $" {t.Value}").FirstOrDefault();
            lock (counted)
            {
                counted[instrument.Name + code] = counted.GetValueOrDefault(instrument.Name + code) + value;
            }
        });
        listener.Start();
        var engine = new TestEngine(definitions: TestFlows.ThreeBubbles);
        var id = await engine.LeadWrites("Hola");
        await engine.Turn();
        await engine.CallProvider();

        await engine.Do(id, new Claim(), TestEngine.Ana);

        counted["flowengine.messages.released"].Should().Be(1);
        counted["flowengine.messages.accepted"].Should().Be(1);
        counted["flowengine.messages.stopped stale"].Should().Be(3);
        counted["flowengine.turns"].Should().BeGreaterThanOrEqualTo(2);
    }

    private static Task Write(TestEngine engine, string id, string text) => engine.Append(
        new NewEvent(engine.Ids.Next(), $"main:{id}:message", new LeadMessage(id, engine.Clock.GetUtcNow(), MessageContent.OfText(text))) { Address = TestEngine.From("34600000001") }.Traced());

    /// <summary>Records every span of the engine, and requests made by hand.</summary>
    private sealed class Spans : IDisposable
    {
        private readonly ActivitySource requests = new("requests");
        private readonly List<Activity> begun = [];
        private readonly ActivityListener listener;

        public Spans()
        {
            listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name is Seen.Name or "requests",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStarted = span =>
                {
                    lock (begun)
                    {
                        begun.Add(span);
                    }
                },
            };
            ActivitySource.AddActivityListener(listener);
        }

        public IReadOnlyList<Activity> All
        {
            get
            {
                lock (begun)
                {
                    return [.. begun];
                }
            }
        }

        public Activity Request() => requests.StartActivity("request", ActivityKind.Server)!;

        public IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. All.Where(s => s.TraceId == trace)];

        public void Dispose()
        {
            listener.Dispose();
            requests.Dispose();
        }
    }
}
