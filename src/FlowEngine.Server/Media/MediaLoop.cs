using FlowEngine.Server.Nodes;

namespace FlowEngine.Server.Media;

/// <summary>Fetches the files that leads have sent while the server lives; what it misses, the next look or the next start finds.</summary>
public sealed class MediaLoop(MediaShelf shelf, MediaOptions options, NodeSettings node, ILogger<MediaLoop> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (node.Worker && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await shelf.FetchDue(stoppingToken) > 0)
                {
                    // What came meanwhile.
                }

                await shelf.Wanted(options.LookEvery, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken)
            {
                log.LogError(broken, "Looking for files of messages failed; the next look is in {Pause}", options.LookEvery);
                await shelf.Wanted(options.LookEvery, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
