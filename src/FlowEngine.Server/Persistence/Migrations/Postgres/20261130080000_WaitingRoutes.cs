using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FlowEngine.Server.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class WaitingRoutes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "route",
                table: "bookmark",
                type: "text",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_bookmark_route",
                table: "bookmark",
                column: "route",
                filter: "route IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_bookmark_route",
                table: "bookmark");

            migrationBuilder.DropColumn(
                name: "route",
                table: "bookmark");
        }
    }
}
