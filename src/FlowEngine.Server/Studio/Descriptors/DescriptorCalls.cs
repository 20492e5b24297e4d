using System.Text.Json.Nodes;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Studio.Wire;
using FlowEngine.Workflows.Activities;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Descriptors;

/// <summary>What there is to draw with: activities, expressions, types, strategies.</summary>
internal static class DescriptorCalls
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/descriptors/activities", Activities);
        api.MapGet("/descriptors/activities/{typeName}", Activity);
        api.MapPost("/descriptors/activities/{typeName}/options/{propertyName}", Options);
        api.MapGet("/descriptors/expression-descriptors", (ActivityCatalog catalog) => ElsaJson.Ok(new ElsaList<ExpressionType>(FixedDescriptors.Expressions(catalog.TrustsCSharp))));
        api.MapGet("/descriptors/variables", () => ElsaJson.Ok(new { items = FixedDescriptors.Variables }));
        api.MapGet("/descriptors/storage-drivers", () => ElsaJson.Ok(new { items = FixedDescriptors.StorageDrivers }));
        api.MapGet("/descriptors/workflow-activation-strategies", () => ElsaJson.Ok(new ElsaList<Strategy>(FixedDescriptors.Activation)));
        api.MapGet("/descriptors/incident-strategies", () => ElsaJson.Ok(new ElsaList<Strategy>(FixedDescriptors.Incidents)));
        api.MapGet("/descriptors/log-persistence-strategies", () => ElsaJson.Ok(new ElsaList<Strategy>(FixedDescriptors.LogPersistence)));
        api.MapGet("/descriptors/commit-strategies/{kind:regex(^(workflows|activities)$)}", () => ElsaJson.Ok(new ElsaList<Strategy>([])));
        api.MapGet("/descriptors/output-converters", () => ElsaJson.Ok(new ElsaList<string>([])));
    }

    private static async Task<IResult> Activities(ActivityTypes types, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var company = await CompanyChoices.Read(context, cancel);
        return ElsaJson.Ok(new ElsaList<JsonObject>([.. types.All.Select(d => ActivityView.Of(d, company)), .. await UsableWorkflows.Read(context, company, types, cancel)]));
    }

    private static async Task<IResult> Activity(string typeName, ActivityTypes types, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        if (types.Find(typeName) is not { } descriptor)
        {
            return Results.NotFound();
        }

        await using var context = await contexts.CreateDbContextAsync(cancel);
        return ElsaJson.Ok(ActivityView.Of(descriptor, await CompanyChoices.Read(context, cancel)));
    }

    /// <summary>The choices of one input as they are now, for tools that ask for them by themselves.</summary>
    private static async Task<IResult> Options(string typeName, string propertyName, ActivityTypes types, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        if (types.Find(typeName) is not { } descriptor || descriptor.Inputs.FirstOrDefault(i => i.Name == propertyName) is not { } input)
        {
            return Results.NotFound();
        }

        await using var context = await contexts.CreateDbContextAsync(cancel);
        var company = await CompanyChoices.Read(context, cancel);
        return ElsaJson.Ok(new { items = InputView.Specification(input, InputView.HintOf(descriptor, input), company) });
    }
}
