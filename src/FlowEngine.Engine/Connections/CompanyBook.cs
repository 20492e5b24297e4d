using FlowEngine.Engine.ConversationActivities;

namespace FlowEngine.Engine.Connections;

/// <summary>The company's hours as they stand now; replaced when an admin saves them.</summary>
public sealed class CompanyBook
{
    private CompanyHours hours = CompanyHours.AlwaysOpen;

    public CompanyHours Hours => Volatile.Read(ref hours);

    public void Replace(CompanyHours next) => Volatile.Write(ref hours, next);
}
