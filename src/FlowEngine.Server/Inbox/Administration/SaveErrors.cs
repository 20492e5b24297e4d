using FlowEngine.Server.Administration;
using FlowEngine.Server.Inbox.Screens.Wording;

namespace FlowEngine.Server.Inbox.Administration;

/// <summary>Why a form was not saved, as sentences; nothing when it was.</summary>
internal static class SaveErrors
{
    /// <param name="taken">What is said when another one has that key.</param>
    public static IReadOnlyList<string> Of<T>(Saved<T> saved, Phrases words, string taken = "Save_Taken") where T : class => saved.Status switch
    {
        SaveStatus.Created or SaveStatus.Saved => [],
        SaveStatus.Taken => [words[taken]],
        SaveStatus.Missing => [words["Save_Missing"]],
        SaveStatus.Stale => [words["Save_Stale"]],
        _ => Of(saved.Errors, words),
    };

    public static IReadOnlyList<string> Of(FieldErrors? errors, Phrases words) =>
        [.. (errors?.ByField ?? new Dictionary<string, string[]>()).Select(e => FieldWords.Sentence(e.Key, e.Value, words))];
}
