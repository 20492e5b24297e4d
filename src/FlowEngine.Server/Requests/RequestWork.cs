using System.Net;
using FlowEngine.Engine.Tasks;
using FlowEngine.Workflows.Activities.Http;

namespace FlowEngine.Server.Requests;

/// <summary>
/// Sends the HTTP requests of flows, outside of turns and within their bounds. What goes wrong is a result too. A request that is not
/// idempotent is never sent a second time by itself after a crash: nobody knows whether the first one has done its work.
/// </summary>
public sealed class RequestWork : ITaskHandler, IDisposable
{
    private static readonly HashSet<string> MayRepeat = new(StringComparer.Ordinal) { "GET", "HEAD", "OPTIONS", "PUT", "DELETE" };

    private readonly RequestOptions options;
    private readonly TaskSeal seal;
    private readonly TimeProvider clock;
    private readonly HttpClient http;

    public RequestWork(RequestOptions options, TaskSeal seal, TimeProvider clock)
        : this(options, seal, clock, Dns.GetHostAddressesAsync)
    {
    }

    internal RequestWork(RequestOptions options, TaskSeal seal, TimeProvider clock, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        (this.options, this.seal, this.clock) = (options, seal, clock);
        http = new HttpClient(new SocketsHttpHandler
        {
            // Followed by hand: each step is judged, and secrets stay with the host that the flow named.
            AllowAutoRedirect = false,
            // A proxy would resolve names where we cannot see it.
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = new GuardedConnection(options, resolve).Open,
        }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public string Kind => HttpJob.TaskKind;

    public async ValueTask<TaskResult> Work(TakenTask taken, CancellationToken cancel)
    {
        var job = HttpJob.Read(seal.Open(taken.Task.Payload));
        if (taken.Attempts > 1 && !MayRepeat.Contains(job.Method))
        {
            return GiveUp(taken, "The process died while it was sent. It is not sent twice, because it may have done its work.");
        }

        using var deadline = new CancellationTokenSource(Left(taken), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        var strategy = RetryStrategy.Of(job, options);
        var retried = new List<object?>();
        for (var attempt = 1; ; attempt++)
        {
            var begun = clock.GetUtcNow();
            var (answer, pause) = await Attempt(job, attempt, strategy, either.Token, cancel);
            if (pause is not { } wait || clock.GetUtcNow() + wait >= taken.Task.Deadline)
            {
                return new TaskResult(FlowAnswer.After(retried, answer));
            }

            if (retried.Count < RetriedAttempts.Most)
            {
                retried.Add(RetriedAttempts.Of(attempt, begun, wait, answer));
            }

            await Task.Delay(wait, clock, cancel);
        }
    }

    public TaskResult GiveUp(TakenTask taken, string why) => new(FlowAnswer.After([], FlowAnswer.Failed("FailedToConnect", why, taken.Attempts - 1)));

    public void Dispose() => http.Dispose();

    private TimeSpan Left(TakenTask taken) => taken.Task.Deadline - clock.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.FromMilliseconds(1);

    /// <summary>One attempt; the pause before the next one, when its strategy wants one.</summary>
    private async Task<(Dictionary<string, object?> Answer, TimeSpan? Pause)> Attempt(HttpJob job, int attempt, RetryStrategy? strategy, CancellationToken deadline, CancellationToken cancel)
    {
        var pause = strategy?.After(attempt);
        using var timeout = new CancellationTokenSource(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, deadline);
        try
        {
            using var response = await Send(job, either.Token);
            var result = await FlowAnswer.Of(response, attempt, options.LargestAnswer, job.AsFile, either.Token);
            return (result, pause is not null && IsPassing(response.StatusCode) ? Wish(response) ?? pause : null);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (FlowAnswer.Failed("Timeout", $"No answer within {options.Timeout.TotalSeconds:0} s.", attempt), pause);
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or InvalidDataException or UriFormatException)
        {
            var refused = failed as PrivateAddressRefused ?? failed.InnerException as PrivateAddressRefused;
            return (FlowAnswer.Failed("FailedToConnect", (refused ?? failed).Message, attempt), refused is null && failed is not InvalidDataException ? pause : null);
        }
    }

    private async Task<HttpResponseMessage> Send(HttpJob job, CancellationToken cancel)
    {
        var (named, method) = (new Uri(job.Url), new HttpMethod(job.Method));
        var address = named;
        for (var step = 0; ; step++)
        {
            using var request = FlowRequest.Of(job, address, method, IsSameOrigin(named, address));
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (step >= options.Redirects || Redirect(response, address) is not { } next)
            {
                return response;
            }

            method = response.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect ? method : method == HttpMethod.Head ? method : HttpMethod.Get;
            address = next;
            response.Dispose();
        }
    }

    /// <summary>Where it leads; null when it is no redirect, or none that is followed: never from https to http, never elsewhere than http.</summary>
    private static Uri? Redirect(HttpResponseMessage response, Uri from)
    {
        if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
            || response.Headers.Location is not { } location)
        {
            return null;
        }

        var to = location.IsAbsoluteUri ? location : new Uri(from, location);
        return to.Scheme == Uri.UriSchemeHttps || (to.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttp) ? to : null;
    }

    private static bool IsSameOrigin(Uri one, Uri other) => one.Scheme == other.Scheme && one.Authority == other.Authority;

    private static bool IsPassing(HttpStatusCode status) => (int)status is 408 or 429 or >= 500;

    private TimeSpan? Wish(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > clock.GetUtcNow() => date - clock.GetUtcNow(),
        _ => null,
    };
}
