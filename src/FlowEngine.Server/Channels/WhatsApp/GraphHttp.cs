using FlowEngine.Engine.Connections;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>How the provider is called, whatever for: one address, and a client that gives the token to nobody else.</summary>
internal static class GraphHttp
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Each caller has its own connections and its own patience.</summary>
    public static HttpClient NewClient() => new(new SocketsHttpHandler
    {
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AllowAutoRedirect = false, // the token goes to the configured address and nowhere else
        UseCookies = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = 1024 * 1024,
    };

    /// <param name="path">Below the version.</param>
    public static Uri Address(Connection connection, string path) => new($"{connection.GraphBaseUrl.TrimEnd('/')}/{connection.GraphVersion}/{path}");
}
