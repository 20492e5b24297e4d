using FlowEngine.Server.Access;
using FlowEngine.Server.Api.Admin;
using FlowEngine.Server.Api.Automations;
using FlowEngine.Server.Api.Conversations;
using FlowEngine.Server.Api.Knowledge;
using FlowEngine.Server.Api.Leads;
using FlowEngine.Server.Inbox;
using FlowEngine.Server.Leads;
using FlowEngine.Server.Leads.Imports;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Scalar.AspNetCore;

namespace FlowEngine.Server.Api;

/// <summary>The REST API: one file a verb, all mapped here.</summary>
public static class ApiRegistration
{
    public static IServiceCollection AddFlowEngineApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => ApiJson.Apply(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddProblemDetails();
        services.AddOpenApi("v1", ApiDescription.Configure);
        services.TryAddSingleton<InboxQueries>();
        services.AddSingleton<LeadReader>();
        services.AddSingleton<StoredImports>();
        services.AddSingleton<ImportWork>();
        services.AddSingleton<InboxQueries>();
        services.AddSingleton<Health>();
        return services;
    }

    /// <summary>After <c>UseFlowEngineAccess</c>.</summary>
    public static WebApplication MapFlowEngineApi(this WebApplication app)
    {
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/api"), api => api.Use(next => http => PlainAnswers.Explain(http, next)));
        var api = app.MapGroup("/api").AddEndpointFilter(Idempotency.Check);
        MapConversations(api.MapGroup("").RequireAuthorization(Policies.Desk));
        SendMessage.Map(api);
        KeepMedia.Map(api);
        OpenMedia.Map(api);
        FindCommand.Map(api);
        AutomationCalls.Map(api);
        MapAdministration(api);
        ListIncidents.Map(api);
        PostLead.Map(api);
        ValidateFlow.Map(api);
        ImportLeads.Map(api);
        ListImports.Map(api);
        EventStream.Map(api);
        CheckInvariants.Map(api);
        MapDescription(app);
        return app;
    }

    private static void MapConversations(IEndpointRouteBuilder desk)
    {
        ListConversations.Map(desk);
        CountConversations.Map(desk);
        FindConversation.Map(desk);
        ListMessages.Map(desk);
        ListHistory.Map(desk);
        ClaimConversation.Map(desk);
        AddNote.Map(desk);
        TransferConversation.Map(desk);
        ReleaseConversation.Map(desk);
        FinalizeConversation.Map(desk);
        NoAnswerNeeded.Map(desk);
        ReopenConversation.Map(desk);
        ChangeLabels.Map(desk);
        ChangeFields.Map(desk);
        MarkRead.Map(desk);
        RetryIncident.Map(desk);
        SkipIncident.Map(desk);
        DismissIncident.Map(desk);
    }

    private static void MapAdministration(IEndpointRouteBuilder api)
    {
        DepartmentCalls.Map(api);
        AgentCalls.Map(api);
        LabelCalls.Map(api);
        ConnectionCalls.Map(api);
        TemplateCalls.Map(api);
        CompanyCalls.Map(api);
        KnowledgeCalls.Map(api);
    }

    private static void MapDescription(WebApplication app)
    {
        var document = app.MapOpenApi("/openapi/{documentName}.json");
        var page = app.MapScalarApiReference("/docs", options => options.WithTitle("FlowEngine API").WithOpenApiRoutePattern("/openapi/{documentName}.json"));
        if (app.Configuration.GetValue<bool>("FlowEngine:Docs:Public"))
        {
            document.AllowAnonymous();
            page.AllowAnonymous();
        }
    }
}
