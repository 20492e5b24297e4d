using System.Security.Cryptography;
using FlowEngine.Conversations;
using FlowEngine.Engine;
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
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowEngine.Server.Trials;

/// <summary>
/// The parts of the engine for one trial. What could reach somebody is another one here: the store is memory, the channel says yes, no webhook is
/// configured, and nobody listens. Work outside is <see cref="TrialWork"/>'s.
/// </summary>
internal sealed class TrialEngine
{
    public const string LeadName = "Lead";

    public TrialEngine(FlowLibrary flows, Staff staff, CompanyBook company, Connection connection, TurnOptions options, TaskSeal seal, TimeProvider real)
    {
        (Connection, Lead) = (connection.Key, new Address(connection.Key, connection.Key, [new ContactAlias("waId", "trial")], LeadName));
        Clock = new TrialClock(real);
        Ids = new Ids(Clock, RandomNumberGenerator.Fill);
        Store = new MemoryTurnStore(Ids, options) { Staff = staff };
        var connections = new ConnectionBook();
        connections.Replace([connection]);
        var tools = new TurnTools(Ids, flows, connections, company, new HookBuilder(HookSettings.None, Ids), options, ErrorCatalog.Default, seal);
        var announcer = new Announcer(new LiveFeed(), new CommandWaiters(), new RunWaiters(), new DueSignal(), new HookSignal(), new RunningTasks(), new OtherNodes());
        Runner = new TurnRunner(Store, tools, announcer, Clock, NullLogger<TurnRunner>.Instance);
        Sender = new Sender(Store, [new TrialChannel()], connections, Clock, NullLogger<Sender>.Instance);
    }

    public string Connection { get; }

    public Address Lead { get; }

    public TrialClock Clock { get; }

    public Ids Ids { get; }

    public MemoryTurnStore Store { get; }

    public TurnRunner Runner { get; }

    public Sender Sender { get; }
}
