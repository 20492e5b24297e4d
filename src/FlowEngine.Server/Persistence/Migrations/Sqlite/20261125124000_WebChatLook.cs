using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FlowEngine.Server.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class WebChatLook : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "web_chat",
                table: "connection",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "web_chat",
                table: "connection");
        }
    }
}
