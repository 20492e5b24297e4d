using FlowEngine.Engine.Flows;
using FlowEngine.Server.Flows;
using FlowEngine.Tests.Api;
using FlowEngine.Tests.Stores;
using FlowEngine.Tests.Studio;
using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine.Tests.Flows;

/// <summary>Publishing while this node reads again what other nodes have published.</summary>
public abstract class PublishingRaceSuite(DatabaseKind kind)
{
    [SkippableFact]
    public async Task What_is_published_while_the_published_flows_are_read_again_stays_published_in_memory()
    {
        await using var host = await ApiHost.On(kind);
        var (published, library) = (host.Services.GetRequiredService<PublishedFlows>(), host.Services.GetRequiredService<FlowLibrary>());
        using var done = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                await published.Load(library, CancellationToken.None);
            }
        });

        foreach (var id in Enumerable.Range(0, 40).Select(n => $"flow-{n}"))
        {
            await host.As("admin").Save(StudioCalls.Hello(id), publish: true);
            library.FindPublished(id).Should().NotBeNull();
            await published.Load(library, CancellationToken.None);
            library.FindPublished(id).Should().NotBeNull("a reading from before it was published must not take it away");
        }

        await done.CancelAsync();
        await reading;
    }
}

public sealed class SqlitePublishingRaceTests() : PublishingRaceSuite(DatabaseKind.Sqlite);

[Trait("Category", "Postgres")]
public sealed class PostgresPublishingRaceTests() : PublishingRaceSuite(DatabaseKind.Postgres);
