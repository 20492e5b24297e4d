using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FlowEngine.Server.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Jobs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_mailbox_event_orphan",
                table: "mailbox_event");

            migrationBuilder.AddColumn<int>(
                name: "first_response_minutes",
                table: "department",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "next_response_minutes",
                table: "department",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "overflow_minutes",
                table: "department",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "pause_when_closed",
                table: "department",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<long>(
                name: "missed_clock",
                table: "conversation",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "owned_since",
                table: "conversation",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "person_answered",
                table: "conversation",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "window_notice",
                table: "conversation",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "lead_import",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    idempotency_key = table.Column<string>(type: "text", nullable: true),
                    key_prefix = table.Column<string>(type: "text", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: true),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    finished_at = table.Column<long>(type: "bigint", nullable: true),
                    worked_until = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_import", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "lead_import_row",
                columns: table => new
                {
                    import_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    input = table.Column<string>(type: "text", nullable: true),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    errors = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_import_row", x => new { x.import_id, x.number });
                    table.ForeignKey(
                        name: "fk_lead_import_row_lead_import_import_id",
                        column: x => x.import_id,
                        principalTable: "lead_import",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_mailbox_event_orphan",
                table: "mailbox_event",
                columns: new[] { "ref_provider_id", "ref_connection" },
                filter: "mailbox_id IS NULL AND state = 0");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_waiting",
                table: "conversation",
                column: "human_wait_since",
                filter: "human_wait_since IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_lead_import_idempotency_key",
                table: "lead_import",
                column: "idempotency_key",
                unique: true,
                filter: "idempotency_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_lead_import_state_id",
                table: "lead_import",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_lead_import_row_import_id_state_number",
                table: "lead_import_row",
                columns: new[] { "import_id", "state", "number" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "lead_import_row");

            migrationBuilder.DropTable(
                name: "lead_import");

            migrationBuilder.DropIndex(
                name: "ix_mailbox_event_orphan",
                table: "mailbox_event");

            migrationBuilder.DropIndex(
                name: "ix_conversation_waiting",
                table: "conversation");

            migrationBuilder.DropColumn(
                name: "first_response_minutes",
                table: "department");

            migrationBuilder.DropColumn(
                name: "next_response_minutes",
                table: "department");

            migrationBuilder.DropColumn(
                name: "overflow_minutes",
                table: "department");

            migrationBuilder.DropColumn(
                name: "pause_when_closed",
                table: "department");

            migrationBuilder.DropColumn(
                name: "missed_clock",
                table: "conversation");

            migrationBuilder.DropColumn(
                name: "owned_since",
                table: "conversation");

            migrationBuilder.DropColumn(
                name: "person_answered",
                table: "conversation");

            migrationBuilder.DropColumn(
                name: "window_notice",
                table: "conversation");

            migrationBuilder.CreateIndex(
                name: "ix_mailbox_event_orphan",
                table: "mailbox_event",
                columns: new[] { "ref_provider_id", "ref_connection" },
                filter: "mailbox_id IS NULL");
        }
    }
}
