using System.Collections.Frozen;

namespace FlowEngine.Engine.ConversationActivities.Words;

/// <summary>
/// Whether a lead asks for a person (decision 18). The whole message must say it: "persona" and "quiero hablar con una persona, por
/// favor" do, "soy la persona que llamó ayer" does not. Spanish, Portuguese and English.
/// </summary>
public static class EscapeWords
{
    public static readonly IReadOnlyList<string> BuiltIn =
    [
        "persona", "persona real", "humano", "ser humano", "asesor", "asesora", "agente", "agente humano", "operador", "operadora", "comercial",
        "alguien", "alguien real", "representante", "atencion al cliente", "encargado", "encargada",
        "pessoa", "pessoa real", "atendente", "atendente humano", "consultor", "consultora", "alguem",
        "person", "real person", "human", "human being", "agent", "human agent", "live agent", "operator", "representative", "someone", "somebody", "advisor",
    ];

    private static readonly FrozenSet<string> BuiltInSet = BuiltIn.ToFrozenSet(StringComparer.Ordinal);

    // Longer openings stand before the shorter ones that they begin with.
    private static readonly string[] Openings =
    [
        "me gustaria hablar con", "quiero que me atienda", "quiero hablar con", "quisiera hablar con", "necesito hablar con", "puedo hablar con",
        "podria hablar con", "prefiero hablar con", "me puedes pasar con", "me puede pasar con", "puedes pasarme con", "ponme con", "pongame con",
        "pasame con", "paseme con", "me pasas con", "hablar con", "que me atienda", "quiero", "quisiera", "necesito", "prefiero",
        "gostaria de falar com", "quero falar com", "preciso falar com", "posso falar com", "falar com", "quero", "preciso de",
        "i would like to speak to", "i would like to talk to", "i want to speak to", "i want to talk to", "i need to speak to", "i need to talk to",
        "can i speak to", "can i talk to", "can i speak with", "can i talk with", "speak to", "talk to", "speak with", "talk with", "i want", "i need",
    ];

    private static readonly string[] Articles = ["un", "una", "algun", "alguna", "el", "la", "um", "uma", "o", "a", "an", "the"];

    private static readonly string[] Courtesies = ["por favor", "porfavor", "porfa", "please", "gracias", "obrigado", "obrigada", "thanks", "ya", "agora", "ahora", "now"];

    /// <param name="own">The connection's own words instead of the built-in ones; null means the built-in ones.</param>
    public static bool Match(string? text, IReadOnlyList<string>? own = null)
    {
        var plain = PlainWords.Of(text);
        if (plain.Length is 0 or > 80)
        {
            return false;
        }

        return IsOne(plain, own) || IsOne(Core(plain), own);
    }

    private static bool IsOne(string plain, IReadOnlyList<string>? own) =>
        own is null ? BuiltInSet.Contains(plain) : own.Any(word => PlainWords.Of(word) is { Length: > 0 } mine && mine == plain);

    private static string Core(string plain)
    {
        plain = WithoutEnd(plain);
        plain = WithoutStart(plain, Courtesies);
        plain = WithoutStart(plain, Openings);
        return WithoutStart(plain, Articles);
    }

    private static string WithoutStart(string plain, string[] starts) =>
        starts.FirstOrDefault(start => plain.StartsWith(start + " ", StringComparison.Ordinal)) is { } found ? plain[(found.Length + 1)..] : plain;

    private static string WithoutEnd(string plain)
    {
        while (Courtesies.FirstOrDefault(end => plain.EndsWith(" " + end, StringComparison.Ordinal)) is { } found)
        {
            plain = plain[..^(found.Length + 1)];
        }

        return plain;
    }
}
