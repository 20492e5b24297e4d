namespace FlowEngine.Tests.Architecture;

/// <summary>The repository's own text as the architecture tests read it.</summary>
internal static class SourceTree
{
    private static readonly string[] MadeByTools = ["bin", "obj", "artifacts", "node_modules", "Migrations", ".git", "data"];

    /// <summary>
    /// The folder that holds FlowEngine.sln. Found from the test assembly upwards, because a continuous integration build
    /// replaces the paths that the compiler would otherwise know.
    /// </summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Hand-written files under the given folders with one of the given endings, as paths relative to the root with '/'.</summary>
    public static IReadOnlyList<string> Files(string[] folders, params string[] endings) =>
        [.. folders.SelectMany(f => Walk(Path.Combine(Root, f))).Select(Relative)
            .Where(f => endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)];

    /// <summary>Hand-written C# of the product and of its tests.</summary>
    public static IReadOnlyList<string> CSharp(params string[] folders) => Files(folders.Length > 0 ? folders : ["src", "tests"], ".cs");

    public static string Read(string relative) => File.ReadAllText(Path.Combine(Root, relative));

    public static bool Exists(string relative) =>
        File.Exists(Path.Combine(Root, relative)) || Directory.Exists(Path.Combine(Root, relative));

    private static IEnumerable<string> Walk(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var below = Directory.EnumerateDirectories(folder).Where(d => !MadeByTools.Contains(Path.GetFileName(d)));
        return Directory.EnumerateFiles(folder).Concat(below.SelectMany(Walk));
    }

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

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
