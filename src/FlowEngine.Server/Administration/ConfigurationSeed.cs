namespace FlowEngine.Server.Administration;

/// <summary>
/// What the configuration names is made at the start where it is missing; what is there already stays as the screens left it
/// (decision 20). Also fills the engine's books, so that it must run before the engine does.
/// </summary>
public sealed class ConfigurationSeed(IConfiguration configuration, Departments departments, Connections connections, CompanySettings company)
{
    /// <exception cref="InvalidOperationException">A section cannot be used; the message names it and the rule.</exception>
    public async Task Apply(CancellationToken cancel)
    {
        if (configuration["FlowEngine:TimeZone"] is { Length: > 0 } zone)
        {
            await company.Seed(zone, cancel);
        }

        foreach (var section in configuration.GetSection("FlowEngine:Departments").GetChildren())
        {
            Expect(await departments.Create(new DepartmentInput(section["Key"], section["Name"] ?? section["Key"]), cancel), section);
        }

        foreach (var section in configuration.GetSection("FlowEngine:Connections").GetChildren())
        {
            Expect(await connections.Create(Read(section), cancel), section);
        }

        await company.Refresh(cancel);
        await connections.Refresh(cancel);
    }

    /// <summary>The key is the name as a slug, unless it is given.</summary>
    private static ConnectionInput Read(IConfigurationSection section) => section.Get<ConnectionInput>()! with
    {
        Key = section["Key"] ?? Slug(section["Name"]),
        Name = section["Name"] ?? section["Key"],
    };

    private static string Slug(string? name) =>
        string.Join('-', new string([.. (name ?? "").ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static void Expect<T>(Saved<T> saved, IConfigurationSection section) where T : class
    {
        if (saved is { Status: SaveStatus.Invalid, Errors: { } errors })
        {
            var rules = errors.ByField.Select(e => $"{e.Key} {string.Join(", ", e.Value)}");
            throw new InvalidOperationException($"{section.Path}: {string.Join("; ", rules)}.");
        }
    }
}
