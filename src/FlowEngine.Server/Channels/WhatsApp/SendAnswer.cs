using System.Net;
using System.Text.Json;
using FlowEngine.Conversations;
using FlowEngine.Engine.Errors;
using FlowEngine.Engine.Outbox;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>
/// What an answer to a send means (cloud-api.md sections 6, 7 and 9): accepted only where a message id can be read, rejected where the
/// provider says so by a code, unknown for everything that leaves room for the message having been taken.
/// </summary>
internal sealed class SendAnswer(ErrorCatalog catalog, Func<double> chance)
{
    /// <param name="attempt">Number of this attempt, from 1: it picks the wait before the next one.</param>
    /// <param name="retryAfter">The header of that name, which a proxy may have set.</param>
    public SendResult Read(HttpStatusCode status, ReadOnlyMemory<byte> body, int attempt, TimeSpan? retryAfter)
    {
        using var json = Parse(body);
        var root = json?.RootElement;
        if (root.Part("error"u8) is { ValueKind: JsonValueKind.Object } error)
            return Refused(GraphError.Read(error), status, attempt, retryAfter);
        if ((int)status is >= 200 and < 300)
            return FirstId(root) is { } id ? SendResult.Accepted(id) : Lost(ErrorCatalog.NoReply, "The answer carries no message id.");
        if ((int)status >= 500)
            return Lost(ErrorCatalog.ServerErrorWithoutBody, $"HTTP {(int)status}");

        var entry = catalog.Find(status == HttpStatusCode.TooManyRequests ? ErrorCatalog.Throughput : ErrorCatalog.UnknownCode)!;
        return Reject(entry, new SendError(entry.Code, entry.Category, entry.Name, $"HTTP {(int)status}"), attempt, retryAfter);
    }

    /// <summary>Nothing of the request left: it may be repeated.</summary>
    public SendResult NotConnected(int attempt, string details)
    {
        var entry = catalog.Find(ErrorCatalog.Connect)!;
        return Reject(entry, new SendError(entry.Code, entry.Category, entry.Name, details), attempt, null);
    }

    /// <summary>The request may have been taken: nobody may repeat it blindly.</summary>
    public SendResult Lost(string code, string details)
    {
        var entry = catalog.Find(code)!;
        return SendResult.Unknown(new SendError(entry.Code, entry.Category, entry.Name, details));
    }

    private SendResult Refused(GraphError error, HttpStatusCode status, int attempt, TimeSpan? retryAfter)
    {
        var entry = error.Entry(catalog);
        var unstable = error.IsTransient || (entry is null && (int)status >= 500);
        if (unstable && entry is not { Retry.IsAutomatic: true })
            entry = catalog.AnyTransient;

        var refusal = error.ToSendError(catalog) with { Category = entry?.Category ?? "provider_api" };
        return entry is null ? SendResult.Rejected(refusal) : Reject(entry, refusal, attempt, retryAfter);
    }

    private SendResult Reject(ErrorEntry entry, SendError error, int attempt, TimeSpan? retryAfter)
    {
        var wait = entry.Retry.After(attempt, chance());
        return SendResult.Rejected(error, wait < retryAfter ? retryAfter : wait, entry.PausesConnection);
    }

    private static string? FirstId(JsonElement? root)
    {
        var messages = root.Part("messages"u8);
        return messages is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? list[0].Text("id"u8) : null;
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return body.IsEmpty ? null : JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
