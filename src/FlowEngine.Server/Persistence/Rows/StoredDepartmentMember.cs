namespace FlowEngine.Server.Persistence.Rows;

public sealed class StoredDepartmentMember
{
    public required string DepartmentKey { get; set; }

    public Guid AgentId { get; set; }
}
