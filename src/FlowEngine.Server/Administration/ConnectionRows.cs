using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FlowEngine.Engine.Connections;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.AspNetCore.DataProtection;

namespace FlowEngine.Server.Administration;

/// <summary>Between a connection in memory, with its secrets in clear, and its row, where they are encrypted.</summary>
public sealed partial class ConnectionRows(IDataProtectionProvider protection, ILogger<ConnectionRows> log)
{
    private readonly IDataProtector protector = protection.CreateProtector("FlowEngine.Connections.Secrets");

    public Connection Read(StoredConnection row) => new()
    {
        Key = row.Key,
        Name = row.Name,
        Kind = row.Kind,
        Flow = row.Flow,
        Department = row.Department,
        PhoneNumberId = row.PhoneNumberId,
        BusinessAccountId = row.BusinessAccountId,
        AccessToken = Open(row, row.AccessToken),
        AppSecret = Open(row, row.AppSecret),
        VerifyToken = Open(row, row.VerifyToken),
        GraphBaseUrl = row.GraphBaseUrl,
        GraphVersion = row.GraphVersion,
        EchoTakesOver = row.EchoTakesOver,
        EscapeWords = row.EscapeWords is null ? null : JsonSerializer.Deserialize<List<string>>(row.EscapeWords),
        Automation = row.Automation,
        AutomationTakesFlows = row.AutomationTakesFlows,
        AutomationTakesQueues = row.AutomationTakesQueues,
        Active = row.Active,
        WebChat = row.WebChat is null ? null : JsonSerializer.Deserialize<ChatLook>(row.WebChat),
    };

    public void Write(StoredConnection row, Connection connection)
    {
        row.Name = connection.Name;
        row.Kind = connection.Kind;
        row.Flow = connection.Flow;
        row.Department = connection.Department;
        row.PhoneNumberId = connection.PhoneNumberId;
        row.BusinessAccountId = connection.BusinessAccountId;
        row.AccessToken = Seal(connection.AccessToken);
        row.AppSecret = Seal(connection.AppSecret);
        row.VerifyToken = Seal(connection.VerifyToken);
        row.GraphBaseUrl = connection.GraphBaseUrl;
        row.GraphVersion = connection.GraphVersion;
        row.EchoTakesOver = connection.EchoTakesOver;
        row.EscapeWords = connection.EscapeWords is null ? null : JsonSerializer.Serialize(connection.EscapeWords);
        row.Automation = connection.Automation;
        row.AutomationTakesFlows = connection.AutomationTakesFlows;
        row.AutomationTakesQueues = connection.AutomationTakesQueues;
        row.Active = connection.Active;
        row.WebChat = connection.WebChat is null ? null : JsonSerializer.Serialize(connection.WebChat);
    }

    private byte[]? Seal(string? secret) => string.IsNullOrEmpty(secret) ? null : protector.Protect(Encoding.UTF8.GetBytes(secret));

    /// <summary>A secret whose key is lost counts as missing, so that the rest of the system still starts; an administrator enters it again.</summary>
    private string? Open(StoredConnection row, byte[]? bytes)
    {
        try
        {
            return bytes is null ? null : Encoding.UTF8.GetString(protector.Unprotect(bytes));
        }
        catch (CryptographicException)
        {
            LogUnreadable(row.Key);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A secret of connection {Connection} cannot be decrypted with the present keys; enter it again")]
    private partial void LogUnreadable(string connection);
}
