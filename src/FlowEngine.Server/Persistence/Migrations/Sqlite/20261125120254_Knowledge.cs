using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FlowEngine.Server.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Knowledge : Migration
    {
        // The index keeps no copy of the passages; triggers keep it in step within whatever transaction changes them. A later migration
        // that rebuilds the table passage must make the triggers again.
        private const string IndexSql =
            """
            CREATE VIRTUAL TABLE passage_index USING fts5(heading_terms, text_terms, content='passage', content_rowid='seq', tokenize='unicode61 remove_diacritics 0');
            CREATE TRIGGER passage_inserted AFTER INSERT ON passage BEGIN
              INSERT INTO passage_index(rowid, heading_terms, text_terms) VALUES (new.seq, new.heading_terms, new.text_terms);
            END;
            CREATE TRIGGER passage_deleted AFTER DELETE ON passage BEGIN
              INSERT INTO passage_index(passage_index, rowid, heading_terms, text_terms) VALUES ('delete', old.seq, old.heading_terms, old.text_terms);
            END;
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "article",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    title_folded = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    labels = table.Column<string>(type: "TEXT", nullable: false),
                    active = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    indexed_by = table.Column<int>(type: "INTEGER", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_by = table.Column<string>(type: "TEXT", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_article", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "passage",
                columns: table => new
                {
                    seq = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    article_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    heading = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    heading_terms = table.Column<string>(type: "TEXT", nullable: false),
                    text_terms = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_passage", x => x.seq);
                    table.ForeignKey(
                        name: "fk_passage_article_article_id",
                        column: x => x.article_id,
                        principalTable: "article",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_article_language_title",
                table: "article",
                columns: new[] { "language", "title" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_article_title_folded_id",
                table: "article",
                columns: new[] { "title_folded", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_passage_article_id_ordinal",
                table: "passage",
                columns: new[] { "article_id", "ordinal" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_passage_language",
                table: "passage",
                column: "language");

            migrationBuilder.Sql(IndexSql);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE passage_index");

            migrationBuilder.DropTable(
                name: "passage");

            migrationBuilder.DropTable(
                name: "article");
        }
    }
}
