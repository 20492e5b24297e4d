using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using FlowEngine.Conversations;
using FlowEngine.Server.Resources;

namespace FlowEngine.Tests.InboxScreens;

public sealed partial class TextTests
{
    private static readonly string[] Cultures = ["", "pt-BR", "en"];

    [Fact]
    public void The_three_languages_have_the_same_keys_and_no_empty_text()
    {
        var spanish = Texts("");

        foreach (var culture in Cultures)
        {
            var texts = Texts(culture);
            texts.Keys.Should().BeEquivalentTo(spanish.Keys, "every screen speaks {0}", culture);
            texts.Where(t => string.IsNullOrWhiteSpace(t.Value)).Should().BeEmpty();
        }
    }

    [Fact]
    public void A_text_takes_the_same_values_in_every_language()
    {
        var spanish = Texts("");

        foreach (var culture in Cultures)
        {
            Texts(culture).Where(t => !Slots(t.Value).SetEquals(Slots(spanish[t.Key]))).Select(t => t.Key).Should().BeEmpty("in {0}", culture);
        }
    }

    [Theory]
    [InlineData("es", "Sin iniciar, En espera, Abiertas, Automatizadas, Finalizadas, Con error")]
    [InlineData("pt-BR", "Não iniciadas, Em espera, Abertas, Automatizadas, Finalizadas, Com erro")]
    [InlineData("en", "Not started, Waiting, Open, Automated, Finished, With errors")]
    public void The_six_tabs_are_named_in_three_languages(string culture, string names)
    {
        using var screen = new Screen(culture);

        string.Join(", ", Enum.GetValues<Tab>().Select(screen.Words.Tab)).Should().Be(names);
    }

    [Fact]
    public void Every_author_state_and_owner_has_a_name()
    {
        var keys = Texts("").Keys.ToHashSet();

        keys.Should().Contain(Enum.GetNames<AuthorKind>().Select(n => $"Author_{n}"));
        keys.Should().Contain(Enum.GetNames<MessageState>().Select(n => $"State_{n}"));
        keys.Should().Contain(Enum.GetNames<OwnerKind>().Select(n => $"Owner_{n}"));
        keys.Should().Contain(Enum.GetNames<Role>().Select(n => $"Role_{n}"));
    }

    private static Dictionary<string, string> Texts(string culture)
    {
        var manager = new ResourceManager(typeof(Texts));
        using var set = manager.GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: false);
        set.Should().NotBeNull("the language '{0}' is built", culture);
        return set!.Cast<System.Collections.DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!);
    }

    private static HashSet<string> Slots(string text) => [.. Slot().Matches(text).Select(m => m.Value)];

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Slot();
}
