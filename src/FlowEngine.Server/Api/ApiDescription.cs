using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FlowEngine.Server.Api;

/// <summary>What <c>/openapi/v1.json</c> says beside the calls: only the API, and how to sign in.</summary>
internal static class ApiDescription
{
    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = call => call.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "FlowEngine",
                Version = "v1",
                Description =
                    "Conversations with leads, who owns them, and what may be done. Refusals are problem+json (RFC 9457) with a stable `code`; "
                    + "a conflict also says `owner` and `epoch`. Every mutation honours `Idempotency-Key`. Lists are paged by `cursor`. Times are UTC.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["ApiKey"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "Authorization", Description = "ApiKey <key>" },
                ["Cookie"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "FlowEngine", Description = "Session of /account/login" },
            };
            return Task.CompletedTask;
        });
    }
}
