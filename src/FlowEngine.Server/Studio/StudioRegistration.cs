using FlowEngine.Server.Access;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Studio.Alterations;
using FlowEngine.Server.Studio.Definitions;
using FlowEngine.Server.Studio.Descriptors;
using FlowEngine.Server.Studio.Hosting;
using FlowEngine.Server.Studio.Identity;
using FlowEngine.Server.Studio.Instances;
using FlowEngine.Server.Studio.Instances.Imports;
using FlowEngine.Server.Studio.Live;

namespace FlowEngine.Server.Studio;

/// <summary>Elsa Studio at <c>/studio</c>, and at <c>/elsa/api</c> the API that it and other tools of Elsa speak.</summary>
public static class StudioRegistration
{
    public static IServiceCollection AddFlowEngineStudio(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddSingleton(StudioFiles.Find());
        services.AddSingleton<ActivityTypes>();
        services.AddSingleton<DefinitionView>();
        services.AddSingleton<RunDoors>();
        services.AddSignalR();
        services.AddSingleton<InstanceWatch>().AddHostedService(provider => provider.GetRequiredService<InstanceWatch>());
        services.AddSingleton<FlowDrafts>().AddSingleton<FlowPublishing>().AddSingleton<FlowVersions>();
        return services;
    }

    /// <summary>After <c>UseFlowEngineAccess</c>.</summary>
    public static WebApplication MapFlowEngineStudio(this WebApplication app)
    {
        StudioPages.Map(app);
        var api = app.MapGroup("/elsa/api").ExcludeFromDescription();
        LoginCalls.Map(api);
        MapReading(api.MapGroup("").RequireAuthorization(Policies.Supervisor));
        MapChanging(api.MapGroup("").RequireAuthorization(Policies.Admin));
        app.MapHub<InstanceHub>("/elsa/hubs/workflow-instance").RequireAuthorization(Policies.Supervisor);
        return app;
    }

    private static void MapReading(RouteGroupBuilder api)
    {
        FeatureCalls.Map(api);
        DescriptorCalls.Map(api);
        ResilienceCalls.Map(api);
        ReadDefinitions.Map(api);
        MoveDefinitions.MapRead(api);
        GraphCalls.Map(api);
        ScriptTypes.Map(api);
        ReadInstances.Map(api);
        JournalCalls.Map(api);
        ActivityCalls.Map(api);
        AlterationCalls.MapRead(api);
    }

    private static void MapChanging(RouteGroupBuilder api)
    {
        ChangeDefinitions.Map(api);
        BulkDefinitions.Map(api);
        MoveDefinitions.MapChange(api);
        ChangeInstances.Map(api);
        ImportRuns.Map(api);
        AlterationCalls.MapChange(api);
        StartRuns.Map(api);
        TestActivity.Map(api);
    }
}
