using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FlowEngine.Server.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Runs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_bookmark_hash",
                table: "bookmark");

            migrationBuilder.CreateTable(
                name: "kept_signal",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    dedupe_key = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                    correlation_id = table.Column<string>(type: "text", nullable: true),
                    instance_id = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<byte[]>(type: "bytea", nullable: false),
                    keep_until = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kept_signal", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "run_claim",
                columns: table => new
                {
                    claim = table.Column<string>(type: "text", nullable: false),
                    instance_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_run_claim", x => x.claim);
                });

            migrationBuilder.CreateIndex(
                name: "ix_bookmark_hash_correlation_id",
                table: "bookmark",
                columns: new[] { "hash", "correlation_id" });

            migrationBuilder.CreateIndex(
                name: "ix_kept_signal_hash",
                table: "kept_signal",
                column: "hash");

            migrationBuilder.CreateIndex(
                name: "ix_run_claim_instance_id",
                table: "run_claim",
                column: "instance_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "kept_signal");

            migrationBuilder.DropTable(
                name: "run_claim");

            migrationBuilder.DropIndex(
                name: "ix_bookmark_hash_correlation_id",
                table: "bookmark");

            migrationBuilder.CreateIndex(
                name: "ix_bookmark_hash",
                table: "bookmark",
                column: "hash");
        }
    }
}
