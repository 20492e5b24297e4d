using FlowEngine.Server.Flows;

namespace FlowEngine.Server.Composition;

/// <summary>Where the embedded database and keys live: as configured, else <c>data</c> in the repository (under <c>dotnet run</c>) or the working folder (decision 21).</summary>
public static class DataFolder
{
    public static string Find(IConfiguration configuration, IHostEnvironment environment)
    {
        var configured = configuration["FlowEngine:Data"];
        if (!string.IsNullOrWhiteSpace(configured))
        {
            return Path.GetFullPath(configured);
        }

        var home = environment.IsDevelopment() ? FlowFolder.RepositoryRoot(environment.ContentRootPath) : null;
        return Path.Combine(home ?? Environment.CurrentDirectory, "data");
    }
}
