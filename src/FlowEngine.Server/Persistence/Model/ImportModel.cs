using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Persistence.Model;

/// <summary>Tables of large imports.</summary>
internal static class ImportModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<StoredImport>(import =>
        {
            import.ToTable("lead_import").HasKey(i => i.Id);
            import.HasIndex(i => i.IdempotencyKey).IsUnique().HasFilter("idempotency_key IS NOT NULL");
            import.HasIndex(i => new { i.State, i.Id });
        });
        model.Entity<StoredImportRow>(row =>
        {
            row.ToTable("lead_import_row").HasKey(r => new { r.ImportId, r.Number });
            row.HasOne<StoredImport>().WithMany().HasForeignKey(r => r.ImportId);
            row.HasIndex(r => new { r.ImportId, r.State, r.Number });
        });
    }
}
