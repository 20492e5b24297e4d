using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace FlowEngine.WaSim.Graph;

/// <summary>Addresses of files that are good for 300 seconds of the stand-in's clock; they cannot be made up.</summary>
/// <param name="prefix">Where the stand-in hangs in its host.</param>
internal sealed class AttachmentLinks(StandIn sim, string prefix)
{
    public const string Path = "/graph/attachments";

    private static readonly TimeSpan Lives = TimeSpan.FromSeconds(300);

    /// <summary>Absolute, at the address by which the caller reached us.</summary>
    public string Make(HttpRequest request, string id)
    {
        var until = (sim.Clock.GetUtcNow() + Lives).ToUnixTimeMilliseconds();
        return string.Create(CultureInfo.InvariantCulture, $"{request.Scheme}://{request.Host}{request.PathBase}{prefix}{Path}?mid={id}&ext={until}&hash={Seal(id, until)}");
    }

    /// <summary>The id of the file that a link leads to; null for one that is over or was never made.</summary>
    public string? IdOf(IQueryCollection query)
    {
        var (id, seal) = (query["mid"].ToString(), query["hash"].ToString());
        if (!long.TryParse(query["ext"], NumberStyles.None, CultureInfo.InvariantCulture, out var until) || until <= sim.Clock.GetUtcNow().ToUnixTimeMilliseconds())
            return null;

        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(seal), Encoding.UTF8.GetBytes(Seal(id, until))) ? id : null;
    }

    private string Seal(string id, long until) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(sim.Options.AppSecret), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id} {until}"))));
}
