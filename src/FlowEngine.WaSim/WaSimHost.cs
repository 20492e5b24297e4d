using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace FlowEngine.WaSim;

/// <summary>A stand-in in a web server of its own on 127.0.0.1, for tests that meet it over real HTTP.</summary>
public sealed class WaSimHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private WaSimHost(WebApplication app, StandIn sim)
    {
        this.app = app;
        Sim = sim;
        Url = app.Urls.First();
    }

    public StandIn Sim { get; }

    public string Url { get; }

    /// <summary>What a connection's GraphBaseUrl must be.</summary>
    public string GraphBaseUrl => $"{Url}/wasim/graph";

    /// <param name="port">0 takes a free one.</param>
    public static async Task<WaSimHost> Start(WaSimOptions options, TimeProvider clock, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        var sim = new StandIn(options, clock);
        app.MapWaSim(sim);
        await app.StartAsync();
        return new WaSimHost(app, sim);
    }

    public async ValueTask DisposeAsync()
    {
        Sim.Dispose();
        await app.DisposeAsync();
    }
}
