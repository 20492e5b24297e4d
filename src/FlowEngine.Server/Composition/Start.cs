using FlowEngine.Engine.Flows;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Access;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Knowledge.Search;
using FlowEngine.Server.Persistence;

namespace FlowEngine.Server.Composition;

/// <summary>What must be true before the first request: schema, seeds, flows, an administrator.</summary>
public static class Start
{
    public static async Task<FirstAdminMade?> Prepare(WebApplication app, CancellationToken cancel)
    {
        var services = app.Services;
        FirstAdminMade? admin = null;
        await services.GetRequiredService<IDatabaseStart>().Run(cancel, async alone => admin = await Seed(app, alone));
        await services.GetRequiredService<ITurnStore>().Heartbeat(services.GetRequiredService<TimeProvider>().GetUtcNow(), cancel);
        return admin;
    }

    /// <summary>Nodes that start together come here one after the other: the first makes what is missing, the next find it.</summary>
    private static async Task<FirstAdminMade?> Seed(WebApplication app, CancellationToken cancel)
    {
        var services = app.Services;
        await services.GetRequiredService<IndexRenewal>().Run(cancel);
        await services.GetRequiredService<ConfigurationSeed>().Apply(cancel);
        await services.GetRequiredService<ConnectionRepair>().Load(cancel);
        var (published, library) = (services.GetRequiredService<PublishedFlows>(), services.GetRequiredService<FlowLibrary>());
        await published.Load(library, cancel);
        await published.FillTimes(library, cancel);
        if (FlowFolder.Find(app.Configuration["FlowEngine:Flows:Folder"], app.Environment.ContentRootPath) is { } folder)
        {
            await services.GetRequiredService<FlowImport>().ImportFolder(folder, cancel);
        }

        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FirstAdmin>().Ensure(cancel);
    }

    /// <summary>What a newcomer needs to know, on the console and nowhere else: the password is shown once.</summary>
    public static void Greet(TextWriter console, Uri address, FirstAdminMade? admin, bool demo)
    {
        console.WriteLine();
        console.WriteLine($"  FlowEngine is ready.   Inbox: {address}");
        if (admin is { } made)
        {
            console.WriteLine($"  First administrator:   {made.Email}" + (made.Password is { } password ? $"   password (shown once): {password}" : ""));
        }

        if (demo)
        {
            console.WriteLine($"  Chat as a lead:        {new Uri(address, Demo.Path)} (WhatsApp) or {new Uri(address, "/chat")} (web)");
        }

        console.WriteLine();
    }
}
