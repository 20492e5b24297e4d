using System.Text.Json;
using FlowEngine.Conversations;
using FlowEngine.Engine.Errors;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>An error as the provider writes it, in an answer or in a failed status. Any field may be missing (cloud-api.md section 6).</summary>
internal sealed record GraphError(string? Code, string Message, string? Details, bool IsTransient)
{
    public static GraphError Read(JsonElement error)
    {
        var data = error.Part("error_data"u8);
        var details = data.Text("details"u8) ?? (data is { ValueKind: JsonValueKind.String } words ? words.AsText() : null);
        var trace = error.Text("fbtrace_id"u8);
        return new GraphError(
            CodeOf(error),
            error.Text("message"u8) ?? error.Text("title"u8) ?? "No message",
            trace is null ? details : $"{details} (trace {trace})".TrimStart(),
            error.Part("is_transient"u8) is { ValueKind: JsonValueKind.True });
    }

    public SendError ToSendError(ErrorCatalog catalog) => new(Code ?? ErrorCatalog.UnknownCode, Entry(catalog)?.Category ?? "provider_api", Message, Details);

    public ErrorEntry? Entry(ErrorCatalog catalog) => Code is null ? null : catalog.Find(Code);

    /// <summary>Code 100 with subcode 33 is the unknown number, which the table has as 33; other subcodes change nothing that we decide.</summary>
    private static string? CodeOf(JsonElement error)
    {
        var code = error.Text("code"u8);
        return code == "100" && error.Text("error_subcode"u8) == "33" ? "33" : code;
    }
}
