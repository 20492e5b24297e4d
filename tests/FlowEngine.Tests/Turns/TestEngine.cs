using System.Collections.Immutable;
using System.Text;
using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Errors;
using FlowEngine.Engine.Flows;
using FlowEngine.Engine.Hooks;
using FlowEngine.Engine.Live;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Outbox;
using FlowEngine.Engine.Tasks;
using FlowEngine.Engine.Timers;
using FlowEngine.Engine.Turns;
using FlowEngine.Engine;
using FlowEngine.Workflows.Definitions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FlowEngine.Tests.Turns;

/// <summary>
/// The whole engine over the in-memory store, driven one step at a time: nothing runs by itself, so every interleaving can be made.
/// A step is a turn or a call of the provider; <see cref="Settle"/> runs steps until nothing is due.
/// </summary>
public sealed class TestEngine
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);

    public static readonly Guid Ana = Guid.Parse("00000000-0000-7000-8000-00000000000a");

    public static readonly Guid Bea = Guid.Parse("00000000-0000-7000-8000-00000000000b");

    public static readonly Guid Sol = Guid.Parse("00000000-0000-7000-8000-00000000000c");

    private readonly Dictionary<Guid, (Guid Mailbox, Turned Turned)> onTheWire = [];
    private readonly List<(Guid Mailbox, SendSettled Settled)> settled = [];
    private int serial;

    public TestEngine(ITurnStore? store = null, params string[] definitions)
        : this(store, HookSettings.None, definitions)
    {
    }

    public TestEngine(HookSettings hooks, params string[] definitions)
        : this(null, hooks, definitions)
    {
    }

    private TestEngine(ITurnStore? store, HookSettings hooks, string[] definitions, string kind = "test")
    {
        Channel = new ScriptedChannel { Kind = kind };
        Ids = Ids.Seeded(Clock, 7);
        Store = store ?? new MemoryTurnStore(Ids) { Staff = Staff };
        Library = new FlowLibrary(_ => null);
        Array.ForEach(definitions, Publish);

        Connections.Replace([new Connection { Key = "main", Name = "Main", Kind = kind, Department = "ventas", Flow = null }]);
        Tools = new TurnTools(Ids, Library, Connections, Company, new HookBuilder(hooks, Ids), Options, ErrorCatalog.Default, new TaskSeal(bytes => bytes, bytes => bytes));
        Signals = new Signals(Ids, Library, Options);
        var announcer = new Announcer(Live, new CommandWaiters(), new RunWaiters(), new DueSignal(), new HookSignal(), Running, Others);
        Runner = new TurnRunner(Store, Tools, announcer, Clock, NullLogger<TurnRunner>.Instance);
        Sender = new Sender(Store, [Channel], Connections, Clock, NullLogger<Sender>.Instance);
    }

    /// <param name="kind">Of the one connection; its capabilities follow from it.</param>
    public static TestEngine OfKind(string kind, params string[] definitions) => new(null, HookSettings.None, definitions, kind);

    public static Staff Staff { get; } = new(
        new[]
        {
            new AgentEntry(Ana, "Ana", Role.Agent, true, ["ventas", "soporte"]),
            new AgentEntry(Bea, "Bea", Role.Agent, true, ["ventas"]),
            new AgentEntry(Sol, "Sol", Role.Supervisor, true, []),
        }.ToImmutableDictionary(a => a.Id),
        new[] { new DepartmentEntry("ventas", "Ventas", true, "soporte"), new DepartmentEntry("soporte", "Soporte", true) }.ToImmutableDictionary(d => d.Key));

    public FakeTimeProvider Clock { get; } = new(Start);

    public Ids Ids { get; }

    public ITurnStore Store { get; }

    public FlowLibrary Library { get; }

    public ConnectionBook Connections { get; } = new();

    public CompanyBook Company { get; } = new();

    public LiveFeed Live { get; } = new();

    public TurnOptions Options { get; init; } = TurnOptions.Default with { SettleLingers = TimeSpan.Zero };

    public ScriptedChannel Channel { get; }

    public RunningTasks Running { get; } = new();

    public OtherNodes Others { get; } = new();

    public TurnRunner Runner { get; }

    public Sender Sender { get; }

    public Signals Signals { get; }

    public TurnTools Tools { get; }

    /// <summary>Texts that the provider accepted, in order.</summary>
    public IReadOnlyList<string> Sent => Channel.Sent;

    public async Task<Guid> LeadWrites(string text, string from = "34600000001", string? providerId = null)
    {
        var id = providerId ?? $"wamid.{++serial}";
        var written = new LeadMessage(id, Clock.GetUtcNow(), MessageContent.OfText(text), "Lead");
        var results = await Store.Append([new NewEvent(Ids.Next(), $"main:{id}:message", written) { Address = From(from) }], Clock.GetUtcNow(), default);
        return results[0].Mailbox;
    }

    public async Task<Guid> LeadArrives(string name, string source = "form", string from = "34600000001")
    {
        var created = new LeadCreated(source, name, ImmutableSortedDictionary<string, string>.Empty);
        var results = await Store.Append([new NewEvent(Ids.Next(), $"lead:{++serial}", created) { Address = From(from) }], Clock.GetUtcNow(), default);
        return results[0].Mailbox;
    }

    public void Publish(string json)
    {
        var reading = DefinitionReader.Read(Encoding.UTF8.GetBytes(json), FlowActivities.Catalog);
        Library.Publish(reading.Graph ?? throw new InvalidOperationException(string.Join("\n", reading.Errors)));
    }

    /// <summary>Begins a run without a conversation; it has not been turned yet.</summary>
    public async Task<Guid> Begin(RunStarted started, string? key = null) => (await Store.Append([Signals.Start(started, key)], Clock.GetUtcNow(), default))[0].Mailbox;

    public async Task Happens(string name, string? payloadJson = null, string? correlationId = null) =>
        await Store.Append(Signals.Event(name, payloadJson, correlationId, Clock.GetUtcNow()), Clock.GetUtcNow(), default);

    public async Task<RunOutcome> Alter(Guid run, RunAlteration alteration)
    {
        var id = Ids.Next();
        await Append(new NewEvent(id, $"alter:{id}", new RunAltered(alteration)) { ConversationId = run });
        await Settle();
        return (await Store.FindRunOutcome(id, default))!;
    }

    public async Task Append(NewEvent entry) => await Store.Append([entry], Clock.GetUtcNow(), default);

    /// <summary>Appends a command, runs everything that is due, and answers its outcome.</summary>
    public Task<CommandOutcome> Do(Guid conversation, Command command, Guid agent) => Do(conversation, command, PersonOf(agent));

    public async Task<CommandOutcome> Do(Guid conversation, Command command, Actor actor)
    {
        var id = await Ask(conversation, command, actor);
        await Settle();
        return (await Store.FindOutcome(id, default))!;
    }

    /// <summary>Appends a command and runs nothing.</summary>
    public Task<Guid> Ask(Guid conversation, Command command, Guid agent) => Ask(conversation, command, PersonOf(agent));

    public async Task<Guid> Ask(Guid conversation, Command command, Actor actor)
    {
        var id = Ids.Next();
        await Append(new NewEvent(id, $"command:{id}", new CommandEvent(command, actor)) { ConversationId = conversation });
        return id;
    }

    /// <summary>Runs turns and provider calls until nothing is due.</summary>
    public async Task Settle()
    {
        for (var steps = 0; steps < 10_000; steps++)
        {
            if (!await Turn() && !await CallProvider())
            {
                return;
            }
        }

        throw new InvalidOperationException("The engine does not come to rest.");
    }

    /// <summary>Runs one turn of something due; false when nothing is.</summary>
    public async Task<bool> Turn()
    {
        var due = settled.Count > 0 ? [settled[0].Mailbox] : await Store.FindDue(Clock.GetUtcNow(), 1, default);
        if (due.Count == 0)
        {
            return false;
        }

        var mine = settled.Where(s => s.Mailbox == due[0]).ToList();
        settled.RemoveAll(mine.Contains);
        var turned = await Runner.Run(due[0], [.. mine.Select(s => s.Settled)], default);
        if (turned.Released is { } message)
        {
            onTheWire[message.Id] = (due[0], turned);
        }

        return true;
    }

    /// <summary>Calls the provider for one released message; false when none is released.</summary>
    public async Task<bool> CallProvider()
    {
        if (onTheWire.Count == 0)
        {
            return false;
        }

        var (id, (mailbox, turned)) = onTheWire.First();
        onTheWire.Remove(id);
        if (await Sender.Call(turned.Connection, turned.Contact!, turned.Released!, turned.Cause, default) is { } outcome)
        {
            settled.Add((mailbox, outcome));
        }

        return true;
    }

    /// <summary>What a kill leaves: nothing of this process's memory. The next start recovers.</summary>
    public async Task Crash()
    {
        onTheWire.Clear();
        settled.Clear();
        ((MemoryTurnStore)Store).Restart();
        await Store.TakeOver(Clock.GetUtcNow(), Clock.GetUtcNow() + Options.RepeatWait, default);
    }

    public async Task<TurnLoad> Look(Guid conversation) => (await Store.Load(conversation, Clock.GetUtcNow(), default))!;

    public async Task<Conversation> Conversation(Guid conversation) => (await Look(conversation)).Conversation;

    private static Actor PersonOf(Guid agent) => Actor.Agent(agent, Staff.Agents[agent].Name, Staff.Agents[agent].Role);

    public static Address From(string number) => new("main", "main", [new ContactAlias("waId", number)], "Lead");
}
