namespace FlowEngine.Tests.Architecture;

/// <summary>
/// Who may know whom. A room is a folder; a row lists the rooms that it may use beside itself, its own sub-rooms and the root of
/// its project. There is no cycle across the spine, because everything that happens later comes back through the mailbox.
/// </summary>
internal static class Rooms
{
    private const string AllOfIt = "*";

    /// <summary>Who a lead is; a plain value that turns load and everybody downstream may read.</summary>
    private const string Contact = "Engine.Turns.Contact";

    /// <summary>What a turn writes, as far as the outgoing webhooks tell of it.</summary>
    private static readonly string[] WrittenByATurn = [Contact, "Engine.Turns.HookDelivery", "Engine.Turns.IncidentRecord", "Engine.Turns.IncidentClosed"];

    private static readonly string[] SendResults =
        ["Engine.Outbox.SendResult", "Engine.Outbox.SendOutcome", "Engine.Outbox.SendSettled", "Engine.Outbox.SendErrors"];

    /// <summary>What a turn writes and ends of the work outside of it; the loop that does the work is not among it.</summary>
    private static readonly string[] Work =
        ["Engine.Tasks.ExternalTask", "Engine.Tasks.TaskEnd", "Engine.Tasks.TaskState", "Engine.Tasks.TakenTask", "Engine.Tasks.RunningTasks", "Engine.Tasks.HttpJob", "Engine.Tasks.TaskSeal"];

    // How options are shown as buttons, a list or numbered lines, for whoever says something to a lead.
    private static readonly string[] Choices = ["Engine.ConversationActivities.Answers.ChoicePresentation", "Engine.ConversationActivities.Answers.ChoiceOption", "Engine.ConversationActivities.Answers.Present"];

    private static readonly string[] Spine = ["Conversations", "Engine.Connections", "Engine.Mailbox"];

    /// <summary>Room → rooms (or single types) it may use. Names leave out the leading "FlowEngine.".</summary>
    public static readonly IReadOnlyDictionary<string, string[]> MayUse = new Dictionary<string, string[]>
    {
        // The pure cores and the stand-in know nothing of ours.
        ["Conversations"] = [],
        ["Workflows"] = [],
        ["WaSim"] = [],

        ["Engine"] = [],
        ["Engine.Errors"] = [],
        ["Engine.Connections"] = ["Conversations", "Engine.ConversationActivities.CompanyHours", "Engine.Deadlines.AnswerTargets"],
        ["Engine.Deadlines"] = ["Conversations", "Engine.Connections", "Engine.ConversationActivities"],
        ["Engine.Live"] = ["Conversations"],
        ["Engine.Hooks"] = ["Conversations", "Engine.Connections", .. WrittenByATurn],
        ["Engine.ConversationActivities"] = ["Conversations", "Workflows", "Engine.Connections", "Engine.Ai", "Engine.Tasks.ExternalTask", Contact, "Engine.Mailbox.LeadMessage"],
        ["Engine.Flows"] = ["Conversations", "Workflows", "Engine.Connections", "Engine.ConversationActivities"],
        ["Engine.Verification"] = ["Conversations", "Workflows", "Engine.ConversationActivities", "Engine.Flows"],
        ["Engine.Outbox"] = [.. Spine, "Engine.Turns"],
        ["Engine.Timers"] = ["Engine.Mailbox", "Engine.Turns"],
        ["Engine.Tasks"] = ["Workflows", "Engine.Mailbox", "Engine.Turns"],
        ["Engine.Ai"] = ["Conversations", "Engine.Tasks", "Engine.Turns"],

        // The mailbox runs the turns and carries their sends out; a turn sees what became of a send, never the sender.
        ["Engine.Mailbox"] = ["Engine.Deadlines.DeadlineKind", "Conversations", "Workflows", "Engine.Connections", "Engine.Turns", "Engine.Outbox", "Engine.Timers", "Engine.Live"],
        ["Engine.Turns"] = [.. Spine, "Engine.Deadlines", "Engine.Errors", "Workflows", "Engine.ConversationActivities", "Engine.Flows", "Engine.Hooks", "Engine.Live", "Engine.Timers.DueSignal", .. SendResults, .. Work],

        // Only the composition and the mappings may know every room.
        ["Server"] = [AllOfIt],
        ["Server.Composition"] = [AllOfIt],
        ["Server.Persistence"] = [AllOfIt],
        ["Server.Resources"] = [],

        ["Server.Media"] = ["Conversations", "Engine.Connections", "Server.Nodes", "Server.Persistence"],
        ["Server.Channels"] = [.. Spine, "Engine.Errors", "Engine.Outbox", Contact, "Server.Media"],
        ["Server.Channels.WebChat"] =
        [
            .. Spine, "Engine.Outbox", "Engine.Live", Contact, "Server.Persistence", "Server.Access.SameOrigin", "Server.Access.AccessProblems",
            "Server.Administration.Template", "Server.Administration.Templates", "Server.Media",
        ],
        ["Server.Nodes"] = [],
        ["Server.CSharp"] = ["Workflows", "Engine.Flows"],
        ["Server.Access"] = ["Conversations", "Server.Persistence", "Server.Resources.Languages"],
        ["Server.Administration"] = [.. Spine, "Engine.Deadlines.AnswerTargets", "Engine.Errors", "Engine.Turns.TurnOptions", "Workflows", "Engine.ConversationActivities", "Server.Access", "Server.Persistence"],
        ["Server.Ai"] = ["Engine.Ai", "Engine.Tasks", "Server.Persistence"],
        ["Server.Knowledge"] = ["Engine.Ai", "Server.Administration", "Server.Persistence"],
        ["Server.Telemetry"] = ["Conversations", "Engine.Turns.TurnOptions", "Server.Access", "Server.Persistence"],
        ["Server.Leads"] = [.. Spine, "Server.Administration", "Server.Persistence"],
        ["Server.Requests"] = ["Workflows", "Engine.Tasks"],
        ["Server.Endpoints"] = ["Workflows", "Engine.Flows", "Engine.Mailbox", "Engine.Turns.Signals", "Engine.Turns.TurnOptions", "Server.Access", "Server.Persistence"],
        ["Server.Flows"] = ["Engine.Verification", "Conversations", "Workflows", "Engine.Flows", "Engine.ConversationActivities", "Engine.Connections", "Server.Persistence", "Engine.Mailbox", "Engine.Turns.Signals"],
        ["Server.Studio"] = [.. Spine, "Server.Requests.RequestOptions", "Server.Requests.RetryStrategy", "Server.Requests.Backoff", "Engine.Turns.TurnText", "Workflows", "Engine.Flows", "Engine.Verification", "Engine.Live", "Server.Access", "Server.Flows", "Server.Persistence", "Server.Resources"],
        ["Server.Trials"] = [.. Spine, "Workflows", "Engine.Ai", "Server.Ai.SemanticKernelModel", "Server.Requests.FlowAnswer", "Engine.Errors", "Engine.Flows", "Engine.Hooks", "Engine.Live", "Engine.Outbox", "Engine.Tasks", "Engine.Timers", "Engine.Turns", "Engine.Verification", "Server.Flows", "Server.Persistence"],
        ["Server.Automations"] = [.. Spine, "Engine.Turns.TurnOptions", "Server.Persistence"],
        ["Server.Hooks"] = ["Conversations", "Engine.Connections", "Engine.Hooks", "Engine.Turns.IncidentRecord", "Server.Persistence"],
        ["Server.Jobs"] = [.. Spine, "Engine.Deadlines", "Engine.Turns.TurnOptions", "Engine.ConversationActivities", "Server.Access", "Server.Leads", "Server.Persistence"],
        ["Server.Inbox"] = [.. Spine, "Engine.Ai.Passage", "Engine.Errors", "Engine.Live", "Server.Access", "Server.Administration", "Server.Jobs", "Server.Knowledge", "Server.Leads", "Server.Media", "Server.Persistence", "Server.Resources", "Server.Trials", "Engine.Verification.Finding", "Engine.Verification.FindingSeverity", "Workflows.Instances.WorkflowSubStatus"],
        ["Server.Api"] = [.. Spine, "Engine.Verification", "Workflows.Definitions.DefinitionError", .. Choices, "Engine.Ai.Passage", "Engine.Errors", "Engine.Live", "Server.Access", "Server.Administration", "Server.Inbox", "Server.Jobs", "Server.Knowledge", "Server.Leads", "Server.Flows", "Server.Media", "Server.Nodes", "Server.Persistence", "Server.Telemetry"],
    };

    /// <summary>The room of a type: the longest row that its namespace starts with; null when no row covers it.</summary>
    public static string? Of(string fullTypeName)
    {
        var space = fullTypeName["FlowEngine.".Length..];
        for (var dot = space.LastIndexOf('.'); dot > 0; dot = space.LastIndexOf('.', dot - 1))
        {
            space = space[..dot];
            if (MayUse.ContainsKey(space))
            {
                return IsUnlistedRoomOf(space, fullTypeName) ? null : space;
            }
        }

        return null;
    }

    public static bool Allows(string from, string to, string toType) =>
        from == to || to == "Engine" || to == from.Split('.')[0]
        || MayUse[from] is [AllOfIt] || MayUse[from].Contains(to) || MayUse[from].Contains(toType["FlowEngine.".Length..]);

    // A folder of Engine or Server is a room of its own; only the cores may have rooms without a row.
    private static bool IsUnlistedRoomOf(string room, string fullTypeName) =>
        room is "Engine" or "Server" && fullTypeName["FlowEngine.".Length..].Count(c => c == '.') > 1;
}
