using System.Collections.Frozen;

namespace FlowEngine.Engine.ConversationActivities.Words;

/// <summary>
/// Whether a lead wants no more automatic messages (decision 18). The whole message must say it; a word such as "cancelar", which may
/// mean an appointment, is not one. Spanish, Portuguese and English.
/// </summary>
public static class OptOutWords
{
    public static readonly IReadOnlyList<string> BuiltIn =
    [
        "baja", "dar de baja", "darme de baja", "dame de baja", "deme de baja", "quiero darme de baja", "quiero la baja", "cancelar suscripcion",
        "no me escribas mas", "no me escriban mas", "no quiero mas mensajes", "no quiero recibir mas mensajes", "no mas mensajes", "dejen de escribirme",
        "parar", "sair", "descadastrar", "cancelar inscricao", "nao quero mais mensagens", "nao quero receber mais mensagens", "pare de me escrever",
        "stop", "stop all", "unsubscribe", "opt out", "optout", "no more messages", "stop messaging me", "stop texting me",
    ];

    private static readonly FrozenSet<string> Set = BuiltIn.ToFrozenSet(StringComparer.Ordinal);

    public static bool Match(string? text)
    {
        var plain = PlainWords.Of(text);
        return Set.Contains(plain) || (plain.EndsWith(" por favor", StringComparison.Ordinal) && Set.Contains(plain[..^" por favor".Length]));
    }
}
