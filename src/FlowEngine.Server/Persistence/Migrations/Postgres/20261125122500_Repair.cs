using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FlowEngine.Server.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Repair : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "attempts_before",
                table: "message",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "connection",
                table: "incident",
                type: "text",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_incident_at_id",
                table: "incident",
                columns: new[] { "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_incident_connection",
                table: "incident",
                column: "connection",
                unique: true,
                filter: "connection IS NOT NULL AND closed_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_incident_at_id",
                table: "incident");

            migrationBuilder.DropIndex(
                name: "ix_incident_connection",
                table: "incident");

            migrationBuilder.DropColumn(
                name: "attempts_before",
                table: "message");

            migrationBuilder.DropColumn(
                name: "connection",
                table: "incident");
        }
    }
}
