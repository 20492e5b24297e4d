using System.Collections.Concurrent;
using System.Diagnostics;
using FlowEngine.Engine.Outbox;
using FlowEngine.Engine.Turns;
using Microsoft.Extensions.Logging;

namespace FlowEngine.Engine.Mailbox;

/// <summary>
/// One conversation, one turn at a time, in order; different conversations in parallel. Waking a mailbox that is being turned makes
/// it look once more afterwards, so no wake-up is lost; a wake-up that is lost with the process is found by the sweep.
/// </summary>
public sealed class Drain(TurnRunner runner, Sender sender, TurnOptions options, TimeProvider clock, ILogger<Drain> log) : IDisposable
{
    private readonly ConcurrentDictionary<Guid, Box> boxes = new();
    private readonly SemaphoreSlim parallel = new(options.ParallelTurns);
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource quiet = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int active;

    /// <summary>Mailboxes that are being turned, and sends under way; zero means quiet (tests wait for it).</summary>
    public int Active => Volatile.Read(ref active);

    public void Wake(Guid mailbox, SendSettled? settled = null) => Wake(mailbox, settled, always: settled is not null);

    /// <summary>Turns an event of a run before it is stored, where nothing stands in the way (decision record 019). Answers the run; null when the event must be stored first.</summary>
    public async Task<Guid?> TurnUnstored(NewEvent added)
    {
        Begin();
        try
        {
            await parallel.WaitAsync();
            try
            {
                return stopping.IsCancellationRequested ? null : await runner.RunUnstored(added);
            }
            finally
            {
                parallel.Release();
            }
        }
        finally
        {
            End();
        }
    }

    /// <summary>
    /// Starts no new turn, but those by which sends under way end: what the provider answered is not lost, and nothing more is released.
    /// Completes when nothing is under way; what is left is found by another node or the next start.
    /// </summary>
    public Task Stop()
    {
        stopping.Cancel();
        foreach (var (mailbox, box) in boxes)
        {
            if (box.Lingering is not null)
            {
                Wake(mailbox, null, always: true);
            }
        }

        if (Active == 0)
        {
            quiet.TrySetResult();
        }

        return quiet.Task;
    }

    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
        parallel.Dispose();
    }

    /// <param name="always">Also while the node leaves: an answer of the provider is not lost.</param>
    private void Wake(Guid mailbox, SendSettled? settled, bool always)
    {
        if (!always && stopping.IsCancellationRequested)
        {
            return;
        }

        InOpenBox(mailbox, box =>
        {
            box.Again = true;
            if (settled is not null)
            {
                box.Settled.Add(settled);
            }

            if (!box.Running)
            {
                box.Running = true;
                BeginOrGoOn(box);
                _ = Task.Run(() => Run(mailbox, box));
            }
        });
    }

    /// <summary>
    /// An accepted send that nothing waits for lets the conversation's next event take it along (decision record 002), for a short while: the
    /// lead's next words or the provider's report often follow at once. Dying meanwhile leaves the send unknown, as dying just before its turn would.
    /// </summary>
    private void Linger(Guid mailbox, SendSettled settled) => InOpenBox(mailbox, box =>
    {
        box.Settled.Add(settled);
        if (box.Running)
        {
            box.Again = true;
        }
        else if (box.Lingering is null)
        {
            Begin();
            box.Lingering = clock.CreateTimer(_ => Wake(mailbox, null, always: true), null, options.SettleLingers, Timeout.InfiniteTimeSpan);
        }
    });

    /// <summary>What is done with a box is done alone, and never to one that its last turn has closed meanwhile.</summary>
    private void InOpenBox(Guid mailbox, Action<Box> act)
    {
        while (true)
        {
            var box = boxes.GetOrAdd(mailbox, static _ => new Box());
            lock (box)
            {
                if (!box.Closed)
                {
                    act(box);
                    return;
                }
            }
        }
    }

    private async Task Run(Guid mailbox, Box box)
    {
        // Whoever woke us has a trace of its own; the turns belong to those that their events were stored with.
        Activity.Current = null;
        await parallel.WaitAsync();
        try
        {
            while (Next(mailbox, box) is { } settled)
            {
                var turned = await runner.Run(mailbox, settled, CancellationToken.None, hold: stopping.IsCancellationRequested);
                Send(mailbox, turned);
                if (turned.More)
                {
                    lock (box)
                    {
                        box.Again = true;
                    }
                }
            }
        }
        catch (Exception broken)
        {
            // The store is away or there is a defect outside a turn. The events stay pending; the sweep wakes them again.
            log.LogError(broken, "Turning mailbox {Mailbox} failed; the sweep will try again", mailbox);
            Close(mailbox, box);
        }
        finally
        {
            parallel.Release();
            End();
        }
    }

    private SendSettled[]? Next(Guid mailbox, Box box)
    {
        lock (box)
        {
            if (!box.Again || (stopping.IsCancellationRequested && box.Settled.Count == 0))
            {
                box.Closed = true;
                boxes.TryRemove(mailbox, out _);
                return null;
            }

            box.Again = false;
            if (box.Settled.Count == 0)
            {
                return [];
            }

            var settled = box.Settled.ToArray();
            box.Settled.Clear();
            return settled;
        }
    }

    private void Close(Guid mailbox, Box box)
    {
        lock (box)
        {
            box.Closed = true;
            boxes.TryRemove(mailbox, out _);
        }
    }

    private void Send(Guid mailbox, Turned turned)
    {
        if (turned.Released is not { } message)
        {
            return;
        }

        Begin();
        _ = Task.Run(async () =>
        {
            try
            {
                if (await sender.Call(turned.Connection, turned.Contact!, message, turned.Cause, CancellationToken.None) is { } settled)
                {
                    Settle(mailbox, settled, turned);
                }
            }
            catch (Exception broken)
            {
                // Its WakeAt is stored: the sweep will treat it as unknown or release it again by its calling mark.
                log.LogError(broken, "Sending message {Message} failed outside its channel", message.Id);
            }
            finally
            {
                End();
            }
        });
    }

    private void Settle(Guid mailbox, SendSettled settled, Turned turned)
    {
        if (settled.Result.Outcome != SendOutcome.Accepted || turned.MoreToSend || options.SettleLingers <= TimeSpan.Zero || stopping.IsCancellationRequested)
        {
            Wake(mailbox, settled);
        }
        else
        {
            Linger(mailbox, settled);
        }
    }

    /// <summary>What lingered is already counted as active.</summary>
    private void BeginOrGoOn(Box box)
    {
        if (box.Lingering is { } lingering)
        {
            lingering.Dispose();
            box.Lingering = null;
        }
        else
        {
            Begin();
        }
    }

    private void Begin() => Interlocked.Increment(ref active);

    private void End()
    {
        if (Interlocked.Decrement(ref active) == 0 && stopping.IsCancellationRequested)
        {
            quiet.TrySetResult();
        }
    }

    private sealed class Box
    {
        public readonly List<SendSettled> Settled = [];
        public bool Running;
        public bool Again;
        public bool Closed;
        public ITimer? Lingering;
    }
}
