using System.Collections.Immutable;
using FlowEngine.Conversations;

namespace FlowEngine.Server.Inbox.Screens.Wording;

/// <summary>Lines of the audit trail as sentences: claimed by, handed off to, finalized because.</summary>
public static class Story
{
    /// <summary>What changes who speaks or whether anybody does; messages tell the rest of the story themselves.</summary>
    private static readonly ImmutableHashSet<string> Told =
        ["flowStarted", "handedOff", "claimed", "transferred", "released", "finalized", "noAnswerNeeded", "reopened", "fault", "sendRetried", "problemResolved", "agentGone", "slaBreached", "windowClosing", "windowClosed", "overflowed"];

    /// <summary>Lines whose cause is a person's or a flow's own words; elsewhere it is a word for programs.</summary>
    private static readonly ImmutableHashSet<string> Explained = ["handedOff", "finalized", "fault", "problemResolved"];

    public static bool IsTold(HistoryView line) => Told.Contains(line.Kind);

    public static string Tell(HistoryView line, Phrases words)
    {
        var to = OwnerOf(line.To, line);
        var key = (line.Kind, to.Kind) switch
        {
            ("released", OwnerKind.Nobody) when Is(line, ActorKind.OtherApp) => "letGo",
            ("released", OwnerKind.Nobody or OwnerKind.Flow) => "releasedToFlow",
            _ => line.Kind,
        };
        return words[$"History_{key}", Who(line, words), words.Owner(to)];
    }

    /// <summary>The small print under the line: reason, summary, note, what was stopped.</summary>
    public static IReadOnlyList<string> Details(HistoryView line, Phrases words)
    {
        var reason = Fact(line, "reason") ?? (Explained.Contains(line.Kind) ? line.Cause : null);
        reason = line.Kind == "problemResolved" && reason is not null ? words.Resolution(reason) : reason;
        (string Key, string? Value)[] facts = [("reason", reason), ("summary", Fact(line, "summary")), ("note", Fact(line, "note")), ("stopped", Fact(line, "stopped"))];
        IEnumerable<string> told = facts.Where(f => !string.IsNullOrWhiteSpace(f.Value)).Select(f => words[$"History_{f.Key}", f.Value!]);
        return [.. told, .. Fact(line, "mayDuplicate") is null ? [] : new[] { words["History_mayDuplicate"] }];
    }

    private static bool Is(HistoryView line, ActorKind kind) => string.Equals(line.ActorKind, kind.ToString(), StringComparison.OrdinalIgnoreCase);

    private static string? Fact(HistoryView line, string key) => line.Data?.GetValueOrDefault(key);

    private static string Who(HistoryView line, Phrases words) => line.ActorKind.ToUpperInvariant() switch
    {
        "AGENT" or "FLOW" or "OTHERAPP" or "RULE" when line.ActorName.Length > 0 => line.ActorName,
        "LEAD" => words["Actor_Lead"],
        "PERSONOUTSIDE" => words["Owner_PersonOutside"],
        _ => words["Actor_System"],
    };

    /// <summary>The trail keeps owners as <c>kind</c> or <c>kind: name</c>.</summary>
    private static Owner OwnerOf(string text, HistoryView line)
    {
        var cut = text.IndexOf(':', StringComparison.Ordinal);
        var kind = Enum.TryParse<OwnerKind>(cut < 0 ? text : text[..cut], ignoreCase: true, out var parsed) ? parsed : OwnerKind.Nobody;
        var name = cut < 0 ? null : text[(cut + 1)..].Trim();
        return new Owner(kind, null, name ?? Fact(line, "department"));
    }
}
