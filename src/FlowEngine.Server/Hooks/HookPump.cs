using System.Threading.Channels;
using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Hooks;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;

namespace FlowEngine.Server.Hooks;

/// <summary>
/// Carries one webhook's calls out: at most 16 at once, in order within a conversation. If the process dies between the receiver's
/// answer and our mark, the call is made again under the same id.
/// </summary>
public sealed partial class HookPump(int hook, HookEndpoint endpoint, IHookQueue queue, HookPost post, Ids ids, TimeProvider clock, ILogger log)
{
    private const int AtOnce = 16;
    private const int ReadAtOnce = 500;

    /// <summary>How much of a backlog is held in memory; the rest stays in the table.</summary>
    private const int MostHeld = 5_000;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Channel<(OwedHook Owed, HookAnswer Answer)?> inbox = Channel.CreateUnbounded<(OwedHook, HookAnswer)?>(new UnboundedChannelOptions { SingleReader = true });
    private readonly HookLanes lanes = new();
    private readonly List<HookMark> marks = [];
    private long readUntil;
    private int inFlight;

    /// <summary>There may be something new.</summary>
    public void Wake() => inbox.Writer.TryWrite(null);

    /// <summary>Runs until cancelled.</summary>
    public async Task Run(CancellationToken cancel)
    {
        readUntil = (await queue.FirstOwed(cancel) ?? 1) - 1;
        var more = true;
        while (true)
        {
            more = more && await Fill(cancel);
            while (inFlight < AtOnce && lanes.TryTake(clock.GetUtcNow(), out var owed))
            {
                inFlight++;
                _ = Deliver(owed, cancel);
            }

            if (await Settle(more, cancel))
            {
                more = true;
            }
        }
    }

    /// <summary>True when there may be more to read.</summary>
    private async Task<bool> Fill(CancellationToken cancel)
    {
        if (lanes.Count >= MostHeld)
        {
            return true;
        }

        var owed = await queue.Read(hook, readUntil, lanes.Places, ReadAtOnce, cancel);
        foreach (var one in owed)
        {
            lanes.Add(one);
            readUntil = one.Seq;
        }

        return owed.Count == ReadAtOnce;
    }

    private async Task Deliver(OwedHook owed, CancellationToken cancel)
    {
        HookAnswer answer;
        try
        {
            answer = await post.Send(endpoint, owed, cancel);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception defect)
        {
            LogDefect(defect, endpoint.ToString());
            answer = new HookAnswer(defect.GetType().Name);
        }

        inbox.Writer.TryWrite((owed, answer));
    }

    /// <summary>Waits until something happens, takes all that has, and writes the marks of it at once. True when it was told of something new.</summary>
    private async Task<bool> Settle(bool more, CancellationToken cancel)
    {
        if (!more || lanes.Count >= MostHeld || inFlight >= AtOnce)
        {
            await Happening(cancel);
        }

        var told = false;
        while (inbox.Reader.TryRead(out var news))
        {
            if (news is { } settled)
            {
                inFlight--;
                Note(settled.Owed, settled.Answer);
            }
            else
            {
                told = true;
            }
        }

        if (marks.Count > 0)
        {
            await queue.Mark(marks, cancel);
            marks.Clear();
        }

        return told;
    }

    private async Task Happening(CancellationToken cancel)
    {
        var wait = lanes.NextDue is { } due && due - clock.GetUtcNow() < Longest ? due - clock.GetUtcNow() : Longest;
        if (wait <= TimeSpan.Zero && inFlight < AtOnce)
        {
            return;
        }

        using var timeout = new CancellationTokenSource(wait > TimeSpan.Zero ? wait : Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            await inbox.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // A retry is due.
        }
    }

    private void Note(OwedHook owed, HookAnswer answer)
    {
        var (attempts, now) = (owed.Attempts + 1, clock.GetUtcNow());
        if (answer.Taken)
        {
            marks.Add(new HookMark(owed.Seq, HookState.Delivered, attempts));
            lanes.Done(owed);
        }
        else if (HookRetry.Next(owed.At, attempts, answer.RetryAfter, now) is { } next)
        {
            marks.Add(new HookMark(owed.Seq, HookState.Owed, attempts, next, answer.Error));
            lanes.Retry(owed, attempts, next);
        }
        else
        {
            LogGivenUp(endpoint.ToString(), owed.Id, attempts, answer.Error!);
            marks.Add(new HookMark(owed.Seq, HookState.GivenUp, attempts, null, answer.Error, Incident(owed, answer.Error!, now)));
            lanes.Done(owed);
        }
    }

    private IncidentRecord Incident(OwedHook owed, string error, DateTimeOffset now) => new(
        ids.Next(), Ids.IsRun(owed.ConversationId) ? null : owed.ConversationId, Ids.IsRun(owed.ConversationId) ? owed.ConversationId : null, null, null, null, nameof(ProblemKind.Connection), "automation", "hookGivenUp",
        $"The {owed.Type} call to {endpoint.Url.Host} was not taken within {HookRetry.GiveUpAfter.TotalHours} h.", error, Blocking: false, now);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Endpoint}: call {Id} was given up after {Attempts} attempts: {Error}")]
    private partial void LogGivenUp(string endpoint, Guid id, int attempts, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Endpoint}: a call failed for a reason of our own")]
    private partial void LogDefect(Exception defect, string endpoint);
}
