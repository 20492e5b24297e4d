using System.Text.RegularExpressions;

namespace FlowEngine.Engine.Ai;

/// <summary>What a model may not say to a lead by itself, whatever it was told: promise a person, or send people to an address of its own.</summary>
internal static partial class SafeWords
{
    /// <summary>
    /// Whether the text promises a person (race R18). Only the function for it gives a conversation to people, so such a text is a handoff
    /// that would not happen. Spanish, Portuguese and English.
    /// </summary>
    public static bool PromisesPerson(string text) => Promise().IsMatch(text);

    /// <summary>The first web or mail address in the text that no source contains; null when there is none.</summary>
    public static string? ForeignAddress(string text, IEnumerable<string> sources)
    {
        var known = string.Join('\n', sources);
        return Address().Matches(text).Select(m => m.Value.TrimEnd('.', ',', ')', ';')).FirstOrDefault(a => !known.Contains(a, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(
        @"\b(?:te|le|os|les)\s+(?:(?:voy|vamos)\s+a\s+)?(?:paso|pasar|pasamos|derivo|derivar|derivamos|comunico|comunicar|comunicamos|transfiero|transferir|transferimos|conecto|conectar|pongo|poner)\s+(?:en\s+contacto\s+)?(?:ahora\s+)?(?:con|a)\s+(?:un|una|el|la|los|las|nuestro|nuestra|mi|alguien)\b"
        + @"|\b(?:un|una|nuestro|nuestra|tu)\s+(?:compañer[oa]|asesora?|agente|persona|comercial|colega|especialista)\s+(?:(?:del|de)\s+\w+\s+)?(?:te|le|se)\s+(?:va\s+a\s+)?(?:atender|contactar|escribir|llamar|pondr)"
        + @"|\b(?:vou|vamos|estou)\s+(?:te|lhe|a)?\s*(?:passar|transferir|encaminhar|conectar|transferindo|passando)\s+(?:você\s+|te\s+)?(?:para|a|com)\s+(?:um|uma|o|a|nosso|nossa)\b"
        + @"|\b(?:um|uma|nosso|nossa)\s+(?:atendente|consultora?|agente|pessoa|colega|especialista)\s+(?:vai|irá|entrará|te|lhe)\b"
        + @"|\b(?:i(?:'ll| will|'m| am)?|let me|we(?:'ll| will)?)\s+(?:going to\s+)?(?:now\s+)?(?:transfer|transferring|connect|connecting|hand|handing|pass|passing|put)\w*\s+(?:you|this)\b"
        + @"|\b(?:an?|our|one of our)\s+(?:\w+\s+)?(?:agent|advisor|colleague|person|specialist|representative)s?\s+will\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex Promise();

    [GeneratedRegex(@"(?:https?://|www\.)[^\s<>""']+|[\w.+-]+@[\w-]+\.[\w.-]+|\b[\w-]+\.(?:com|net|org|io|info|app|me|ly|es|mx|br|ar|cl|co)(?:/[^\s<>""']*)?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex Address();
}
