using FlowEngine.Engine.Hooks;

namespace FlowEngine.Server.Hooks;

public static class HooksRegistration
{
    /// <summary>The webhooks of <c>FlowEngine:Webhooks:N:{Url,Events,Secret}</c> and who sends them.</summary>
    /// <param name="sends">Whether this process sends; every process writes what is owed.</param>
    public static IServiceCollection AddFlowEngineHooks(this IServiceCollection services, IConfiguration configuration, bool sends = true)
    {
        services.AddSingleton(Read(configuration));
        services.AddSingleton<HookPost>();
        if (sends)
        {
            services.AddHostedService<HookSender>();
        }

        return services;
    }

    /// <exception cref="InvalidOperationException">A webhook has no usable address, or wants a type that does not exist.</exception>
    public static HookSettings Read(IConfiguration configuration) =>
        new([.. configuration.GetSection("FlowEngine:Webhooks").GetChildren().Select(Read)]);

    private static HookEndpoint Read(IConfigurationSection section)
    {
        if (!Uri.TryCreate(section["Url"], UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new InvalidOperationException($"{section.Path} needs a Url that begins with http or https.");
        }

        var events = (section["Events"] ?? "*").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (events.FirstOrDefault(e => e != "*" && !HookTypes.All.Contains(e)) is { } unknown)
        {
            throw new InvalidOperationException($"{section.Path} wants {unknown}; there are {string.Join(", ", HookTypes.All)}.");
        }

        return new HookEndpoint(url, events.Contains("*") ? new HashSet<string>() : events.ToHashSet(StringComparer.Ordinal), section["Secret"] is { Length: > 0 } secret ? secret : null);
    }
}
