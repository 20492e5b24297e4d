using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Persistence.Model;

/// <summary>Tables of flows: their versions, their runs, where runs wait and for what, and what went wrong.</summary>
internal static class FlowModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<StoredDefinition>(definition =>
        {
            definition.ToTable("definition").HasKey(d => d.Id);
            definition.HasIndex(d => new { d.DefinitionId, d.Version }).IsUnique();
            definition.HasIndex(d => d.DefinitionId, "ix_definition_latest").IsUnique().HasFilter("is_latest").HasDatabaseName("ix_definition_latest");
            definition.HasIndex(d => d.DefinitionId, "ix_definition_published").IsUnique().HasFilter("is_published").HasDatabaseName("ix_definition_published");
            definition.HasIndex(d => d.Name);
            definition.HasIndex(d => d.SourceFile).HasFilter("source_file IS NOT NULL");
        });
        model.Entity<StoredInstance>(instance =>
        {
            instance.ToTable("instance").HasKey(i => i.Id);
            instance.HasIndex(i => i.ConversationId).HasFilter("conversation_id IS NOT NULL");
            instance.HasIndex(i => new { i.DefinitionId, i.Status });
            instance.HasIndex(i => i.CreatedAt);
            instance.HasIndex(i => i.VersionId);
        });
        model.Entity<StoredBookmark>(bookmark =>
        {
            bookmark.ToTable("bookmark").HasKey(b => new { b.InstanceId, b.BookmarkId });
            bookmark.HasIndex(b => new { b.Hash, b.CorrelationId });
            bookmark.HasIndex(b => b.DueAt, "ix_bookmark_due").HasFilter("due_at IS NOT NULL").HasDatabaseName("ix_bookmark_due");
            bookmark.HasIndex(b => b.Route, "ix_bookmark_route").HasFilter("route IS NOT NULL").HasDatabaseName("ix_bookmark_route");
        });
        model.Entity<StoredTimedTrigger>(trigger =>
        {
            trigger.ToTable("timed_trigger").HasKey(t => new { t.DefinitionId, t.ActivityId });
            trigger.HasIndex(t => t.NextAt).HasFilter("next_at IS NOT NULL");
        });
        model.Entity<StoredKeptSignal>(signal =>
        {
            signal.ToTable("kept_signal").HasKey(s => s.Id);
            signal.HasIndex(s => s.Hash);
        });
        model.Entity<StoredRunClaim>(claim =>
        {
            claim.ToTable("run_claim").HasKey(c => c.Claim);
            claim.HasIndex(c => c.InstanceId);
        });
        model.Entity<StoredTask>(task =>
        {
            task.ToTable("external_task").HasKey(t => t.Id);
            task.HasIndex(t => new { t.InstanceId, t.BookmarkId }).IsUnique();
            task.HasIndex(t => new { t.CreatedAt, t.Id }, "ix_external_task_open").HasFilter("state = 0").HasDatabaseName("ix_external_task_open");
        });
        model.Entity<StoredModelUse>(use =>
        {
            use.ToTable("model_use").HasKey(u => u.Id);
            use.HasIndex(u => u.ConversationId);
            use.HasIndex(u => u.At);
        });
        model.Entity<StoredJournal>(journal =>
        {
            journal.ToTable("journal").HasKey(j => j.Id);
            journal.HasIndex(j => new { j.InstanceId, j.At });
        });
        model.Entity<StoredIncident>(incident =>
        {
            incident.ToTable("incident").HasKey(i => i.Id);
            incident.HasIndex(i => i.ConversationId).HasFilter("conversation_id IS NOT NULL");
            incident.HasIndex(i => i.Connection, "ix_incident_connection").IsUnique().HasFilter("connection IS NOT NULL AND closed_at IS NULL").HasDatabaseName("ix_incident_connection");
            incident.HasIndex(i => new { i.At, i.Id });
            incident.HasIndex(i => i.InstanceId).HasFilter("instance_id IS NOT NULL");
            incident.HasIndex(i => new { i.Category, i.At }, "ix_incident_open").HasFilter("closed_at IS NULL").HasDatabaseName("ix_incident_open");
        });
    }
}
