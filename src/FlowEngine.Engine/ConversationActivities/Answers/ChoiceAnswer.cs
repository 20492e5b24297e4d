using System.Globalization;
using FlowEngine.Engine.ConversationActivities.Words;

namespace FlowEngine.Engine.ConversationActivities.Answers;

/// <summary>
/// Which option a lead chose: by tapping it, by its number ("2", "la 2", "opción dos", "la segunda", 2️⃣), or by words. What fits two
/// options is no answer.
/// </summary>
public static class ChoiceAnswer
{
    private const int ShortestBeginning = 4;

    private static readonly string[][] Numerals =
    [
        ["uno", "una", "un", "um", "uma", "one", "primero", "primera", "primer", "primeiro", "primeira", "first"],
        ["dos", "dois", "duas", "two", "segundo", "segunda", "second"],
        ["tres", "three", "tercero", "tercera", "tercer", "terceiro", "terceira", "third"],
        ["cuatro", "quatro", "four", "cuarto", "cuarta", "quarto", "quarta", "fourth"],
        ["cinco", "five", "quinto", "quinta", "fifth"],
        ["seis", "six", "sexto", "sexta", "sixth"],
        ["siete", "sete", "seven", "septimo", "septima", "setimo", "setima", "seventh"],
        ["ocho", "oito", "eight", "octavo", "octava", "oitavo", "oitava", "eighth"],
        ["nueve", "nove", "nine", "noveno", "novena", "nono", "nona", "ninth"],
        ["diez", "dez", "ten", "decimo", "decima", "tenth"],
    ];

    private static readonly string[] BeforeNumbers =
        ["la opcion", "el numero", "a opcao", "o numero", "opcion", "numero", "opcao", "option", "number", "la", "el", "lo", "a", "o", "the"];

    public static ChoiceOption? Match(IReadOnlyList<ChoiceOption> options, string? text, string? tappedId = null)
    {
        if (tappedId is not null && options.FirstOrDefault(option => option.TapId == tappedId) is { } tapped)
        {
            return tapped;
        }

        var plain = PlainWords.Of(text);
        return plain.Length == 0 ? null
            : Only(options, option => option.PlainNames.Contains(plain))
            ?? ByNumber(options, plain)
            ?? Only(options, option => option.PlainNames.Any(name => PlainWords.Contain(plain, name)))
            ?? ByBeginning(options, plain);
    }

    private static ChoiceOption? ByNumber(IReadOnlyList<ChoiceOption> options, string plain)
    {
        var before = BeforeNumbers.FirstOrDefault(word => plain.StartsWith(word + " ", StringComparison.Ordinal));
        var rest = before is null ? plain : plain[(before.Length + 1)..];
        var number = int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var digits)
            ? digits
            : Array.FindIndex(Numerals, words => words.Contains(rest)) + 1;
        return number >= 1 && number <= options.Count ? options[number - 1] : null;
    }

    private static ChoiceOption? ByBeginning(IReadOnlyList<ChoiceOption> options, string plain) =>
        plain.Length < ShortestBeginning ? null : Only(options, option => option.PlainNames.Any(name => name.StartsWith(plain, StringComparison.Ordinal)));

    private static ChoiceOption? Only(IReadOnlyList<ChoiceOption> options, Func<ChoiceOption, bool> fits)
    {
        var found = options.Where(fits).Take(2).ToList();
        return found.Count == 1 ? found[0] : null;
    }
}
