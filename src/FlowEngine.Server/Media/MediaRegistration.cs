namespace FlowEngine.Server.Media;

public static class MediaRegistration
{
    /// <summary>Needs a <see cref="DownloadMedia"/>, which the channel brings.</summary>
    /// <param name="dataFolder">Files are kept in <c>media</c> in it when nothing else is configured.</param>
    public static IServiceCollection AddFlowEngineMedia(this IServiceCollection services, IConfiguration configuration, string dataFolder)
    {
        var options = configuration.GetSection("FlowEngine:Media").Get<MediaOptions>() ?? new MediaOptions();
        services.AddSingleton(options);
        services.AddSingleton(new MediaFiles(options.Folder.Length > 0 ? Path.GetFullPath(options.Folder) : Path.Combine(dataFolder, "media")));
        services.AddSingleton<MediaShelf>();
        services.AddSingleton<KeepFile>();
        services.AddSingleton<WantMedia>(provider => provider.GetRequiredService<MediaShelf>().Want);
        return services;
    }
}
