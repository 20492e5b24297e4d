using System.Net.Http.Headers;

namespace FlowEngine.WaSim.Callbacks;

/// <summary>
/// Delivers webhooks at least once: only 200 counts, anything else is repeated with growing waits for seven days. At most twenty are under
/// way, and no order is promised, as with the provider (simulator.md section 4).
/// </summary>
public sealed class CallbackQueue : IDisposable
{
    private const int Concurrent = 20;

    private static readonly TimeSpan GivesUpAfter = TimeSpan.FromDays(7);

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10),
        TimeSpan.FromHours(1), TimeSpan.FromHours(6),
    ];

    private readonly IReadOnlyList<TimeSpan> waits;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim slots = new(Concurrent);
    private readonly CancellationTokenSource stopped = new();
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly Dictionary<long, Callback> callbacks = [];
    private readonly HashSet<ITimer> timers = [];
    private readonly List<(bool All, TaskCompletionSource Done)> waiting = [];
    private readonly WaSimOptions options;
    private readonly TimeProvider clock;
    private long last;
    private int running;
    private int pending;
    private int epoch;

    public CallbackQueue(WaSimOptions options, TimeProvider clock)
    {
        this.options = options;
        this.clock = clock;
        Url = options.CallbackUrl;
        waits = options.Redelivery ?? Waits;
    }

    public Uri? Url { get; set; }

    /// <summary>How many times each webhook is delivered at once; above 1 it is a storm of duplicates.</summary>
    public int Copies { get; set; } = 1;

    public IReadOnlyList<Callback> All
    {
        get
        {
            lock (gate)
            {
                return [.. callbacks.Values.OrderBy(callback => callback.Number)];
            }
        }
    }

    internal void Send(string about, string what, byte[] body, TimeSpan after, Action<bool>? delivered = null)
    {
        Job job;
        lock (gate)
        {
            job = new Job(++last, body, Envelope.Sign(options, body), delivered, epoch);
            callbacks[job.Number] = new Callback(job.Number, about, what, clock.GetUtcNow(), CallbackState.Pending, []);
            pending++;
        }

        Schedule(job, after);
    }

    /// <summary>Completes when nothing is being delivered just now; what waits for its time does not count.</summary>
    public Task Settled() => When(all: false);

    /// <summary>Completes when every webhook was delivered or given up.</summary>
    public Task Drained() => When(all: true);

    /// <summary>Forgets everything; what is under way ends unheard.</summary>
    public void Clear()
    {
        lock (gate)
        {
            epoch++;
            foreach (var timer in timers)
                timer.Dispose();
            timers.Clear();
            callbacks.Clear();
            pending = 0;
        }

        Wake();
    }

    public void Dispose()
    {
        stopped.Cancel();
        Clear();
        http.Dispose();
    }

    private void Schedule(Job job, TimeSpan after)
    {
        if (after <= TimeSpan.Zero)
        {
            Start(job);
            return;
        }

        // Created stopped, so that it is in the set before it can fire.
        ITimer? timer = null;
        timer = clock.CreateTimer(_ => Fire(timer!, job), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (gate)
        {
            timers.Add(timer);
        }

        timer.Change(after, Timeout.InfiniteTimeSpan);
    }

    private void Fire(ITimer timer, Job job)
    {
        lock (gate)
        {
            if (!timers.Remove(timer))
                return;
        }

        timer.Dispose();
        Start(job);
    }

    private void Start(Job job)
    {
        lock (gate)
        {
            if (job.Epoch != epoch)
                return;
            running++;
        }

        _ = Task.Run(() => Deliver(job));
    }

    private async Task Deliver(Job job)
    {
        var answer = 0;
        try
        {
            await slots.WaitAsync(stopped.Token);
            try
            {
                answer = (await Task.WhenAll(Enumerable.Range(0, Math.Max(1, Copies)).Select(_ => Post(job)))).Max();
            }
            finally
            {
                slots.Release();
            }
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or OperationCanceledException)
        {
            // No answer counts as any other that is not 200.
        }

        Settle(job, answer);
    }

    private async Task<int> Post(Job job)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new ByteArrayContent(job.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", job.Signature);
        if (Url is null)
            return 0;

        using var response = await http.SendAsync(request, stopped.Token);
        return (int)response.StatusCode;
    }

    private void Settle(Job job, int answer)
    {
        // Before it counts as settled: who waits for that sees what came of it.
        job.Delivered?.Invoke(answer == 200);
        TimeSpan? again = null;
        lock (gate)
        {
            running--;
            if (job.Epoch == epoch && callbacks.TryGetValue(job.Number, out var callback))
            {
                var old = clock.GetUtcNow() - callback.CreatedAt >= GivesUpAfter;
                var state = answer == 200 ? CallbackState.Delivered : old ? CallbackState.Dead : CallbackState.Pending;
                callbacks[job.Number] = callback with { State = state, Answers = [.. callback.Answers, answer] };
                if (state == CallbackState.Pending && !stopped.IsCancellationRequested)
                    again = waits[Math.Min(callback.Answers.Count, waits.Count - 1)];
                else
                    pending--;
            }
        }

        if (again is { } wait)
            Schedule(job, wait);
        Wake();
    }

    private Task When(bool all)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Add((all, done));
        }

        Wake();
        return done.Task;
    }

    private void Wake()
    {
        lock (gate)
        {
            foreach (var (_, done) in waiting.Where(waiter => running == 0 && (!waiter.All || pending == 0)))
                done.TrySetResult();
            waiting.RemoveAll(waiter => waiter.Done.Task.IsCompleted);
        }
    }

    private sealed record Job(long Number, byte[] Body, string Signature, Action<bool>? Delivered, int Epoch);
}
