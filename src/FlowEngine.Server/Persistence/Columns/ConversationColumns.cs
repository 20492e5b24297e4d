using System.Collections.Immutable;
using System.Text.Json;
using FlowEngine.Conversations;

namespace FlowEngine.Server.Persistence.Columns;

/// <summary>A conversation to and from its columns.</summary>
internal static class ConversationColumns
{
    public const string Changing =
        """
        lifecycle, episode, owner_kind, owner_id, owner_name, epoch, version, stage, responsible_id, responsible_name, department, lead_wrote,
        automation_wrote, unanswered_since, human_wait_since, window_until, flow_instance, problems, blocking_problems, problem_category, fields, source,
        unread, next_order, preview, last_activity_at, finished_at, finished_by, finish_reason, owned_since, missed_clock, window_notice, person_answered
        """;

    /// <summary>One for each of <see cref="Changing"/>.</summary>
    public const string Marks = "?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?";

    public static T Bind<T>(T values, Conversation c)
        where T : IValues<T> => values
        .Bind((int)c.Lifecycle).Bind(c.Episode).Bind((int)c.Owner.Kind).Bind(c.Owner.Id).Bind(c.Owner.Name).Bind(c.Epoch).Bind(c.Version).Bind((int)c.Stage)
        .Bind(c.ResponsibleId).Bind(c.ResponsibleName).Bind(c.Department).Bind(c.LeadWrote).Bind(c.AutomationWrote)
        .Bind(c.UnansweredSince).Bind(c.HumanWaitSince).Bind(c.WindowUntil).Bind(c.FlowInstance)
        .BindJson(JsonSerializer.SerializeToUtf8Bytes(c.Problems, StoredJson.Plain.ImmutableArrayProblem))
        .Bind(c.Problems.Count(p => p.Blocking)).Bind(c.Problems.FirstOrDefault(p => p.Blocking)?.Category)
        .BindQueriedJson(JsonSerializer.SerializeToUtf8Bytes(c.Fields, StoredJson.Plain.ImmutableSortedDictionaryStringString))
        .Bind(c.Source).Bind(c.Unread).Bind(c.NextOrder).Bind(c.Preview).Bind(c.LastActivityAt).Bind(c.FinishedAt).Bind(c.FinishedBy).Bind(c.FinishReason)
        .Bind(c.OwnedSince).Bind(c.MissedClock).Bind((int)c.WindowNotice).Bind(c.PersonAnswered);

    /// <summary><see cref="Changing"/>, then id, connection, contact_id, created_at, and the labels as a JSON list.</summary>
    public static Conversation Read<T>(T row)
        where T : IRow => new()
        {
            Lifecycle = (Lifecycle)row.Int(),
            Episode = row.Int(),
            Owner = new Owner((OwnerKind)row.Int(), row.TextOrNull(), row.TextOrNull()),
            Epoch = row.Number(),
            Version = row.Number(),
            Stage = (Stage)row.Int(),
            ResponsibleId = row.IdOrNull(),
            ResponsibleName = row.TextOrNull(),
            Department = row.TextOrNull(),
            LeadWrote = row.Flag(),
            AutomationWrote = row.Flag(),
            UnansweredSince = row.InstantOrNull(),
            HumanWaitSince = row.InstantOrNull(),
            WindowUntil = row.InstantOrNull(),
            FlowInstance = row.IdOrNull(),
            Problems = ReadProblems(row),
            Fields = JsonSerializer.Deserialize(row.Utf8(), StoredJson.Plain.ImmutableSortedDictionaryStringString)!,
            Source = row.Text(),
            Unread = row.Int(),
            NextOrder = row.Number(),
            Preview = row.TextOrNull(),
            LastActivityAt = row.Instant(),
            FinishedAt = row.InstantOrNull(),
            FinishedBy = row.TextOrNull(),
            FinishReason = row.TextOrNull(),
            OwnedSince = row.InstantOrNull(),
            MissedClock = row.InstantOrNull(),
            WindowNotice = (WindowNotice)row.Int(),
            PersonAnswered = row.Flag(),
            Id = row.Id(),
            Connection = row.Text(),
            ContactId = row.Id(),
            CreatedAt = row.Instant(),
            Labels = [.. JsonSerializer.Deserialize(row.Utf8(), StoredJson.Plain.IReadOnlyCollectionString)!],
        };

    private static ImmutableArray<Problem> ReadProblems<T>(T row)
        where T : IRow
    {
        var problems = JsonSerializer.Deserialize(row.Utf8(), StoredJson.Plain.ImmutableArrayProblem);
        _ = row.Int();
        _ = row.TextOrNull();
        return problems;
    }
}
