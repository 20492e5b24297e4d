using Npgsql;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>
/// A write that the server has refused for the sake of another one happened not at all, and is done again from the same input (race R132).
/// </summary>
internal static class Retry
{
    private const int Most = 10;

    /// <param name="connectionToo">Also when the connection broke, so that nobody knows whether it happened: only for what may be done twice.</param>
    public static async Task<T> Run<T>(Func<Task<T>> write, bool connectionToo)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await write();
            }
            catch (NpgsqlException refused) when (attempt < Most && (LostToAnother(refused) || (connectionToo && attempt == 1 && IsBroken(refused))))
            {
                // The other one has committed, or the next connection is a new one.
            }
        }
    }

    /// <summary>Deadlock, serialization failure, or a key that another node has just made: a contact's alias, a conversation, an event.</summary>
    private static bool LostToAnother(NpgsqlException refused) => refused is PostgresException server && server.SqlState switch
    {
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => true,
        PostgresErrorCodes.UniqueViolation => server.TableName is "contact_alias" or "conversation"
            || server.ConstraintName?.Contains("dedupe_key", StringComparison.Ordinal) == true,
        _ => false,
    };

    private static bool IsBroken(NpgsqlException refused) => refused is not PostgresException
        || refused.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow;
}
