using System.Collections.Immutable;
using FlowEngine.Conversations;

namespace FlowEngine.Tests.Conversations;

/// <summary>The small company that every test of the domain happens in, and the shortest words for what happens there.</summary>
internal static class Desk
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    public static readonly Actor Ana = Person(1, "Ana", Role.Agent);
    public static readonly Actor Carla = Person(2, "Carla", Role.Agent);
    public static readonly Actor Beto = Person(3, "Beto", Role.Agent);
    public static readonly Actor Sol = Person(4, "Sol", Role.Supervisor);
    public static readonly Actor Ada = Person(5, "Ada", Role.Admin);
    public static readonly Actor Left = Person(6, "Left", Role.Agent);
    public static readonly Actor N8n = new(ActorKind.OtherApp, "n8n", "n8n");
    public static readonly Actor Elsa = new(ActorKind.OtherApp, "elsa", "elsa");
    public static readonly Actor Rule = new(ActorKind.Rule, "idle", "Idle for 72 hours");

    public static readonly Guid Run = Id(100);
    public static readonly Guid OtherRun = Id(101);

    public static readonly Staff Crew = new(
        new[]
        {
            Entry(Ana, true, "sales"), Entry(Carla, true, "sales"), Entry(Beto, true, "support"),
            Entry(Sol, true), Entry(Ada, true), Entry(Left, false, "sales"),
        }.ToImmutableDictionary(a => a.Id),
        new[]
        {
            new DepartmentEntry("sales", "Sales", true), new DepartmentEntry("support", "Support", true),
            new DepartmentEntry("closed", "Closed", false), new DepartmentEntry("night", "Night", true, Overflow: "support"),
        }.ToImmutableDictionary(d => d.Key));

    public static DateTimeOffset At(int minutes) => Noon.AddMinutes(minutes);

    public static Guid Id(int n) => new(n, 0, 0, new byte[8]);

    public static Guid IdOf(Actor actor) => actor.AgentId!.Value;

    /// <summary>An imported lead of the sales department; nobody has written.</summary>
    public static Conversation Imported() =>
        Conversation.New(Id(1), "main", Id(2), "import", Noon, department: "sales");

    public static Conversation WithFlow() => Imported().StartFlow(Run, "Qualify", Noon, "created").Done();

    public static Conversation Writes(this Conversation c, int minute, bool opensWindow = true) =>
        c.ReceiveLeadMessage(At(minute), At(minute), opensWindow, "hello", ReentryPolicy.Default).Done();

    /// <summary>The lead has written, and a flow took it.</summary>
    public static Conversation Automated() => Imported().Writes(0).StartFlow(Run, "Qualify", Noon, "message").Done();

    /// <summary>Handed to the sales queue at minute 1.</summary>
    public static Conversation Queued() => Automated().HandOff(Run, new Target(null, null), HandOffMode.Waiting, "wants a person", null, Crew, At(1)).Done();

    /// <summary>Ana claimed at minute 2 and replied at minute 3; the reply has not settled.</summary>
    public static Conversation OpenWithAna() => Queued().Claim(Ana, null, Crew, At(2)).Done().Reply(Ana, Crew, At(3)).Done();

    /// <summary>The lead has written, and the outside automation n8n took it at minute 1.</summary>
    public static Conversation WithApp() => Imported().Writes(0).ClaimAsApp(N8n, null, default, At(1)).Done();

    public static Conversation Finished() => OpenWithAna().Finalize(Ana, "sold", At(10), null, 0).Done();

    public static Conversation OwnedBy(Owner owner) => Imported().Writes(0) with { Owner = owner, Epoch = 7 };

    public static Problem Trouble(int incident, ProblemKind kind = ProblemKind.Flow, bool blocking = true, Guid? message = null) =>
        new(Id(incident), kind, "automation", "it broke", Noon, blocking, MessageId: message);

    public static Message Says(this Conversation c, AuthorKind author, int id = 50, int minute = 5) => new()
    {
        Id = Id(id),
        ConversationId = c.Id,
        Episode = c.Episode,
        Order = c.NextOrder,
        Direction = MessageDirection.Out,
        Author = author,
        AuthorId = author == AuthorKind.Agent ? Ana.Id : null,
        InstanceId = author is AuthorKind.Flow or AuthorKind.Ai ? Run : null,
        Content = MessageContent.OfText("hi"),
        At = At(minute),
        State = MessageState.Queued,
        Epoch = c.Epoch,
    };

    /// <summary>The next state of a verb that must have been accepted.</summary>
    public static Conversation Done(this Decision decision)
    {
        decision.Refusal.Should().BeNull();
        return decision.Next;
    }

    /// <summary>The refusal of a verb that must have been refused, with the state left alone.</summary>
    public static Refusal No(this Decision decision, RefusalKind kind, string code)
    {
        decision.Refusal.Should().NotBeNull();
        decision.History.Should().BeEmpty();
        var refusal = decision.Refusal!;
        refusal.Kind.Should().Be(kind);
        refusal.Code.Should().Be(code);
        refusal.Owner.Should().Be(decision.Next.Owner);
        refusal.Epoch.Should().Be(decision.Next.Epoch);
        return refusal;
    }

    private static Actor Person(int id, string name, Role role) => Actor.Agent(Id(id), name, role);

    private static AgentEntry Entry(Actor actor, bool active, params string[] departments) =>
        new(IdOf(actor), actor.Name, actor.Role, active, [.. departments]);
}
