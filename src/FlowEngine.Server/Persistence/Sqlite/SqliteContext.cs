using FlowEngine.Server.Persistence.Model;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>The model on SQLite. Its writes wait for their turn at the <see cref="WriteGate"/>, like those of the turn store.</summary>
public sealed class SqliteContext(DbContextOptions<SqliteContext> options, WriteGate gate, StaffBook staff) : FlowEngineContext(options)
{
    /// <summary>The gate is held by <see cref="Change"/>, whose statement may save as well.</summary>
    private bool entered;

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        var changesStaff = ChangesStaff();
        gate.Enter();
        try
        {
            return base.SaveChanges(acceptAllChangesOnSuccess);
        }
        finally
        {
            gate.Leave();
            Tell(changesStaff);
        }
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (entered)
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }

        var changesStaff = ChangesStaff();
        await gate.Enter(cancellationToken);
        try
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            gate.Leave();
            Tell(changesStaff);
        }
    }

    public override async Task<int> Change(Func<Task<int>> statement, CancellationToken cancel)
    {
        await gate.Enter(cancel);
        entered = true;
        try
        {
            return await statement();
        }
        finally
        {
            entered = false;
            gate.Leave();
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<Guid>().HaveConversion<IdConverter>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        // SQLite numbers the rows by itself; EF's AUTOINCREMENT would write one more page in every commit. The turn store inserts them.
        builder.Entity<StoredEvent>().Property(e => e.Seq).ValueGeneratedNever();
        builder.Entity<StoredHistory>().Property(h => h.Seq).ValueGeneratedNever();
        builder.Entity<StoredHookDelivery>().Property(d => d.Seq).ValueGeneratedNever();
    }

    private bool ChangesStaff() => ChangeTracker.Entries()
        .Any(e => e.State is not (EntityState.Unchanged or EntityState.Detached) && e.Entity is AgentUser or StoredDepartment or StoredDepartmentMember);

    private void Tell(bool changesStaff)
    {
        if (changesStaff)
        {
            staff.Invalidate();
        }
    }
}
