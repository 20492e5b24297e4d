using FlowEngine.Engine.Connections;
using FlowEngine.Server.Administration;

namespace FlowEngine.Server.Inbox.Screens.Desk;

/// <summary>A key or id with the name that people know it by.</summary>
public sealed record Named(string Key, string Name, string? Colour = null);

/// <summary>Who works here and what there is to choose from, as read when the desk opens and now and then afterwards.</summary>
public sealed class DeskDirectory(ConnectionBook connections, Departments departments, Agents agents, Labels labels, Templates templates, TimeProvider time)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(1);

    private DateTimeOffset loaded;

    private IReadOnlyList<string> mine = [];

    public IReadOnlyList<Named> Departments { get; private set; } = [];

    public IReadOnlyList<Named> Agents { get; private set; } = [];

    public IReadOnlyList<Named> Labels { get; private set; } = [];

    /// <summary>Those that the provider lets us send.</summary>
    public IReadOnlyList<Template> Templates { get; private set; } = [];

    public IReadOnlyList<Named> Connections => [.. connections.All.Select(c => new Named(c.Key, c.Name)).OrderBy(c => c.Name, StringComparer.CurrentCulture)];

    public Connection? Connection(string key) => connections.Find(key);

    public string DepartmentName(string key) => Departments.FirstOrDefault(d => d.Key == key)?.Name ?? key;

    public string? LabelColour(string name) => Labels.FirstOrDefault(l => l.Key == name)?.Colour;

    /// <summary>A chat of another department is theirs to hear. Who is in no department hears all.</summary>
    public bool Concerns(string? department) => department is null || mine.Count == 0 || mine.Contains(department);

    /// <summary>Reads again what may have changed while the desk stood open all day; nothing within a minute of the last reading.</summary>
    public Task Keep(Me me, CancellationToken cancel) => time.GetUtcNow() - loaded < Lasts ? Task.CompletedTask : Load(me, cancel);

    public async Task Load(Me me, CancellationToken cancel)
    {
        loaded = time.GetUtcNow();
        Departments = [.. (await departments.List(cancel)).Where(d => d.Active).Select(d => new Named(d.Key, d.Name))];
        var people = await agents.List(cancel);
        Agents = [.. people.Where(a => a.Active).Select(a => new Named(a.Id.ToString(), a.Name))];
        mine = people.FirstOrDefault(a => a.Id == me.Id)?.Departments ?? [];
        Labels = [.. (await labels.List(cancel)).Select(l => new Named(l.Name, l.Name, l.Color))];
        Templates = [.. (await templates.List(cancel)).Where(t => t.Status == "APPROVED")];
    }
}
