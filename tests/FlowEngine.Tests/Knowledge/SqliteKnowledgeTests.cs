using FlowEngine.Server.Persistence.Sqlite;
using FlowEngine.Tests.Stores;
using Xunit.Abstractions;

namespace FlowEngine.Tests.Knowledge;

/// <summary>The suite on SQLite.</summary>
public sealed class SqliteKnowledgeTests(ITestOutputHelper output) : KnowledgeSuite(output)
{
    private protected override DatabaseKind Kind => DatabaseKind.Sqlite;

    [Theory]
    [InlineData(SqlitePassageIndex.CountSql)]
    [InlineData(SqlitePassageIndex.FindSql)]
    [InlineData("SELECT count(*) FROM (SELECT 1 FROM passage WHERE language = {0} LIMIT {1})")]
    public void A_search_reads_by_its_index_and_sorts_nothing(string sql)
    {
        using var session = Session.Reading(Path.Combine(Database.Folder, "flowengine.db"));
        var statement = "EXPLAIN QUERY PLAN " + sql.Replace("{0}", "'\"eshorari\"*'", StringComparison.Ordinal).Replace("{1}", "5", StringComparison.Ordinal);

        var plan = session.Prepare(statement).All(row =>
        {
            _ = (row.Int(), row.Int(), row.Int());
            return row.Text();
        });

        plan.Where(step => step.StartsWith("SCAN", StringComparison.Ordinal) && !step.Contains("VIRTUAL TABLE", StringComparison.Ordinal) && !step.Contains("subquery", StringComparison.Ordinal))
            .Should().BeEmpty("the plan is {0}", string.Join("; ", plan));
        plan.Should().NotContain(step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }
}
