using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>SQLite compares letters of ASCII only; the function for searches is ours, on each connection that screens open.</summary>
internal sealed class SearchFunction : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Add(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Add(connection);
        return Task.CompletedTask;
    }

    private static void Add(DbConnection connection) =>
        ((SqliteConnection)connection).CreateFunction<string?, string?>(SearchText.Function, text => text is null ? null : SearchText.Fold(text), isDeterministic: true);
}
