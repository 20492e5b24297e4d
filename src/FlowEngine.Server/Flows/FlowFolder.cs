namespace FlowEngine.Server.Flows;

/// <summary>Where the flow definitions are: as configured, else the first <c>flows</c> folder that exists of the working folder, the program's, and the repository's.</summary>
public static class FlowFolder
{
    public static string? Find(string? configured, string contentRoot)
    {
        if (!string.IsNullOrWhiteSpace(configured) && Path.IsPathRooted(configured))
        {
            return Directory.Exists(configured) ? configured : null;
        }

        var name = string.IsNullOrWhiteSpace(configured) ? "flows" : configured;
        return new[] { Environment.CurrentDirectory, AppContext.BaseDirectory, RepositoryRoot(contentRoot) }
            .OfType<string>()
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(Directory.Exists);
    }

    /// <summary>The folder of the solution above the project, when the program runs from its sources; else null.</summary>
    public static string? RepositoryRoot(string contentRoot)
    {
        for (var folder = new DirectoryInfo(contentRoot); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FlowEngine.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
