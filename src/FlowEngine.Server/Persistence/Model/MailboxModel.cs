using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Persistence.Model;

/// <summary>Tables of the spine: mailboxes, their events, and the calls that are owed to others.</summary>
internal static class MailboxModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<StoredNode>().ToTable("node").HasKey(n => n.Id);
        model.Entity<StoredMailbox>().ToTable("mailbox").HasKey(m => m.Id);
        model.Entity<StoredEvent>(entry =>
        {
            entry.ToTable("mailbox_event").HasKey(e => e.Seq);
            entry.HasIndex(e => e.Id).IsUnique();
            entry.HasIndex(e => e.DedupeKey).IsUnique();
            entry.HasIndex(e => new { e.MailboxId, e.Seq }, "ix_mailbox_event_pending").HasFilter("state = 0 AND mailbox_id IS NOT NULL").HasDatabaseName("ix_mailbox_event_pending");
            entry.HasIndex(e => new { e.RefProviderId, e.RefConnection }, "ix_mailbox_event_orphan").HasFilter("mailbox_id IS NULL AND state = 0").HasDatabaseName("ix_mailbox_event_orphan");
        });
        model.Entity<StoredHookDelivery>(delivery =>
        {
            delivery.ToTable("hook_delivery").HasKey(d => d.Seq);
            delivery.HasIndex(d => d.Id).IsUnique();
            delivery.HasIndex(d => new { d.Hook, d.ConversationId, d.Seq }, "ix_hook_delivery_owed").HasFilter("state = 0").HasDatabaseName("ix_hook_delivery_owed");
        });
    }
}
