using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>A transaction that somebody opened around several saves changes the staff only when it commits.</summary>
internal sealed class StaffWatch(StaffBook staff) : DbTransactionInterceptor
{
    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => staff.Invalidate();

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        staff.Invalidate();
        return Task.CompletedTask;
    }
}
