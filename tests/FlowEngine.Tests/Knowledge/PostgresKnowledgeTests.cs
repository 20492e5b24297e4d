using FlowEngine.Server.Persistence.Postgres;
using FlowEngine.Tests.Stores;
using Npgsql;
using Xunit.Abstractions;

namespace FlowEngine.Tests.Knowledge;

/// <summary>The suite on PostgreSQL, and that the two databases agree.</summary>
[Trait("Category", "Postgres")]
public sealed class PostgresKnowledgeTests(ITestOutputHelper output) : KnowledgeSuite(output)
{
    private protected override DatabaseKind Kind => DatabaseKind.Postgres;

    [SkippableFact]
    public async Task The_same_articles_and_questions_score_alike_on_both_databases()
    {
        await using var file = await TestDatabase.Create(DatabaseKind.Sqlite);
        await using var opened = await file.Open();
        var other = Library.Of(opened);
        await Library.WriteCasaLumbre();
        await other.WriteCasaLumbre();
        await Library.WriteMany(300);
        await other.WriteMany(300);

        foreach (var question in Library.Questions().Select(q => q.Text).Concat(["precio del pedido y plazo de entrega con garantía", "ficha referencia17 medida"]))
        {
            (await Library.Find(question, limit: 50)).Should().Equal(await other.Find(question, limit: 50), question);
        }
    }

    [SkippableTheory]
    [InlineData(PostgresPassageIndex.CountSql)]
    [InlineData(PostgresPassageIndex.FindSql)]
    public async Task Among_many_passages_a_search_reads_by_its_index(string sql)
    {
        await Library.WriteMany(5_000);
        await using var connection = new NpgsqlConnection(Database.ConnectionString);
        await connection.OpenAsync();
        await using (var prepare = new NpgsqlCommand($"ANALYZE passage; {PostgresPassageIndex.PreferIndexSql}", connection))
        {
            await prepare.ExecuteNonQueryAsync();
        }

        var statement = "EXPLAIN " + sql.Replace("{0}", "'''esreferencia17'':*'", StringComparison.Ordinal).Replace("{1}", "5", StringComparison.Ordinal);

        var plan = new List<string>();
        await using var explain = new NpgsqlCommand(statement, connection);
        await using var reader = await explain.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(0));
        }

        plan.Should().Contain(line => line.Contains("ix_passage_search", StringComparison.Ordinal))
            .And.NotContain(line => line.Contains("Seq Scan on passage", StringComparison.Ordinal), "the plan is\n{0}", string.Join('\n', plan));
    }
}
