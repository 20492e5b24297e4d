using FlowEngine.Server.Access;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Ai;
using FlowEngine.Server.Api;
using FlowEngine.Server.Automations;
using FlowEngine.Server.Channels.WebChat;
using FlowEngine.Server.Channels.WhatsApp;
using FlowEngine.Server.Composition;
using FlowEngine.Server.Endpoints;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Hooks;
using FlowEngine.Server.Inbox.Screens;
using FlowEngine.Server.Jobs;
using FlowEngine.Server.Knowledge;
using FlowEngine.Server.Media;
using FlowEngine.Server.Nodes;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Requests;
using FlowEngine.Server.Studio;
using FlowEngine.Server.Telemetry;
using FlowEngine.Server.Trials;
using FlowEngine.WaSim;

ArrivalOrder.OfSockets();
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.Find() });
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(ArrivalOrder.OfConnection));
}).UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
builder.Logging.AddFlowEngineLogs(builder.Configuration, builder.Environment);
var node = NodeSettings.Read(builder.Configuration);
var demo = node.Web && Demo.IsWanted(builder.Configuration);
var data = DataFolder.Find(builder.Configuration, builder.Environment);

builder.Services.AddFlowEngineNode(node);
builder.Services.AddFlowEngine(builder.Configuration);
builder.Services.AddFlowEnginePersistence(builder.Configuration.GetConnectionString(PersistenceRegistration.ConnectionName), Path.Combine(data, "flowengine.db"));
builder.Services.AddWhatsApp();
builder.Services.AddFlowEngineMedia(builder.Configuration, data);
builder.Services.AddWebChat(builder.Configuration);
builder.Services.AddFlowEngineAccess(builder.Configuration);
builder.Services.AddFlowEngineAdministration();
builder.Services.AddFlowEngineKnowledge(builder.Configuration);
builder.Services.AddFlowEngineApi();
builder.Services.AddFlowEngineAi(builder.Configuration);
builder.Services.AddFlowEngineStudio();
builder.Services.AddFlowEngineTrials();
builder.Services.AddFlowEngineRequests(builder.Configuration);
builder.Services.AddFlowEndpoints();
builder.Services.AddFlowEngineHooks(builder.Configuration, sends: node.Worker);
builder.Services.AddFlowEngineJobs(builder.Configuration, worker: node.Worker);
builder.Services.AddFlowEngineTelemetry(builder.Configuration);
builder.Services.AddInboxScreens();
builder.Services.AddHostedService<AppWatch>();
builder.Services.AddHostedService<MediaLoop>();
builder.Services.AddHostedService(services => services.GetRequiredService<Census>());
builder.Services.AddHostedService(services => services.GetRequiredService<TimedStarts>());
builder.Services.AddSingleton<EngineHost>().AddHostedService(services => services.GetRequiredService<EngineHost>());
if (demo)
{
    builder.Services.AddSingleton(services => new StandIn(Demo.NewOptions(data), services.GetRequiredService<TimeProvider>())).AddSingleton<Demo>();
}

var app = builder.Build();
app.LogJobs();
var admin = await Start.Prepare(app, CancellationToken.None);
app.Use(next => http => app.Services.GetRequiredService<Arrivals>().Note(http, next));
app.Use(next => http => app.Services.GetRequiredService<Leaving>().TellProxy(http, next));
if (node.Web)
{
    app.UseLostPages();
}

app.UseFlowEngineAccess();
Health.Map(app);
app.MapMetrics();
if (node.Web)
{
    app.MapWhatsAppWebhook();
    app.MapWebChat();
    app.MapAccount();
    app.MapFlowEngineApi();
    app.MapFlowEngineStudio();
    app.MapFlowEndpoints();
    app.MapJobs();
    app.MapInboxScreens();
}

if (demo)
{
    app.MapWaSim(app.Services.GetRequiredService<StandIn>(), Demo.Path);
}

await app.StartAsync();
var address = ServerAddress.Of(app.Services);
if (demo)
{
    await app.Services.GetRequiredService<Demo>().Connect(address, CancellationToken.None);
}

app.Services.GetRequiredService<EngineHost>().Begin();
Start.Greet(Console.Out, address, admin, demo);
await app.WaitForShutdownAsync();

/// <summary>The server's entry, named for tests that host it.</summary>
public partial class Program;
