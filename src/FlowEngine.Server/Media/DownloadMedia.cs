using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;

namespace FlowEngine.Server.Media;

/// <summary>Fetches a file of the provider into <see cref="MediaFiles"/>, once, without repeating.</summary>
/// <param name="mostBytes">More than that is not fetched.</param>
public delegate Task<Download> DownloadMedia(Connection connection, string providerId, long mostBytes, CancellationToken cancel);

/// <summary>Remembers durably that these files are to be fetched (<see cref="MediaShelf.Want"/>).</summary>
public delegate Task WantMedia(string connection, IReadOnlyCollection<MediaRef> media, CancellationToken cancel);

/// <summary>How one attempt ended.</summary>
public abstract record Download
{
    private Download()
    {
    }

    public sealed record Fetched(WrittenFile File, string? MimeType) : Download;

    /// <summary>It may work later.</summary>
    public sealed record Failed(string Why) : Download;

    /// <summary>It never will.</summary>
    public sealed record Gone(string Why) : Download;
}
