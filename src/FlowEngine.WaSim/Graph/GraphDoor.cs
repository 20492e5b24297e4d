using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlowEngine.WaSim.Faults;
using Microsoft.AspNetCore.Http;

namespace FlowEngine.WaSim.Graph;

/// <summary>What all calls of the Graph surface have in common: version, token, the number, and the form of answers.</summary>
internal sealed partial class GraphDoor(StandIn sim)
{
    private const int OldestVersion = 21;

    /// <summary>Lets a call in, or answers it.</summary>
    /// <param name="number">The phone number id that the call names; null where it names none.</param>
    public async Task<bool> Passes(HttpContext http, string version, GraphCall call, string? number = null)
    {
        http.Response.Headers["x-fb-trace-id"] = sim.Trace();
        http.Response.Headers["facebook-api-version"] = version;
        if (sim.Faults.Strike(FaultStage.BeforeAuth, call: call) is { } early)
        {
            await new FaultyAnswer(sim, early).Write(http, null);
            return false;
        }

        if (Entrance(http, version, number) is not { } refused)
            return true;

        await Refuse(http, refused);
        return false;
    }

    public bool MayEnter(HttpContext http) =>
        AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization.ToString(), out var value)
        && value is { Scheme: "Bearer", Parameter: { Length: > 0 } token }
        && !StandIn.LooksReal(token)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(sim.Token));

    public Task Refuse(HttpContext http, GraphRefusal refusal)
    {
        http.Response.StatusCode = refusal.HttpStatus;
        return Answer(http, refusal.ToJson(sim.Trace()));
    }

    public static Task Answer(HttpContext http, JsonNode json)
    {
        if (json["error"] is not null && http.Response.StatusCode == StatusCodes.Status200OK)
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        http.Response.ContentType = "application/json; charset=UTF-8";
        return http.Response.WriteAsync(json.ToJsonString(), http.RequestAborted);
    }

    /// <summary>There is no such object, for this verb of HTTP.</summary>
    public static GraphRefusal Unknown(HttpContext http, string id) =>
        GraphRefusal.Of(100, $"Unsupported {http.Request.Method.ToLowerInvariant()} request. Object with ID '{id}' does not exist", subcode: 33);

    private GraphRefusal? Entrance(HttpContext http, string version, string? number)
    {
        if (Version().Match(version) is not { Success: true } match || int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) < OldestVersion)
            return GraphRefusal.Of(2635, $"Unknown or retired version {version}");
        if (!MayEnter(http))
            return GraphRefusal.Of(190, null);

        return number is null || number == sim.Options.PhoneNumberId ? null : Unknown(http, number);
    }

    [GeneratedRegex(@"^v(\d{1,3})\.\d$")]
    private static partial Regex Version();
}
