using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence.Columns;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>Writes a turn (commit 2): the fence, then everything that the turn decided, in one round trip.</summary>
internal static class CommitBatch
{
    internal const string FenceSql = "SELECT fe_fence($1,$2,$3,$4,$5,$6)";

    internal const string ReceiveSql = "SELECT fe_receive($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)";

    internal static readonly string ConversationSql = Batch.Numbered($"UPDATE conversation SET ({ConversationColumns.Changing}) = ROW({ConversationColumns.Marks}) WHERE id = ?");

    internal const string DropLabelsSql = "DELETE FROM conversation_label WHERE conversation_id = $1 AND label <> ALL ($2)";

    internal const string AddLabelsSql = "INSERT INTO conversation_label (conversation_id, label) SELECT $1, l FROM unnest($2::text[]) AS l ON CONFLICT DO NOTHING";

    /// <summary>The row of an episode that goes on is only made; nothing of it changes before its end.</summary>
    internal const string BeginEpisodeSql =
        "INSERT INTO episode (conversation_id, number, started_at, responsible_id, responsible_name, department) VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT DO NOTHING";

    internal const string EndEpisodeSql =
        """
        INSERT INTO episode (conversation_id, number, started_at, responsible_id, responsible_name, department, finished_at, finished_by, finish_reason)
        VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
        ON CONFLICT (conversation_id, number) DO UPDATE SET finished_at = excluded.finished_at, finished_by = excluded.finished_by,
          finish_reason = excluded.finish_reason, responsible_id = excluded.responsible_id, responsible_name = excluded.responsible_name,
          department = excluded.department
        WHERE episode.finished_at IS DISTINCT FROM excluded.finished_at
        """;

    internal static readonly string ContactSql = Batch.Numbered(TrailColumns.UpdateContactSql);

    private static readonly string[] MessagesSql = Batch.ForRows(MessageColumns.InsertSql, MostRows);

    // The calling mark is written beside the turns: one that saw the message before its mark must not take it back (3 = Calling, 2 = Released).
    internal const string ChangeMessageSql =
        """
        UPDATE message SET state = CASE WHEN state = 3 AND attempt = $6 AND $1 = 2 THEN 3 ELSE $1 END,
          provider_id = $2, epoch = $3, last_words = $4, intervention = $5, attempt = $6, attempts_before = $7, deadline = $8, wake_at = $9, error = $10,
          settled_at = $11
        WHERE id = $12
        """;

    /// <summary>How many rows of a kind go in one statement; each count is a text of its own.</summary>
    private const int MostRows = 4;

    internal static readonly string AttachOrphansSql = AttachOrphans(conversation: "$1", message: "$2", provider: "$3");

    internal static readonly string ChangeSentMessageSql = $"WITH changed AS ({ChangeMessageSql}) {AttachOrphans(conversation: "$13", message: "$12", provider: "$2")}";

    internal static readonly string RunSql = Batch.Numbered(RunColumns.UpsertSql);

    internal static readonly string DropBookmarkSql = Batch.Numbered(RunColumns.DropBookmarkSql);

    internal static readonly string AddBookmarkSql = Batch.Numbered(RunColumns.AddBookmarkSql);

    internal static readonly string JournalSql = Batch.Numbered(RunColumns.JournalSql);

    internal const string NewRunsSql = "INSERT INTO mailbox (id, kind, version) SELECT r, 1, 0 FROM unnest($1::uuid[]) AS r ON CONFLICT DO NOTHING";

    internal const string ClaimSql = "SELECT fe_claim($1,$2)";

    internal static readonly string FreeSql = Batch.Numbered(RunColumns.FreeSql);

    internal const string GiveKeptSql = "SELECT fe_give_kept($1,$2,$3,$4,$5,$6)";

    private static readonly string[] HistorySql = Batch.ForRows(TrailColumns.HistorySql, MostRows);

    internal static readonly string HookSql = Batch.Numbered(TrailColumns.HookSql);

    internal static readonly string IncidentSql = Batch.Numbered(TrailColumns.IncidentSql);

    internal static readonly string IncidentClosedSql = Batch.Numbered(TrailColumns.IncidentClosedSql);

    internal static readonly string PauseSql = Batch.Numbered(TrailColumns.PauseSql);

    internal static readonly string DoneSql = Batch.Numbered(TrailColumns.DoneSql);

    internal static readonly string RetrySql = Batch.Numbered(TrailColumns.RetrySql);

    public static void Add(Batch batch, NodeId node, Ids ids, Checkpoint turn)
    {
        if (turn.Received is { } received)
        {
            AddReceived(batch, node, turn, received);
        }
        else
        {
            AddFence(batch, node, turn);
        }

        if (turn.Claim is { } claim)
        {
            batch.Add(ClaimSql).Bind(claim).Bind(turn.Mailbox);
        }

        AddConversation(batch, turn);
        AddMessages(batch, turn);
        AddRuns(batch, turn);
        TaskBatch.Add(batch, turn);
        AddTrail(batch, turn);
        foreach (var done in turn.Events)
        {
            if (done.Retry)
            {
                batch.Add(RetrySql).Bind(done.Id).Bind(turn.Mailbox);
            }
            else
            {
                TrailColumns.BindDone(batch.Add(DoneSql), done, turn);
            }
        }

        foreach (var enqueued in turn.Enqueued)
        {
            AppendBatch.Add(batch, node, ids, enqueued, turn.Now);
        }

        foreach (var added in turn.BookmarksAdded.Where(b => b.MayBeKept))
        {
            batch.Add(GiveKeptSql).Bind(node.Value).Bind(turn.Now).Bind(added.Instance).Bind(added.Mailbox).Bind(added.Hash).Bind(added.CorrelationId);
        }
    }

    private static void AddFence(Batch batch, NodeId node, Checkpoint turn)
    {
        var busy = turn.NewMessages.Concat(turn.ChangedMessages).Any(m => m.State is MessageState.Released or MessageState.Calling);
        batch.Add(FenceSql).Bind(node.Value).Bind(turn.Mailbox).Bind(turn.ExpectedVersion).Bind(busy)
            .Bind(turn.Events.Where(e => !e.Retry).Select(e => e.Id).ToArray()).Bind(turn.ChangedMessages.Select(m => m.Id).ToArray());
    }

    private static void AddReceived(Batch batch, NodeId node, Checkpoint turn, ReceivedEvent received)
    {
        var (added, begins) = (received.Event, received.Event.NewRun is not null);
        batch.Add(ReceiveSql).Bind(node.Value).Bind(turn.Now).Bind(added.Id).Bind(added.DedupeKey).Bind(TurnText.KindOf(added.Event)).Bind(TurnText.Write(added.Event))
            .Bind(received.ResultJson).Bind(turn.Mailbox).Bind(turn.ExpectedVersion).Bind(begins);
    }

    private static void AddConversation(Batch batch, Checkpoint turn)
    {
        if (turn.Contact is { } contact)
        {
            TrailColumns.Bind(batch.Add(ContactSql), contact);
        }

        if (turn.Conversation is not { } c)
        {
            return;
        }

        ConversationColumns.Bind(batch.Add(ConversationSql), c).Bind(c.Id);
        if (!ReferenceEquals(turn.Before?.Labels, c.Labels))
        {
            AddLabels(batch, c);
        }

        if (turn.Before is not { } before || before.Episode != c.Episode || before.Lifecycle != c.Lifecycle)
        {
            AddEpisode(batch, turn, c);
        }
    }

    private static void AddLabels(Batch batch, Conversation c)
    {
        string[] labels = [.. c.Labels];
        batch.Add(DropLabelsSql).Bind(c.Id).Bind(labels);
        if (labels.Length > 0)
        {
            batch.Add(AddLabelsSql).Bind(c.Id).Bind(labels);
        }
    }

    private static void AddEpisode(Batch batch, Checkpoint turn, Conversation c)
    {
        var over = c.Lifecycle == Lifecycle.Finished;
        var episode = batch.Add(over ? EndEpisodeSql : BeginEpisodeSql)
            .Bind(c.Id).Bind(c.Episode).Bind(turn.Now).Bind(c.ResponsibleId).Bind(c.ResponsibleName).Bind(c.Department);
        if (over)
        {
            episode.Bind(c.FinishedAt).Bind(c.FinishedBy).Bind(c.FinishReason);
        }
    }

    private static void AddMessages(Batch batch, Checkpoint turn)
    {
        batch.AddRows(MessagesSql, turn.NewMessages, MessageColumns.Bind);
        foreach (var echo in turn.NewMessages.Where(WasSent))
        {
            batch.Add(AttachOrphansSql).Bind(echo.ConversationId).Bind(echo.Id).Bind(echo.ProviderId);
        }

        foreach (var message in turn.ChangedMessages)
        {
            var change = MessageColumns.BindMutable(batch.Add(WasSent(message) ? ChangeSentMessageSql : ChangeMessageSql), message).Bind(message.Id);
            if (WasSent(message))
            {
                change.Bind(message.ConversationId);
            }
        }
    }

    private static bool WasSent(Message message) => message is { Direction: MessageDirection.Out, ProviderId: not null };

    // An orphan is a status that overtook our record of the send; now it has its message and a mailbox.
    private static string AttachOrphans(string conversation, string message, string provider) =>
        $"""
        UPDATE mailbox_event SET mailbox_id = {conversation}, message_id = {message}
        WHERE mailbox_id IS NULL AND state = 0 AND ref_provider_id = {provider} AND ref_connection = (SELECT connection FROM conversation WHERE id = {conversation})
        """;

    /// <summary>Bookmarks are removed before they are added: one that is armed anew is both.</summary>
    private static void AddRuns(Batch batch, Checkpoint turn)
    {
        foreach (var instance in turn.Instances)
        {
            RunColumns.Bind(batch.Add(RunSql), instance);
        }

        foreach (var (instance, bookmark) in turn.BookmarksRemoved)
        {
            batch.Add(DropBookmarkSql).Bind(instance).Bind(bookmark);
        }

        foreach (var bookmark in turn.BookmarksAdded)
        {
            RunColumns.Bind(batch.Add(AddBookmarkSql), bookmark);
        }

        foreach (var burst in turn.Journal)
        {
            RunColumns.Bind(batch.Add(JournalSql), burst);
        }

        if (turn.NewRuns.Count > 0)
        {
            batch.Add(NewRunsSql).Bind(turn.NewRuns.ToArray());
        }

        if (turn.ClaimsFreed is { } ended)
        {
            batch.Add(FreeSql).Bind(ended);
        }
    }

    private static void AddTrail(Batch batch, Checkpoint turn)
    {
        foreach (var incident in turn.IncidentsOpened)
        {
            TrailColumns.Bind(batch.Add(IncidentSql), incident);
        }

        foreach (var closed in turn.IncidentsClosed)
        {
            TrailColumns.Bind(batch.Add(IncidentClosedSql), turn.Mailbox, closed);
        }

        if (turn.Pause is { } pause)
        {
            TrailColumns.Bind(batch.Add(PauseSql), pause);
        }

        batch.AddRows(HistorySql, turn.History, (call, entry) => TrailColumns.Bind(call, turn.Mailbox, entry));

        foreach (var hook in turn.Hooks)
        {
            TrailColumns.Bind(batch.Add(HookSql), hook);
        }
    }
}
