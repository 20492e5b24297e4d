using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using FlowEngine.Engine.Verification;
using FlowEngine.Tests.Architecture;
using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Tests.Verification;

public sealed partial class FindingTextTests
{
    public static TheoryData<Type> Speakers => [typeof(Finding), typeof(DefinitionError)];

    [Theory]
    [MemberData(nameof(Speakers))]
    public void Every_sentence_is_there_in_the_three_languages_and_names_the_same_values(Type speaker)
    {
        var english = Texts(speaker, "");
        english.Should().HaveCountGreaterThan(10);
        foreach (var culture in new[] { "es", "pt-BR" })
        {
            var texts = Texts(speaker, culture);
            texts.Keys.Should().BeEquivalentTo(english.Keys, "in {0}", culture);
            texts.Where(t => t.Value == english[t.Key] && t.Key != "script").Should().BeEmpty("in {0}", culture);
            texts.Where(t => !Slots(t.Value).SetEquals(Slots(english[t.Key]))).Select(t => t.Key).Should().BeEmpty("in {0}", culture);
        }
    }

    [Theory]
    [InlineData("src/FlowEngine.Engine/Verification", typeof(Finding))]
    [InlineData("src/FlowEngine.Workflows", typeof(DefinitionError))]
    public void Every_word_that_the_code_says_has_its_sentence(string folder, Type speaker)
    {
        var said = SourceTree.CSharp().Where(f => f.StartsWith(folder, StringComparison.Ordinal))
            .SelectMany(f => Said().Matches(SourceTree.Read(f)).Select(m => m.Groups["word"].Value)).ToHashSet(StringComparer.Ordinal);

        said.Should().HaveCountGreaterThan(10);
        said.Except(Texts(speaker, "").Keys).Except(["unreadable", "reader", "onFault"]).Should().BeEmpty("the reader's own sentence stands in those three");
    }

    [Fact]
    public void A_finding_speaks_the_language_of_who_reads_it()
    {
        var finding = new Finding(FindingSeverity.Warning, "openEnd", "q", "Saludo", "Timeout") { Variant = "nobody" };
        var wrapped = new Finding(FindingSeverity.Error, "unreadable", null) { Cause = new DefinitionError("$.root", "noRoot") };

        In("es", finding).Should().StartWith("Después de «Saludo» no sigue nada cuando termina con Timeout");
        In("pt-BR", finding).Should().StartWith("Depois de “Saludo” nada segue");
        In("fr", finding).Should().StartWith("After 'Saludo' nothing follows when it ends with Timeout, and then nobody owns");
        In("es", wrapped).Should().Be("Una definición necesita una actividad raíz. ($.root)");
    }

    private static string In(string culture, Finding finding)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            return finding.Message;
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static Dictionary<string, string> Texts(Type speaker, string culture) =>
        new ResourceManager(speaker).GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.Ordinal);

    private static HashSet<string> Slots(string text) => Slot().Matches(text).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex("""\{\d\}""")]
    private static partial Regex Slot();

    [GeneratedRegex("""(?:(?:Warn|Of)\(step, |\.(?:Error|Warn|Unfit)\(|Unfit\(node, input, |new Finding\(FindingSeverity\.\w+, (?:step\.Type == StateMachine \? )?|new DefinitionError\([^"]*"[^"]*"?, )"(?<word>[a-z]\w+)["]""")]
    private static partial Regex Said();
}
