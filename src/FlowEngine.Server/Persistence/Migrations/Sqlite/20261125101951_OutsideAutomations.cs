using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FlowEngine.Server.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OutsideAutomations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "automation",
                table: "connection",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "automation_takes_flows",
                table: "connection",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "automation_takes_queues",
                table: "connection",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "ix_conversation_app",
                table: "conversation",
                column: "unanswered_since",
                filter: "owner_kind = 5");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_conversation_app",
                table: "conversation");

            migrationBuilder.DropColumn(
                name: "automation",
                table: "connection");

            migrationBuilder.DropColumn(
                name: "automation_takes_flows",
                table: "connection");

            migrationBuilder.DropColumn(
                name: "automation_takes_queues",
                table: "connection");
        }
    }
}
