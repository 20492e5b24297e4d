namespace FlowEngine.BrowserTests;

/// <summary>What the environment says about this run.</summary>
internal static class Setting
{
    private static readonly string[] BrowserNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    /// <summary>In continuous integration something missing fails; elsewhere it skips.</summary>
    public static bool IsContinuousIntegration => Environment.GetEnvironmentVariable("CI") == "true";

    public static string Root { get; } = FindRoot();

    /// <summary>The server as it is deployed: outside Development the static files exist only there. Null when nothing is published.</summary>
    public static string? PublishedServer
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("FLOWENGINE_PUBLISHED") ?? Path.Combine(Root, "artifacts", "web");
            var server = Path.Combine(folder, "FlowEngine.Server.dll");
            return File.Exists(server) ? server : null;
        }
    }

    /// <summary>FLOWENGINE_CHROMIUM, or the first Chromium or Chrome on PATH.</summary>
    public static string? Browser =>
        Environment.GetEnvironmentVariable("FLOWENGINE_CHROMIUM") is { Length: > 0 } named
            ? named
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                .SelectMany(folder => BrowserNames.Select(name => Path.Combine(folder, name)))
                .FirstOrDefault(File.Exists);

    /// <summary>artifacts/screens; with FLOWENGINE_SCREENSHOTS set, docs/images too for a picture of the README.</summary>
    public static IEnumerable<string> PictureFolders(bool forTheReadme) =>
        forTheReadme && Environment.GetEnvironmentVariable("FLOWENGINE_SCREENSHOTS") is { Length: > 0 }
            ? [Path.Combine(Root, "artifacts", "screens"), Path.Combine(Root, "docs", "images")]
            : [Path.Combine(Root, "artifacts", "screens")];

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "FlowEngine.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"FlowEngine.sln is in no folder above {AppContext.BaseDirectory}");
    }
}
