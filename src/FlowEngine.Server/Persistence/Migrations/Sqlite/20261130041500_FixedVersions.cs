using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FlowEngine.Server.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FixedVersions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "fixed_at",
                table: "definition",
                type: "INTEGER",
                nullable: true);

            // Who knows what was published once and is no longer: all but a latest draft on which no run stands.
            migrationBuilder.Sql("UPDATE definition SET fixed_at = created_at WHERE is_published OR NOT is_latest OR id IN (SELECT version_id FROM instance)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "fixed_at",
                table: "definition");
        }
    }
}
