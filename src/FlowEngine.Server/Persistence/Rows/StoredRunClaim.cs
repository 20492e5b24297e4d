namespace FlowEngine.Server.Persistence.Rows;

/// <summary>What only one run may hold at a time, by its definition's activation strategy.</summary>
public sealed class StoredRunClaim
{
    public required string Claim { get; set; }

    public Guid InstanceId { get; set; }
}
