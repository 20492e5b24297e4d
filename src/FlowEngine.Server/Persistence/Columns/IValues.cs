namespace FlowEngine.Server.Persistence.Columns;

/// <summary>The values of one statement, bound in order; what a column holds is said once for both databases.</summary>
internal interface IValues<TSelf>
    where TSelf : IValues<TSelf>
{
    TSelf Bind(int value);

    TSelf Bind(long value);

    TSelf Bind(bool value);

    TSelf Bind(DateTimeOffset value);

    TSelf Bind(DateTimeOffset? value);

    TSelf Bind(Guid value);

    TSelf Bind(Guid? value);

    TSelf Bind(byte[] value);

    TSelf Bind(string? value);

    /// <summary>JSON that is only stored and read again.</summary>
    TSelf BindJson(byte[]? utf8);

    /// <summary>JSON that the database may look into.</summary>
    TSelf BindQueriedJson(byte[] utf8);
}
