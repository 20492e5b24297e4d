using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Persistence.Model;

/// <summary>Tables of the knowledge base. The full-text index over the passages is made by the migrations of each database.</summary>
internal static class KnowledgeModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<StoredArticle>(article =>
        {
            article.ToTable("article").HasKey(a => a.Id);
            article.Property(a => a.Labels).HasConversion(new JsonColumn<IReadOnlyCollection<string>>(StoredJson.Plain.IReadOnlyCollectionString), new SameObject<IReadOnlyCollection<string>>());
            article.Property(a => a.Version).IsConcurrencyToken();
            article.HasMany(a => a.Passages).WithOne().HasForeignKey(p => p.ArticleId).OnDelete(DeleteBehavior.Cascade);
            article.HasIndex(a => new { a.Language, a.Title }).IsUnique();
            article.HasIndex(a => new { a.TitleFolded, a.Id });
        });
        model.Entity<StoredPassage>(passage =>
        {
            passage.ToTable("passage").HasKey(p => p.Seq);
            passage.HasIndex(p => new { p.ArticleId, p.Ordinal }).IsUnique();
            passage.HasIndex(p => p.Language);
        });
    }
}
