using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using FlowEngine.Workflows.Expressions.CSharp;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowEngine.Server.CSharp;

/// <summary>
/// C# of definitions into code that runs with the rights of this process. The same code at the same kind of place is compiled once for as
/// long as a definition holds it; what no definition holds any more is unloaded. Only a server that trusts C# makes one, and the compiler's
/// assemblies are loaded with the first script.
/// </summary>
public sealed class CSharpCompiler
{
    private readonly ConcurrentDictionary<string, WeakReference<CSharpScript>> known = new(StringComparer.Ordinal);

    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);

    private static readonly CSharpCompilationOptions Options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release)
        .WithUsings("System", "System.Collections.Generic", "System.Dynamic", "System.Linq", "System.Text.Json", "System.Text.Json.Nodes", "System.Text.Json.Serialization", "System.Threading.Tasks");

    private readonly Lazy<MetadataReference[]> references = new(FindReferences);

    /// <summary>Answers what is wrong as a value: a script that does not compile has a problem and nothing to run.</summary>
    public CSharpScript Compile(CSharpCode code)
    {
        var text = ScriptText.Of(code);
        if (known.TryGetValue(text, out var reference) && reference.TryGetTarget(out var script))
        {
            return script;
        }

        foreach (var (gone, _) in known.Where(k => !k.Value.TryGetTarget(out _)))
        {
            known.TryRemove(gone, out _);
        }

        script = Build(text);
        known[text] = new WeakReference<CSharpScript>(script);
        return script;
    }

    private CSharpScript Build(string text)
    {
        var tree = CSharpSyntaxTree.ParseText(text, Script);
        var compilation = CSharpCompilation.CreateScriptCompilation("FlowScript", tree, references.Value, Options, null, typeof(object), typeof(CSharpGlobals));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        if (!emitted.Success || compilation.GetEntryPoint(CancellationToken.None) is not { } entry)
        {
            return new CSharpScript(null, string.Join("; ", emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(Tell).Distinct()));
        }

        image.Position = 0;
        var type = new ScriptAssembly().LoadFromStream(image).GetType(entry.ContainingType.MetadataName, throwOnError: true)!;
        var method = type.GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;
        var run = method.CreateDelegate<Func<object?[], Task<object?>>>();
        // The first place is for the globals, the second for the script itself.
        return new CSharpScript(globals => run([globals, null]), null);
    }

    private static string Tell(Diagnostic error)
    {
        var at = error.Location.GetMappedLineSpan().StartLinePosition;
        return string.Create(CultureInfo.InvariantCulture, $"line {at.Line + 1}, column {at.Character + 1}: {error.GetMessage(CultureInfo.InvariantCulture)} ({error.Id})");
    }

    /// <summary>The runtime's own library and what scripts see of ours.</summary>
    private static MetadataReference[] FindReferences()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var files = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return [.. files.Where(f => Path.GetDirectoryName(f) == runtime).Append(typeof(CSharpGlobals).Assembly.Location).Select(f => MetadataReference.CreateFromFile(f))];
    }
}
