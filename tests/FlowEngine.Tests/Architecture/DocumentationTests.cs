using System.Reflection;
using System.Xml.Linq;

namespace FlowEngine.Tests.Architecture;

public sealed class DocumentationTests
{
    /// <summary>Share of public types whose name must say it all. Lower it when it is well under; never raise it.</summary>
    private const double MayBeSilent = 0.2;

    [Fact]
    public void Most_public_types_say_what_they_are()
    {
        var types = Assemblies.Product.Where(a => a != Assemblies.Server).SelectMany(Documented).ToList();

        var silent = types.Where(t => !t.HasSummary).Select(t => t.Name).ToList();

        ((double)silent.Count / types.Count).Should().BeLessThanOrEqualTo(MayBeSilent, "these have no summary: {0}", string.Join(", ", silent));
    }

    private static IEnumerable<(string Name, bool HasSummary)> Documented(Assembly assembly)
    {
        var text = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"));
        var summaries = text.Descendants("member").Where(m => m.Element("summary") is not null).Select(m => m.Attribute("name")!.Value).ToHashSet();
        return assembly.GetExportedTypes().Where(t => !t.IsNested).Select(t => (t.FullName!, summaries.Contains($"T:{t.FullName}")));
    }
}
