using FlowEngine.Conversations;
using FlowEngine.Engine.Ai;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Tasks;
using FlowEngine.Engine.Timers;
using FlowEngine.Engine.Turns;
using FlowEngine.Engine;
using FlowEngine.Tests.Turns;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging;

namespace FlowEngine.Tests.Ai;

/// <summary>The engine with the work of models beside it. Turns run when the test says so; model calls run by themselves once they are begun.</summary>
internal sealed class AiBench : IDisposable
{
    private readonly Drain still;

    public AiBench(string? flow = null, IChatModel? model = null, AiOptions? options = null, ITurnStore? store = null, IModelLedger? ledger = null, ILogger<ModelWork>? log = null, IKnowledge? knowledge = null)
    {
        Engine = new TestEngine(store, flow ?? ReplyFlow());
        still = new Drain(Engine.Runner, Engine.Sender, Engine.Options, Engine.Clock, NullLogger<Drain>.Instance);
        still.Stop();
        var work = new ModelWork(
            Engine.Store, knowledge ?? Knowledge, model ?? Model, ledger ?? Ledger, options ?? new AiOptions { Backoff = TimeSpan.Zero }, Engine.Clock, log ?? NullLogger<ModelWork>.Instance);
        Loop = new TaskLoop(
            Engine.Store, new Intake(Engine.Store, still, new DueSignal(), Engine.Clock), [work], Engine.Running, new TaskOptions { Parallel = 2_000 }, NodeId.New("test", Engine.Ids), Engine.Ids, Engine.Clock, NullLogger<TaskLoop>.Instance);
    }

    public TestEngine Engine { get; }

    public TaskLoop Loop { get; }

    public ScriptedModel Model { get; } = new();

    public ScriptedKnowledge Knowledge { get; } = new(ScriptedKnowledge.Hours, ScriptedKnowledge.Returns);

    public MemoryLedger Ledger { get; } = new();

    public IReadOnlyList<string> Sent => Engine.Sent;

    public MemoryTurnStore Store => (MemoryTurnStore)Engine.Store;

    /// <summary>The lead writes; the assistant answers, and after an answer waits for the next message.</summary>
    public static string ReplyFlow(params (string Name, object Value)[] inputs) => TestFlows.Flow(
        "ai",
        [TestFlows.Trigger(), TestFlows.Node("ai", "AiReply", [("instructions", "Eres la asistente de la tienda."), ("department", "ventas"), .. inputs]), TestFlows.Node("next", "MessageReceived")],
        ("start", "Done", "ai"), ("ai", "Answered", "next"), ("next", "Done", "ai"));

    /// <summary>The lead writes, and everything that follows from it happens, model calls included.</summary>
    public async Task<Guid> Says(string text, string from = "34600000001")
    {
        var id = await Engine.LeadWrites(text, from);
        await Settle();
        return id;
    }

    /// <summary>Runs turns until nothing is due and begins the work that they asked for.</summary>
    public async Task Begin()
    {
        await Engine.Settle();
        await Loop.Look(default);
    }

    /// <summary>Everything happens until nothing is left to do; work that a test holds back must be let go first.</summary>
    public async Task Settle()
    {
        for (var rounds = 0; rounds < 100; rounds++)
        {
            await Begin();

            // Work may have ended between the last turn and the count; its result is durable then, and is turned here.
            if (Loop.Count == 0 && !await Engine.Turn())
            {
                return;
            }

            await Loop.Quiet();
        }
    }

    public Task<Conversation> Conversation(Guid id) => Engine.Conversation(id);

    public IReadOnlyList<Message> Suggestions(Guid id) => [.. Store.Messages(id).Where(m => m is { Direction: MessageDirection.Note, Author: AuthorKind.Ai })];

    public IReadOnlyList<HistoryEntry> HandOffs(Guid id) => [.. Store.History(id).Where(h => h.Kind == "handedOff")];

    public void Dispose()
    {
        still.Dispose();
        Model.Dispose();
        Engine.Running.Dispose();
    }
}
