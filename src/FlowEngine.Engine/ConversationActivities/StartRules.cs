using System.Collections;
using FlowEngine.Workflows.Triggers;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>What a trigger is compared with when a lead comes or writes and no flow owns the conversation.</summary>
/// <param name="Connection">Key of the connection.</param>
/// <param name="Source">message, ad, form, import, api.</param>
/// <param name="Text">What the lead wrote; null when the lead came without a message.</param>
/// <param name="IsFirst">The lead has never written before.</param>
public sealed record StartOccasion(string Connection, string Source, string? Text, bool IsMessage, bool IsFirst);

/// <summary>How well a trigger fits; the smaller goes first (decision 19: keyword, then first message, then any).</summary>
public enum StartFit { Keyword = 0, First = 1, Any = 2 }

/// <summary>Which conversation triggers fit an occasion. Pure; ties and the connection's own flow are the turn's.</summary>
public static class StartRules
{
    public const string AnySource = "any";

    public static StartFit? Fit(Trigger trigger, StartOccasion occasion)
    {
        if (!FitsConnection(trigger, occasion) || !FitsSource(trigger, occasion))
        {
            return null;
        }

        return trigger.TypeName switch
        {
            "FlowEngine.ConversationStarted" => occasion.IsFirst || !occasion.IsMessage ? StartFit.First : null,
            "FlowEngine.MessageReceived" when occasion.IsMessage => FitMessage(trigger, occasion),
            _ => null,
        };
    }

    private static StartFit? FitMessage(Trigger trigger, StartOccasion occasion)
    {
        var firstOnly = Text(trigger, "FirstOnly") is { } flag && bool.TryParse(flag, out var on) && on;
        if (firstOnly && !occasion.IsFirst)
        {
            return null;
        }

        var keywords = List(trigger, "Keywords");
        var match = Keywords.MatchOf(Text(trigger, "Match"));
        if (!Keywords.Fit(occasion.Text, keywords, match))
        {
            return null;
        }

        return match != KeywordMatch.Any && keywords.Count > 0 ? StartFit.Keyword : firstOnly ? StartFit.First : StartFit.Any;
    }

    private static bool FitsConnection(Trigger trigger, StartOccasion occasion) =>
        Text(trigger, "Connection") is not { } connection || connection == occasion.Connection;

    private static bool FitsSource(Trigger trigger, StartOccasion occasion) =>
        Text(trigger, "Source") is not { } source || source == AnySource || source == occasion.Source;

    private static string? Text(Trigger trigger, string input) =>
        trigger.Inputs.GetValueOrDefault(input)?.ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static List<string> List(Trigger trigger, string input) => trigger.Inputs.GetValueOrDefault(input) switch
    {
        string text => [text],
        IEnumerable items => [.. items.Cast<object?>().Select(item => item?.ToString()).OfType<string>()],
        _ => [],
    };
}
