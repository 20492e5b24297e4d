namespace FlowEngine.Server.Composition;

/// <summary>
/// Where settings and static files are. A published server may be started from any folder, as service managers do: the data goes to
/// the working folder, the program's own files are beside the program.
/// </summary>
public static class ContentRoot
{
    private const string Settings = "appsettings.json";

    /// <summary>The program's folder when the working folder is not it; null leaves the framework's own choice.</summary>
    public static string? Find() =>
        !File.Exists(Settings) && File.Exists(Path.Combine(AppContext.BaseDirectory, Settings)) ? AppContext.BaseDirectory : null;
}
