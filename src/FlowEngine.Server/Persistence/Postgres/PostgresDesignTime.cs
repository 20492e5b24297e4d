using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>For <c>dotnet ef migrations add</c>; reaches no server.</summary>
public sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresContext>
{
    public PostgresContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresContext>();
        PostgresSetup.Configure(options);
        return new PostgresContext(options.Options);
    }
}
