using System.Globalization;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace FlowEngine.WaSim.Phone;

/// <summary>What the phone page asks for: people, one person's chat, what the person does, and a stream that says when to look again.</summary>
internal sealed class PhoneApi(StandIn sim)
{
    private const int LongestText = 65536;

    public void Map(RouteGroupBuilder group)
    {
        group.MapGet("/api/people", People);
        group.MapPost("/api/people", Join);
        group.MapGet("/api/people/{id}/messages", (string id) => sim.World.Find(id) is null ? Results.NotFound() : Results.Ok(sim.World.Messages(id)));
        group.MapPost("/api/people/{id}/messages", Write);
        group.MapPost("/api/reset", () =>
        {
            sim.Reset();
            return Results.Ok();
        });
        group.MapGet("/api/live", Live);
    }

    private IEnumerable<object> People()
    {
        var last = sim.World.Messages().GroupBy(bubble => bubble.Person).ToDictionary(chat => chat.Key, chat => chat.Last());
        return sim.World.People
            .Select(person => (Person: person, Last: last.GetValueOrDefault(person.Id)))
            .OrderByDescending(chat => chat.Last?.At ?? DateTimeOffset.MaxValue)
            .Select(chat => new { chat.Person.Id, chat.Person.Name, chat.Person.WaId, chat.Last });
    }

    /// <summary>A new person with an invented number (a fictional range) unless one is given.</summary>
    private IResult Join(JoinRequest request)
    {
        var name = request.Name?.Trim();
        if (name is not { Length: > 0 and <= 80 })
            return Results.ValidationProblem(new Dictionary<string, string[]> { ["name"] = ["A name has from 1 to 80 characters."] });

        var number = string.Concat((request.Phone ?? "").Where(char.IsAsciiDigit));
        var taken = sim.World.People.Count;
        return Results.Ok(sim.Join(name, number.Length is >= 7 and <= 15 ? number : FreeNumber(taken)));
    }

    private string FreeNumber(int after)
    {
        var candidates = Enumerable.Range(after + 1, 10_000).Select(n => "34600" + n.ToString("D6", CultureInfo.InvariantCulture));
        return candidates.First(number => sim.World.Find(number) is null);
    }

    private IResult Write(string id, WriteRequest request)
    {
        if (sim.World.Find(id) is null)
            return Results.NotFound();
        if (request is { Tap: { } choice, Of: { } message })
            return Attempt(() => sim.Tap(id, message, choice));
        if (request.Text is { } text)
        {
            var tooLong = string.IsNullOrWhiteSpace(text) || text.Length > LongestText;
            return tooLong ? Results.BadRequest() : Results.Ok(new { id = sim.Write(id, text) });
        }

        if (Samples.File(request.Sample) is { } file)
            return Results.Ok(new { id = sim.Write(id, file) });

        return Samples.Of(request.Sample) is { } sample ? Results.Ok(new { id = sim.Write(id, sample.Type, sample.Body) }) : Results.BadRequest();
    }

    private static IResult Attempt(Func<string> act)
    {
        try
        {
            return Results.Ok(new { id = act() });
        }
        catch (ArgumentException)
        {
            return Results.NotFound(); // the message or the choice is from before a restart
        }
    }

    /// <summary>Server-sent events without content: something changed. Bursts are merged.</summary>
    private async Task Live(HttpContext http, IHostApplicationLifetime host)
    {
        var pulses = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Pulse() => pulses.Writer.TryWrite(true);

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        sim.World.Changed += Pulse;
        try
        {
            await http.Response.WriteAsync("retry: 1000\ndata: hello\n\n", ended.Token);
            await http.Response.Body.FlushAsync(ended.Token);
            await foreach (var _ in pulses.Reader.ReadAllAsync(ended.Token))
            {
                await http.Response.WriteAsync("data: changed\n\n", ended.Token);
                await http.Response.Body.FlushAsync(ended.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the host stops.
        }
        finally
        {
            sim.World.Changed -= Pulse;
        }
    }

    private sealed record JoinRequest(string? Name, string? Phone);

    private sealed record WriteRequest(string? Text, string? Tap, string? Of, string? Sample);
}
