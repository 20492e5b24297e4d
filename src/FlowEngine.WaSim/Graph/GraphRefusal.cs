using System.Text.Json.Nodes;

namespace FlowEngine.WaSim.Graph;

/// <summary>An error in the provider's form: HTTP status and the <c>error</c> object (cloud-api.md section 7).</summary>
public sealed record GraphRefusal(int HttpStatus, int Code, string Title, string? Details = null, int? Subcode = null)
{
    private static readonly Dictionary<int, (int Http, string Title)> Known = new()
    {
        [2] = (503, "An unexpected error has occurred. Please retry your request later."),
        [100] = (400, "Invalid parameter"),
        [190] = (401, "Error validating access token"),
        [130429] = (400, "Rate limit hit"),
        [131000] = (500, "Something went wrong"),
        [131008] = (400, "Required parameter is missing"),
        [131009] = (400, "Parameter value is not valid"),
        [131021] = (400, "Recipient cannot be sender"),
        [131026] = (400, "Message undeliverable"),
        [131031] = (403, "Account has been locked"),
        [131047] = (400, "Re-engagement message"),
        [131051] = (400, "Unsupported message type"),
        [131052] = (400, "Media download error"),
        [131053] = (400, "Media upload error"),
        [131056] = (400, "(Business Account, Consumer Account) pair rate limit hit"),
        [132000] = (400, "Number of parameters does not match the expected number of params"),
        [132001] = (404, "Template name does not exist in the translation"),
    };

    public static GraphRefusal Of(int code, string? details = null, int? subcode = null, int? http = null)
    {
        var (usual, title) = Known.GetValueOrDefault(code, (400, "Refused by the stand-in"));
        return new GraphRefusal(http ?? usual, code, title, details, subcode);
    }

    public JsonObject ToJson(string trace)
    {
        var error = new JsonObject
        {
            ["message"] = $"(#{Code}) {Title}",
            ["type"] = Subcode == 33 ? "GraphMethodException" : "OAuthException",
            ["code"] = Code,
            ["fbtrace_id"] = trace,
        };
        if (Subcode is { } subcode)
            error["error_subcode"] = subcode;
        if (Details is { } details)
            error["error_data"] = new JsonObject { ["messaging_product"] = "whatsapp", ["details"] = details };
        return new JsonObject { ["error"] = error };
    }

    /// <summary>The item of <c>errors[]</c> in a failed status.</summary>
    public JsonObject ToStatusError() => new()
    {
        ["code"] = Code,
        ["title"] = Title,
        ["message"] = Title,
        ["error_data"] = new JsonObject { ["details"] = Details ?? Title },
    };
}
