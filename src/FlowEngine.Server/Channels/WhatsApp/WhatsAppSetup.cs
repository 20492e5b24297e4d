using System.Security.Cryptography;
using FlowEngine.Engine.Errors;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Outbox;
using FlowEngine.Server.Media;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>What WhatsApp needs in the container; <c>Intake</c>, <c>ConnectionBook</c>, <c>Ids</c> and the clock come from the composition.</summary>
public static class WhatsAppSetup
{
    public static IServiceCollection AddWhatsApp(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton(ErrorCatalog.Default);
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<WebhookReader>();
        services.AddSingleton<Arrivals>();
        services.AddSingleton<AcceptEvents>(provider =>
        {
            var intake = provider.GetRequiredService<Intake>();
            return async (events, cancel) => await intake.Accept(events, cancel);
        });
        services.AddSingleton<GraphMedia>();
        services.AddSingleton<GraphUploads>();
        services.AddSingleton<DownloadMedia>(provider => provider.GetRequiredService<GraphMedia>().Download);
        services.AddSingleton<IChannel>(provider =>
            new WhatsAppChannel(provider.GetRequiredService<ErrorCatalog>(), provider.GetRequiredService<TimeProvider>(), Chance, provider.GetRequiredService<GraphUploads>()));
        return services;
    }

    private static double Chance() => RandomNumberGenerator.GetInt32(1 << 20) / (double)(1 << 20);
}
