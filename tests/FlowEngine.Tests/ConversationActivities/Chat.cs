using System.Collections.Immutable;
using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Engine.Flows;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Tests.ConversationActivities;

/// <summary>
/// One lead and one flow without engine, storage or channel: what a turn does around a burst, as little of it as a flow can notice. The
/// run is written to bytes and read back between any two bursts.
/// </summary>
internal sealed class Chat
{
    public static readonly ActivityCatalog Catalog = FlowActivities.Catalog;

    private static readonly Guid Run = Guid.Parse("00000000-0000-7000-8000-000000000001");

    private readonly WorkflowGraph graph;
    private byte[]? state;
    private int messages;

    public Chat(string definition, DateTimeOffset? now = null)
    {
        var reading = DefinitionReader.Read(System.Text.Encoding.UTF8.GetBytes(definition), Catalog);
        reading.Errors.Should().BeEmpty();
        graph = reading.Graph!;
        Now = now ?? new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
        Conversation = Conversation.New(Guid.Parse("00000000-0000-7000-8000-000000000002"), "demo", Contact.Id, "message", Now);
    }

    public DateTimeOffset Now { get; set; }

    public Conversation Conversation { get; set; }

    public Contact Contact { get; set; } = new(Guid.Parse("00000000-0000-7000-8000-000000000003"), null, "+34612345678", "34612345678", null);

    public CompanyHours Hours { get; set; } = CompanyHours.AlwaysOpen;

    public Staff Staff { get; set; } = Staff.Empty with
    {
        Departments = new[] { "ventas", "soporte", "facturacion", "atencion", "recepcion" }
            .ToImmutableDictionary(key => key, key => new DepartmentEntry(key, key, Active: true)),
    };

    /// <summary>What the newest burst wanted.</summary>
    public IReadOnlyList<Effect> Effects { get; private set; } = [];

    public RunResult Result { get; private set; } = null!;

    public WorkflowInstance Instance => Result.Instance;

    public Incident? Fault => Instance.Incidents.Count > 0 ? Instance.Incidents[^1] : null;

    /// <summary>The texts of the newest burst that would leave.</summary>
    public IReadOnlyList<string?> Said => [.. Effects.OfType<SendEffect>().Where(send => !send.Stopped).Select(send => send.Content.Text)];

    public bool IsOver => Instance.Status == WorkflowStatus.Finished;

    /// <summary>The lead writes (or taps): starts the flow, or answers what it waits for.</summary>
    public Chat Lead(string? text, string? tapped = null, string kind = "text")
    {
        var message = new LeadMessage($"m{++messages}", Now, new MessageContent { Kind = kind, Text = text, ChoiceId = tapped });
        Conversation = Conversation with { LeadWrote = true, WindowUntil = Now.AddHours(24) };
        return state is null ? Start(message) : Resume(Waiting(WaitForLead.BookmarkName), message);
    }

    /// <summary>The flow starts without a message: a form, or an agent who gives the lead to it.</summary>
    public Chat Begin() => Start(null);

    /// <summary>The lead says nothing until the run's next timer.</summary>
    public Chat Silence()
    {
        var due = Instance.Bookmarks.Where(bookmark => bookmark.DueAt is not null).MinBy(bookmark => bookmark.DueAt)!;
        Now = due.DueAt!.Value;
        return Resume(due, null);
    }

    /// <summary>People give the conversation back to the run.</summary>
    public Chat GiveBack()
    {
        Conversation = Conversation with { Owner = Owner.Flow(Run, "flow"), Stage = Stage.None };
        return Resume(Waiting(HandOff.BookmarkName), null);
    }

    public Bookmark Waiting(string name) => Instance.Bookmarks.Single(bookmark => bookmark.Name == name);

    /// <summary>The outcomes with which an activity completed in the newest burst.</summary>
    public IReadOnlyList<string>? OutcomesOf(string activityId) =>
        Result.Journal.LastOrDefault(entry => entry.ActivityId == activityId && entry.EventName == "Completed")?.Outcomes;

    private string? FirstTrigger => graph.Triggers.Count > 0 ? graph.Triggers[0].ActivityId : null;

    private Chat Start(LeadMessage? message)
    {
        Conversation = Conversation.StartFlow(Run, "flow", Now, "test").Next;
        return Burst(message, environment => Interpreter.Start(
            graph, new StartRequest(Run, TriggerActivityId: message is null ? null : FirstTrigger, TriggerInput: message), environment));
    }

    private Chat Resume(Bookmark bookmark, LeadMessage? message) =>
        Burst(message, environment => Interpreter.Resume(graph, InstanceState.Read(state!, graph), bookmark.Id, null, environment));

    private Chat Burst(LeadMessage? message, Func<RunEnvironment, RunResult> advance)
    {
        var scope = new ConversationScope(Conversation)
        {
            Contact = Contact,
            Connection = new Connection { Key = "demo", Name = "Demo", Kind = "whatsapp" },
            Staff = Staff,
            Hours = Hours,
            Now = Now,
            InstanceId = Run,
            InstanceName = "flow",
            Message = message,
        };
        Result = advance(new RunEnvironment { Now = Now, Seed = 1, Host = scope });
        state = InstanceState.Write(Result.Instance);
        Conversation = scope.Conversation;
        Effects = scope.Effects;
        return this;
    }
}
