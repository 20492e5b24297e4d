namespace FlowEngine.Engine.Ai;

/// <summary>
/// Talks with a model until there is a result: repeats what may pass, tells it its mistake once, and ends at the deadline. The only place
/// where calls are repeated.
/// </summary>
public sealed class ModelTalk(IChatModel model, AiOptions options, TimeProvider clock, DateTimeOffset deadline)
{
    private int failures;
    private bool corrected;

    public int Calls { get; private set; }

    public int InputTokens { get; private set; }

    public int OutputTokens { get; private set; }

    public decimal Cost { get; private set; }

    public string Model { get; private set; } = "";

    public async ValueTask<AiResult> Run(ModelRequest request, Func<ModelReply.Called, Verdict> read, CancellationToken cancel)
    {
        while (true)
        {
            var reply = await Call(request, cancel);
            Note(reply.Usage);
            var (result, mistake) = reply switch
            {
                ModelReply.Called called => read(called),
                ModelReply.Failed { Failure: ModelFailure.Malformed } failed => Verdict.Wrong(failed.Detail),
                ModelReply.Failed failed => new Verdict(await Repeat(failed, cancel), null),
                _ => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
            };
            if (result is not null)
            {
                return result;
            }

            if (mistake is not null)
            {
                if (corrected)
                {
                    return AiResult.NotSure(nameof(ModelFailure.Malformed), mistake);
                }

                corrected = true;
                request = request with { Correction = mistake };
            }
        }
    }

    private async ValueTask<ModelReply> Call(ModelRequest request, CancellationToken cancel)
    {
        var left = deadline - clock.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            return new ModelReply.Failed(ModelFailure.Slow, "The step's time was over.");
        }

        Calls++;
        using var timeout = new CancellationTokenSource(left < options.CallTimeout ? left : options.CallTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            return await model.Ask(request with { MaxTokens = options.MaxTokens }, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new ModelReply.Failed(ModelFailure.Slow, "The model did not answer in time.");
        }
    }

    /// <summary>Waits where a repetition may help and there is time for it, and answers null; else the failure.</summary>
    private async ValueTask<AiResult?> Repeat(ModelReply.Failed failed, CancellationToken cancel)
    {
        failures++;
        var pause = options.Backoff * Math.Pow(2, failures - 1);
        pause = failed.RetryAfter > pause ? failed.RetryAfter.Value : pause;
        var mayPass = failed.Failure is ModelFailure.Unavailable or ModelFailure.Slow or ModelFailure.RateLimited or ModelFailure.Empty;
        if (!mayPass || failures >= options.Attempts || clock.GetUtcNow() + pause >= deadline)
        {
            return AiResult.Failed(failed.Failure, failed.Detail);
        }

        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, clock, cancel);
        }

        return null;
    }

    private void Note(ModelUsage? usage)
    {
        if (usage is not null)
        {
            (Model, Cost) = (usage.Model, Cost + usage.Cost);
            (InputTokens, OutputTokens) = (InputTokens + usage.InputTokens, OutputTokens + usage.OutputTokens);
        }
    }
}
