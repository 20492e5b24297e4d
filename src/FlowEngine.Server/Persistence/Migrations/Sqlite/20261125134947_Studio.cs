using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FlowEngine.Server.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Studio : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "deleted_at",
                table: "definition",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "description",
                table: "definition",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "revision",
                table: "definition",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "saved_by",
                table: "definition",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "saved_by_name",
                table: "definition",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "saved_from",
                table: "definition",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "tool_version",
                table: "definition",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_instance_version_id",
                table: "instance",
                column: "version_id");

            migrationBuilder.CreateIndex(
                name: "ix_definition_name",
                table: "definition",
                column: "name");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_instance_version_id",
                table: "instance");

            migrationBuilder.DropIndex(
                name: "ix_definition_name",
                table: "definition");

            migrationBuilder.DropColumn(
                name: "deleted_at",
                table: "definition");

            migrationBuilder.DropColumn(
                name: "description",
                table: "definition");

            migrationBuilder.DropColumn(
                name: "revision",
                table: "definition");

            migrationBuilder.DropColumn(
                name: "saved_by",
                table: "definition");

            migrationBuilder.DropColumn(
                name: "saved_by_name",
                table: "definition");

            migrationBuilder.DropColumn(
                name: "saved_from",
                table: "definition");

            migrationBuilder.DropColumn(
                name: "tool_version",
                table: "definition");
        }
    }
}
