using FlowEngine.Server.Persistence.Model;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Persistence;

/// <summary>
/// The model for screens, the API and administration. One derived context per database with its own migrations. Conversations,
/// messages, mailboxes and runs are only read here: they are written by the turn store, except for the histories of runs that were made elsewhere.
/// </summary>
public abstract class FlowEngineContext(DbContextOptions options) : IdentityUserContext<AgentUser, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<AgentUser> Agents => Set<AgentUser>();

    public DbSet<StoredNode> Nodes => Set<StoredNode>();

    public DbSet<StoredMailbox> Mailboxes => Set<StoredMailbox>();

    public DbSet<StoredEvent> Events => Set<StoredEvent>();

    public DbSet<StoredConversation> Conversations => Set<StoredConversation>();

    public DbSet<StoredConversationLabel> ConversationLabels => Set<StoredConversationLabel>();

    public DbSet<StoredContact> Contacts => Set<StoredContact>();

    public DbSet<StoredContactAlias> ContactAliases => Set<StoredContactAlias>();

    public DbSet<StoredMessage> Messages => Set<StoredMessage>();

    public DbSet<StoredEpisode> Episodes => Set<StoredEpisode>();

    public DbSet<StoredHistory> History => Set<StoredHistory>();

    public DbSet<StoredInstance> Instances => Set<StoredInstance>();

    public DbSet<StoredBookmark> Bookmarks => Set<StoredBookmark>();

    public DbSet<StoredTimedTrigger> TimedTriggers => Set<StoredTimedTrigger>();

    public DbSet<StoredKeptSignal> KeptSignals => Set<StoredKeptSignal>();

    public DbSet<StoredRunClaim> RunClaims => Set<StoredRunClaim>();

    public DbSet<StoredJournal> Journal => Set<StoredJournal>();

    public DbSet<StoredTask> Tasks => Set<StoredTask>();

    public DbSet<StoredModelUse> ModelUses => Set<StoredModelUse>();

    public DbSet<StoredIncident> Incidents => Set<StoredIncident>();

    public DbSet<StoredHookDelivery> HookDeliveries => Set<StoredHookDelivery>();

    public DbSet<StoredDefinition> Definitions => Set<StoredDefinition>();

    public DbSet<StoredDepartment> Departments => Set<StoredDepartment>();

    public DbSet<StoredDepartmentMember> DepartmentMembers => Set<StoredDepartmentMember>();

    public DbSet<StoredLabel> Labels => Set<StoredLabel>();

    public DbSet<StoredConnection> Connections => Set<StoredConnection>();

    public DbSet<StoredTemplate> Templates => Set<StoredTemplate>();

    public DbSet<StoredArticle> Articles => Set<StoredArticle>();

    public DbSet<StoredMedia> Media => Set<StoredMedia>();

    public DbSet<StoredPassage> Passages => Set<StoredPassage>();

    public DbSet<StoredSetting> Settings => Set<StoredSetting>();

    public DbSet<StoredImport> Imports => Set<StoredImport>();

    public DbSet<StoredImportRow> ImportRows => Set<StoredImportRow>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Runs a statement that changes rows without loading them; a database with one writer lets it wait for its turn.</summary>
    /// <returns>How many rows it changed.</returns>
    public virtual Task<int> Change(Func<Task<int>> statement, CancellationToken cancel) => statement();

    /// <summary>Runs several statements as one transaction; it is taken back when <paramref name="work"/> answers false.</summary>
    public Task<int> InOne(Func<Task<bool>> work, CancellationToken cancel) => Change(
        async () =>
        {
            await using var transaction = await Database.BeginTransactionAsync(cancel);
            if (!await work())
            {
                return 0;
            }

            await transaction.CommitAsync(cancel);
            return 1;
        },
        cancel);

    /// <summary><see cref="SearchText.Fold"/> in the database; for queries only.</summary>
    /// <exception cref="InvalidOperationException">When it is called.</exception>
    public static string? Folded(string? text) => throw new InvalidOperationException("This stands for a function of the database.");

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        ConversationModel.Configure(builder);
        MailboxModel.Configure(builder);
        FlowModel.Configure(builder);
        DeskModel.Configure(builder);
        ImportModel.Configure(builder);
        KnowledgeModel.Configure(builder);
        KeepIdsOurs(builder);
        builder.HasDbFunction(typeof(FlowEngineContext).GetMethod(nameof(Folded))!, function =>
        {
            function.HasName(SearchText.Function);
            function.HasParameter("text").PropagatesNullability();
        });
    }

    /// <summary>Ids are made by <c>Ids</c> and never by the database or by EF.</summary>
    private static void KeepIdsOurs(ModelBuilder builder)
    {
        foreach (var key in builder.Model.GetEntityTypes().SelectMany(t => t.FindPrimaryKey()?.Properties ?? []))
        {
            if (key.ClrType == typeof(Guid))
            {
                key.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
            }
        }
    }
}
