using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>For <c>dotnet ef migrations add</c>; opens no database.</summary>
public sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteContext>
{
    public SqliteContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteContext>();
        SqliteSetup.Configure(options, "design.db");
        return new SqliteContext(options.Options, new WriteGate(), new StaffBook());
    }
}
