using System.Collections.Immutable;
using FlowEngine.Conversations;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Tests.Stores;

public abstract partial class TurnStoreSuite
{
    /// <summary>Nothing is left at its default, so that a column that is forgotten shows.</summary>
    protected Conversation Full(Conversation before) => before with
    {
        Lifecycle = Lifecycle.Finished,
        Episode = 2,
        Owner = Owner.Agent(Ids.Next(), "José"),
        Epoch = 5,
        Version = 8,
        Stage = Stage.Engaged,
        ResponsibleId = Ids.Next(),
        ResponsibleName = "José",
        Department = "ventas",
        LeadWrote = true,
        AutomationWrote = true,
        UnansweredSince = Start.AddMicroseconds(1),
        HumanWaitSince = Start.AddMicroseconds(2),
        WindowUntil = Start.AddHours(24),
        FlowInstance = Ids.Next(),
        Problems = [new Problem(Ids.Next(), ProblemKind.Send, "auth", "token vencido", Start, true, "190", Ids.Next(), "SendMessage1"), new Problem(Ids.Next(), ProblemKind.Flow, "automation", "x", Start, false)],
        Labels = ["vip", "ñandú 🦤"],
        Fields = ImmutableSortedDictionary<string, string>.Empty.Add("nombre", "Ana \"la\" 日本"),
        Source = "form",
        Unread = 3,
        NextOrder = 12,
        Preview = "¿Está disponible? 👀",
        LastActivityAt = Start.AddMinutes(5),
        FinishedAt = Start.AddMinutes(6),
        FinishedBy = "José",
        FinishReason = "vendido",
    };

    private Message FullMessage(Guid conversation) => new()
    {
        Id = Ids.Next(),
        ConversationId = conversation,
        Episode = 2,
        Order = 5,
        Direction = MessageDirection.Out,
        Author = AuthorKind.Agent,
        AuthorId = "a-1",
        AuthorName = "José",
        Content = new MessageContent
        {
            Kind = "template",
            Text = "Hola {{1}} 日本 \u0000 fin",
            Buttons = [new Choice("1", "Sí")],
            Rows = [new Choice("r", "Fila", "detalle")],
            ListButton = "Ver",
            Template = new TemplateUse("promo", "es_AR", ["Ana"]),
            Media = new MediaRef("m1", "image/png", "foto.png", "abc"),
            ChoiceId = "1",
            ReplyTo = "wamid.0",
        },
        At = Start,
        ProviderId = "wamid.1",
        State = MessageState.Unknown,
        Epoch = 7,
        LastWords = true,
        Intervention = true,
        InstanceId = Ids.Next(),
        ActivityId = "SendMessage1",
        WhenUnknown = WhenUnknown.RepeatOnce,
        Attempt = 3,
        AttemptsBefore = 2,
        Deadline = Start.AddSeconds(30),
        WakeAt = Start.AddSeconds(60),
        Error = new SendError("131026", "recipient", "No se pudo", "detalle"),
        SettledAt = Start.AddSeconds(5),
    };

    private IncidentRecord Incident(Guid conversation) =>
        new(Ids.Next(), conversation, Ids.Next(), "Http1", "run.4", Ids.Next(), "Flow", "automation", "timeout", "No respondió", "GET /x", true, Start);

    protected static HistoryEntry Entry(string kind) => new(
        kind, Start, Actor.Agent(new Guid("01890000-0000-7000-8000-000000000001"), "José", Role.None), Owner.Queue("ventas", "Ventas"),
        Owner.Flow(new Guid("01890000-0000-7000-8000-000000000002"), "Bienvenida"), Tab.Waiting, Tab.Open, 4, "porque sí",
        new Dictionary<string, string> { ["motivo"] = "ñ", ["nota"] = "日本" });
}
