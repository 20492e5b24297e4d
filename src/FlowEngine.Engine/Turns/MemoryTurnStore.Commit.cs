using FlowEngine.Conversations;

namespace FlowEngine.Engine.Turns;

public sealed partial class MemoryTurnStore
{
    public ValueTask<bool> Commit(Checkpoint checkpoint, CancellationToken cancel) => Commit(node, checkpoint);

    private ValueTask<bool> Commit(NodeId turning, Checkpoint checkpoint)
    {
        lock (gate)
        {
            var received = checkpoint.Received?.Event;
            var box = mailboxes.GetValueOrDefault(checkpoint.Mailbox) ?? (received?.NewRun is { } run ? new MemoryMailbox(run, null) : null);
            if (box is null || (received is not null && eventsByKey.ContainsKey(received.DedupeKey)) || box.Version != checkpoint.ExpectedVersion || !MayTurn(turning, box))
            {
                return ValueTask.FromResult(false);
            }

            if (checkpoint.NewMessages.FirstOrDefault(m => mailboxOfMessage.ContainsKey(m.Id)) is { } twice)
            {
                throw new InvalidOperationException($"Message {twice.Id} is stored already.");
            }

            if (checkpoint.Claim is { } claim && claims.TryGetValue(claim, out var holder) && holder != checkpoint.Mailbox && mailboxes.ContainsKey(holder))
            {
                return ValueTask.FromResult(false);
            }

            Write(box, checkpoint, turning);
            box.Lease = IsBusy(box) ? turning.Value : null;
            return ValueTask.FromResult(true);
        }
    }

    private void Write(MemoryMailbox box, Checkpoint checkpoint, NodeId turning)
    {
        box.Version++;
        if (checkpoint.Received is { } received)
        {
            mailboxes.TryAdd(box.Id, box);
            Keep(new MemoryEvent(++lastSeq, received.Event, box.Id, null, checkpoint.Now) { Result = received.ResultJson });
        }

        if (checkpoint.Conversation is { } changed)
        {
            box.Conversation = changed;
        }

        if (checkpoint.Contact is { } contact)
        {
            contacts[contact.Id] = contact;
        }

        foreach (var message in checkpoint.NewMessages)
        {
            mailboxOfMessage.Add(message.Id, box.Conversation.Id);
            box.Messages.Add(message.Id, message);
            Join(box, message);
        }

        foreach (var message in checkpoint.ChangedMessages)
        {
            Change(box, message);
            Join(box, message);
        }

        WriteRuns(checkpoint);
        WriteClaims(checkpoint);
        WriteTasks(checkpoint);
        WriteTrail(box, checkpoint);
        foreach (var done in checkpoint.Events)
        {
            Finish(box, done);
        }

        foreach (var enqueued in checkpoint.Enqueued)
        {
            Append(turning, enqueued, checkpoint.Now);
        }

        foreach (var added in checkpoint.BookmarksAdded.Where(b => b.MayBeKept))
        {
            GiveKept(turning, added, checkpoint.Now);
        }
    }

    /// <summary>Only the mutable part, and never back from Calling to Released in the same attempt: the mark is not in the turn's view.</summary>
    private static void Change(MemoryMailbox box, Message message)
    {
        if (!box.Messages.TryGetValue(message.Id, out var stored))
        {
            return;
        }

        var marked = stored.State == MessageState.Calling && message.State == MessageState.Released && stored.Attempt == message.Attempt;
        box.Messages[message.Id] = stored with
        {
            State = marked ? MessageState.Calling : message.State,
            ProviderId = message.ProviderId,
            Epoch = message.Epoch,
            LastWords = message.LastWords,
            Intervention = message.Intervention,
            Attempt = message.Attempt,
            AttemptsBefore = message.AttemptsBefore,
            Deadline = message.Deadline,
            WakeAt = message.WakeAt,
            Error = message.Error,
            SettledAt = message.SettledAt,
        };
    }

    private void WriteRuns(Checkpoint checkpoint)
    {
        foreach (var instance in checkpoint.Instances)
        {
            instances[instance.Id] = instance;
        }

        foreach (var removed in checkpoint.BookmarksRemoved)
        {
            bookmarks.Remove(removed);
        }

        foreach (var added in checkpoint.BookmarksAdded)
        {
            bookmarks[(added.Instance, added.Id)] = added;
        }

        journal.AddRange(checkpoint.Journal);
    }

    private void WriteTrail(MemoryMailbox box, Checkpoint checkpoint)
    {
        foreach (var opened in checkpoint.IncidentsOpened)
        {
            incidents.Add(opened.Id, (opened, null));
        }

        foreach (var closed in checkpoint.IncidentsClosed)
        {
            if (incidents.TryGetValue(closed.Id, out var open) && open.Closed is null && (open.Incident.ConversationId == checkpoint.Mailbox || open.Incident.InstanceId == checkpoint.Mailbox))
            {
                incidents[closed.Id] = (open.Incident, closed);
            }
        }

        if (checkpoint.Pause is { } pause)
        {
            pauses.TryAdd(pause.Connection, pause);
        }

        box.History.AddRange(checkpoint.History);
        hooks.AddRange(checkpoint.Hooks);
    }

    private void Finish(MemoryMailbox box, EventDone done)
    {
        if (!events.TryGetValue(done.Id, out var stored) || !box.Pending.ContainsKey(stored.Seq))
        {
            return;
        }

        if (done.Retry)
        {
            stored.Attempts++;
            return;
        }

        stored.Result = done.ResultJson;
        stored.Dead = done.Dead;
        box.Pending.Remove(stored.Seq);
    }

    /// <summary>The message is known by the provider's id from now on; statuses that overtook our record of the send now have their message, and its mailbox.</summary>
    private void Join(MemoryMailbox box, Message message)
    {
        if (message.ProviderId is null)
        {
            return;
        }

        messageOfProvider.TryAdd((box.Conversation.Connection, message.ProviderId), message.Id);
        var waiting = orphans.Where(e => e.Source.Reference is { } r && r.ProviderId == message.ProviderId && r.Connection == box.Conversation.Connection);
        foreach (var orphan in waiting.ToList())
        {
            orphans.Remove(orphan);
            orphan.Mailbox = box.Conversation.Id;
            orphan.MessageId = message.Id;
            box.Pending.Add(orphan.Seq, orphan);
        }
    }
}
