using System.Collections.Immutable;
using FlowEngine.Conversations;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Persistence.Model;

/// <summary>Tables of conversations: what the inbox lists, counts and filters.</summary>
internal static class ConversationModel
{
    /// <summary><see cref="Tabs.Of"/> as an expression that SQLite and PostgreSQL both understand; a property test equates the two.</summary>
    private const string TabSql =
        """
        CASE WHEN lifecycle = 1 THEN 4
             WHEN blocking_problems > 0 THEN 5
             WHEN stage = 2 THEN 2
             WHEN stage = 1 THEN 1
             WHEN owner_kind IN (1, 5) THEN 3
             WHEN lead_wrote THEN 1
             WHEN automation_wrote THEN 3
             ELSE 0 END
        """;

    public static void Configure(ModelBuilder model)
    {
        model.Entity<StoredConversation>(ConfigureConversation);
        model.Entity<StoredConversationLabel>(label =>
        {
            label.ToTable("conversation_label").HasKey(l => new { l.ConversationId, l.Label });
            label.HasIndex(l => l.Label);
        });
        model.Entity<StoredEpisode>(episode =>
        {
            episode.ToTable("episode").HasKey(e => new { e.ConversationId, e.Number });
            episode.HasOne(e => e.Conversation).WithMany().HasForeignKey(e => e.ConversationId);
            episode.HasIndex(e => e.FinishedAt).HasFilter("finished_at IS NOT NULL");
        });
        model.Entity<StoredHistory>(history =>
        {
            history.ToTable("history").HasKey(h => h.Seq);
            history.Property(h => h.Data).HasConversion(new JsonColumn<ImmutableSortedDictionary<string, string>?>(StoredJson.Plain.ImmutableSortedDictionaryStringString!), new SameObject<ImmutableSortedDictionary<string, string>?>());
            history.HasIndex(h => new { h.ConversationId, h.Seq });
        });
        model.Entity<StoredMessage>(ConfigureMessage);
        model.Entity<StoredMedia>(media =>
        {
            media.ToTable("media").HasKey(m => m.Id);
            media.HasIndex(m => new { m.Connection, m.ProviderId }).IsUnique();
            media.HasIndex(m => m.NextAt).HasFilter("next_at IS NOT NULL");
        });
    }

    private static void ConfigureConversation(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<StoredConversation> conversation)
    {
        conversation.ToTable("conversation").HasKey(c => c.Id);
        conversation.Property(c => c.Problems).HasConversion(new JsonColumn<ImmutableArray<Problem>>(StoredJson.Plain.ImmutableArrayProblem), new SameObject<ImmutableArray<Problem>>());
        conversation.Property(c => c.Fields).HasConversion(new JsonColumn<ImmutableSortedDictionary<string, string>>(StoredJson.Plain.ImmutableSortedDictionaryStringString), new SameObject<ImmutableSortedDictionary<string, string>>());
        conversation.Property(c => c.Tab).HasComputedColumnSql(TabSql, stored: true);
        conversation.HasOne(c => c.Contact).WithMany().HasForeignKey(c => c.ContactId).OnDelete(DeleteBehavior.Restrict);
        conversation.HasMany(c => c.Labels).WithOne().HasForeignKey(l => l.ConversationId);

        conversation.HasIndex(c => new { c.Connection, c.ContactId }).IsUnique();
        conversation.HasIndex(c => new { c.Tab, c.HumanWaitSince });
        conversation.HasIndex(c => new { c.Tab, c.LastActivityAt });
        conversation.HasIndex(c => new { c.ResponsibleId, c.Tab });
        conversation.HasIndex(c => new { c.Department, c.Tab });
        conversation.HasIndex(c => c.UnansweredSince, "ix_conversation_app").HasFilter("owner_kind = 5").HasDatabaseName("ix_conversation_app");

        // Where people owe an answer: what deadlines are looked for in.
        conversation.HasIndex(c => c.HumanWaitSince, "ix_conversation_waiting").HasFilter("human_wait_since IS NOT NULL").HasDatabaseName("ix_conversation_waiting");
        conversation.HasIndex(c => c.FlowInstance).HasFilter("flow_instance IS NOT NULL");
    }

    private static void ConfigureMessage(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<StoredMessage> message)
    {
        message.ToTable("message").HasKey(m => m.Id);
        message.Property(m => m.Order).HasColumnName("order_number");
        message.Property(m => m.Content).HasConversion(new JsonColumn<MessageContent>(StoredJson.Plain.MessageContent));
        message.Property(m => m.Error).HasConversion(new JsonColumn<SendError?>(StoredJson.Plain.SendError!));
        message.HasOne<StoredConversation>().WithMany().HasForeignKey(m => m.ConversationId).OnDelete(DeleteBehavior.Restrict);

        message.HasIndex(m => new { m.ConversationId, m.Order }).IsUnique();
        message.HasIndex(m => m.ProviderId).HasFilter("provider_id IS NOT NULL");

        // The few that the engine still has to do something with: Queued, Released, Calling, Unknown.
        message.HasIndex(m => m.ConversationId, "ix_message_unsettled").HasFilter("state IN (1, 2, 3, 4)").HasDatabaseName("ix_message_unsettled");
        message.HasIndex(m => m.WakeAt, "ix_message_wake").HasFilter("wake_at IS NOT NULL AND state IN (1, 2, 3, 4)").HasDatabaseName("ix_message_wake");
    }
}
