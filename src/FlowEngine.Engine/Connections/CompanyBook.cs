using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Engine.Deadlines;

namespace FlowEngine.Engine.Connections;

/// <summary>The company's hours and its departments' targets as they stand now; replaced when an admin saves them.</summary>
public sealed class CompanyBook
{
    private CompanyHours hours = CompanyHours.AlwaysOpen;
    private TargetBook targets = new(null, new Dictionary<string, AnswerTargets>());

    public CompanyHours Hours => Volatile.Read(ref hours);

    public void Replace(CompanyHours next) => Volatile.Write(ref hours, next);

    /// <summary>The department's targets, else the company's, which are also for conversations that are nobody's; null when there are none.</summary>
    public AnswerTargets? Targets(string? department)
    {
        var now = Volatile.Read(ref targets);
        return department is not null && now.OfDepartments.TryGetValue(department, out var own) ? own : now.OfCompany;
    }

    /// <param name="ofDepartments">Only departments that have targets of their own.</param>
    public void Replace(AnswerTargets? ofCompany, IReadOnlyDictionary<string, AnswerTargets> ofDepartments) => Volatile.Write(ref targets, new TargetBook(ofCompany, ofDepartments));

    private sealed record TargetBook(AnswerTargets? OfCompany, IReadOnlyDictionary<string, AnswerTargets> OfDepartments);
}
