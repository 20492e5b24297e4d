using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Engine.Deadlines;

namespace FlowEngine.Engine.Connections;

/// <summary>The company's hours and its departments' targets as they stand now; replaced when an admin saves them.</summary>
public sealed class CompanyBook
{
    private CompanyHours hours = CompanyHours.AlwaysOpen;
    private IReadOnlyDictionary<string, AnswerTargets> targets = new Dictionary<string, AnswerTargets>();

    public CompanyHours Hours => Volatile.Read(ref hours);

    public void Replace(CompanyHours next) => Volatile.Write(ref hours, next);

    /// <summary>Null for a department without any, and for none.</summary>
    public AnswerTargets? Targets(string? department) => department is null ? null : Volatile.Read(ref targets).GetValueOrDefault(department);

    public void Replace(IReadOnlyDictionary<string, AnswerTargets> next) => Volatile.Write(ref targets, next);
}
