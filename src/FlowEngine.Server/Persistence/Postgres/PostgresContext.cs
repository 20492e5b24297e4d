using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>
/// The model on PostgreSQL. It differs from the shared one where an update would cost more than it must: a row that is updated in
/// place (HOT) writes no index, which holds only while no column of any index changes.
/// </summary>
public sealed class PostgresContext(DbContextOptions<PostgresContext> options) : FlowEngineContext(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<StoredEvent>(ConfigureEvent);
        builder.Entity<StoredConversation>(ConfigureConversation);
        builder.Entity<StoredMessage>(ConfigureMessage);
        builder.Entity<StoredHistory>(history =>
        {
            RemoveIndex(history, nameof(StoredHistory.ConversationId), nameof(StoredHistory.Seq));
            history.HasKey(h => new { h.ConversationId, h.Seq });
            history.Property(h => h.Seq).UseIdentityByDefaultColumn();
        });
        builder.Entity<StoredHookDelivery>(delivery =>
        {
            delivery.Property(d => d.Seq).UseIdentityByDefaultColumn();
            RemoveIndex(delivery, nameof(StoredHookDelivery.Id));
            RemoveIndex(delivery, "ix_hook_delivery_owed");
            delivery.HasIndex(d => new { d.Hook, d.Seq }, "ix_hook_delivery_owed").HasFilter("state = 0").HasDatabaseName("ix_hook_delivery_owed");
        });
        builder.Entity<StoredHookPump>().ToTable("hook_pump").HasKey(p => p.Hook);
        builder.Entity<StoredHookPump>().Property(p => p.Hook).ValueGeneratedNever();
        builder.Entity<StaffVersion>().ToTable("staff_version").HasKey(v => v.Id);
        builder.Entity<StaffVersion>().Property(v => v.Id).ValueGeneratedNever();
    }

    // Found by its id and its dedupe key; the number only sorts.
    private static void ConfigureEvent(EntityTypeBuilder<StoredEvent> entry)
    {
        RemoveIndex(entry, nameof(StoredEvent.Id));
        entry.HasKey(e => e.Id);
        entry.Property(e => e.Seq).UseIdentityByDefaultColumn();
    }

    private static void ConfigureConversation(EntityTypeBuilder<StoredConversation> conversation)
    {
        conversation.Property(c => c.Fields).HasColumnType("jsonb");

        // Each turn changes the time of the last activity, and with it every index: lists of a tab read one index and filter its few rows.
        RemoveIndex(conversation, nameof(StoredConversation.Tab), nameof(StoredConversation.HumanWaitSince));
        RemoveIndex(conversation, nameof(StoredConversation.ResponsibleId), nameof(StoredConversation.Tab));
        RemoveIndex(conversation, nameof(StoredConversation.Department), nameof(StoredConversation.Tab));
        RemoveIndex(conversation, nameof(StoredConversation.FlowInstance));
        RemoveIndex(conversation, nameof(StoredConversation.Connection), nameof(StoredConversation.ContactId));
        conversation.HasIndex(c => new { c.ContactId, c.Connection }).IsUnique();
    }

    /// <summary>Whether the engine still has to do something with it: a column of its own, so that a mark or a tick changes no index.</summary>
    private static void ConfigureMessage(EntityTypeBuilder<StoredMessage> message)
    {
        RemoveIndex(message, "ix_message_unsettled");
        RemoveIndex(message, "ix_message_wake");
        message.Property<bool>("Owed").HasComputedColumnSql("state IN (1, 2, 3, 4)", stored: true);
        message.HasIndex(m => m.ConversationId, "ix_message_unsettled").HasFilter("owed").HasDatabaseName("ix_message_unsettled");
        message.HasIndex(m => m.WakeAt, "ix_message_wake").HasFilter("owed AND wake_at IS NOT NULL").HasDatabaseName("ix_message_wake");
    }

    private static void RemoveIndex<T>(EntityTypeBuilder<T> entity, params string[] properties)
        where T : class
    {
        var index = entity.Metadata.GetIndexes().Single(i => i.Name is { } name ? properties is [var only] && name == only : i.Properties.Select(p => p.Name).SequenceEqual(properties));
        entity.Metadata.RemoveIndex(index);
    }
}

/// <summary>Which node carries out a webhook's calls.</summary>
public sealed class StoredHookPump
{
    public int Hook { get; set; }

    public required string Node { get; set; }
}

/// <summary>One row that grows with each change of agents, departments or members, whoever made it.</summary>
public sealed class StaffVersion
{
    public int Id { get; set; }

    public long Version { get; set; }
}
