using System.Security.Claims;
using FlowEngine.Conversations;
using FlowEngine.Server.Access;
using FlowEngine.Server.Inbox;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>The query of the calls that list and count: the filters and the search. The first four accept <c>none</c>; agent also <c>me</c>.</summary>
internal sealed record InboxCall
{
    public string? Agent { get; init; }

    public string? Department { get; init; }

    public string? Connection { get; init; }

    public string? Label { get; init; }

    public string? Q { get; init; }

    /// <summary>Only where an answer was late.</summary>
    public bool? SlaBreached { get; init; }

    /// <summary>Category of what blocks, for the tab error.</summary>
    public string? Category { get; init; }

    public InboxFilter Filter => new(Blank(Agent), Blank(Department), Blank(Connection), Blank(Label), Blank(Q), SlaBreached == true, Blank(Category));

    /// <summary>Whom <c>me</c> means; a key is nobody's desk but may own conversations under its own id.</summary>
    public static Guid? Me(ClaimsPrincipal user) => Actors.IdOf(user);

    /// <summary>Null when the filters can be used, else what is wrong.</summary>
    public IResult? Refusal() =>
        Blank(Agent) is { } agent && agent is not ("none" or "me") && !Guid.TryParse(agent, out _)
            ? Problems.BadRequest("agent", "is an agent's id, me or none")
            : null;

    /// <summary>The words of the tabs, exactly as answers spell them.</summary>
    public static bool TryTab(string? word, out Tab tab)
    {
        foreach (var known in Enum.GetValues<Tab>())
        {
            if (string.Equals(word, System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(known.ToString()), StringComparison.Ordinal))
            {
                tab = known;
                return true;
            }
        }

        tab = default;
        return false;
    }

    private static string? Blank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
