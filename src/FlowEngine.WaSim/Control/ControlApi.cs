using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FlowEngine.WaSim.Faults;
using FlowEngine.WaSim.Media;
using FlowEngine.WaSim.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace FlowEngine.WaSim.Control;

/// <summary>
/// The strings behind the stage, for tests in other processes and for demos (simulator.md section 6): callers on this machine only, with
/// the control token. Without a configured token it does not exist.
/// </summary>
internal sealed class ControlApi(StandIn sim)
{
    /// <summary>In bytes: the largest file as base64, and room for the rest.</summary>
    private const long LargestInbound = MediaTable.LargestDocument / 3 * 4 + 64 * 1024;

    public void Map(RouteGroupBuilder group)
    {
        group.AddEndpointFilter((context, next) => MayUse(context.HttpContext) ? next(context) : ValueTask.FromResult<object?>(Results.NotFound()));
        group.MapPost("/reset", () => Do(sim.Reset));
        group.MapGet("/messages", (string? person) => sim.World.Messages(person));
        group.MapGet("/duplicates", () => sim.World.Duplicates());
        group.MapGet("/people", () => sim.World.People);
        group.MapPut("/people/{id}", (string id, Person person) => Do(() => sim.World.Put(person with { Id = id })));
        group.MapPost("/inbound", Write).WithMetadata(new RequestSizeLimitAttribute(LargestInbound));
        group.MapGet("/media", () => sim.Media.All);
        group.MapPost("/echo", (EchoRequest echo) => Known(echo.Person) ? Results.Ok(new { id = sim.Echo(echo.Person, echo.Text) }) : Results.NotFound());
        group.MapGet("/callbacks", () => sim.Callbacks.All);
        group.MapPut("/callbacks", (CallbackRequest to) => Do(() => Redirect(to)));
        group.MapGet("/drained", Drained);
        group.MapGet("/faults", () => sim.Faults.All);
        group.MapPost("/faults", (Fault fault) => Results.Ok(new { id = sim.Faults.Add(fault) }));
        group.MapPost("/faults/{name}", (string name) =>
            NamedFaults.All.TryGetValue(name, out var fault) ? Results.Ok(new { id = sim.Faults.Add(fault) }) : Results.NotFound());
        group.MapDelete("/faults/{id}", (string id) => sim.Faults.Remove(id) ? Results.Ok() : Results.NotFound());
        group.MapPut("/templates/{name}/{language}", (string name, string language, TemplateRequest template) =>
            Do(() => sim.Templates.Put(name, language, template.Body)));
    }

    private bool MayUse(HttpContext http)
    {
        if (sim.Options.ControlToken is not { Length: > 0 } token || http.Connection.RemoteIpAddress is not { } caller || !IPAddress.IsLoopback(caller))
            return false;

        var given = Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString());
        return CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes($"Bearer {token}"));
    }

    private IResult Write(InboundRequest request)
    {
        if (!Known(request.Person))
            return Results.NotFound();

        if (request.Media is { } media)
            return Send(request.Person, new Attachment(media.Bytes, media.MimeType, media.FileName, media.Caption));

        var id = request.Text is { } text
            ? sim.Write(request.Person, text)
            : sim.Write(request.Person, request.Type ?? "unsupported", request.Body, request.ReplyTo);
        return Results.Ok(new { id });
    }

    private IResult Send(string person, Attachment file) =>
        file.Refusal() is { } refusal
            ? Results.ValidationProblem(new Dictionary<string, string[]> { ["media"] = [refusal] })
            : Results.Ok(new { id = sim.Write(person, file) });

    /// <summary>200 when no webhook is pending any more, 408 when the time is over first.</summary>
    private async Task<IResult> Drained(int? timeout, CancellationToken cancel)
    {
        try
        {
            await sim.Callbacks.Drained().WaitAsync(TimeSpan.FromSeconds(timeout ?? 30), cancel);
            return Results.Ok();
        }
        catch (TimeoutException)
        {
            return Results.StatusCode(StatusCodes.Status408RequestTimeout);
        }
    }

    private void Redirect(CallbackRequest to)
    {
        if (to.Url is { } url)
            sim.Callbacks.Url = url;
        if (to.Copies is { } copies)
            sim.Callbacks.Copies = copies;
    }

    private bool Known(string person) => sim.World.Find(person) is not null;

    private static IResult Do(Action action)
    {
        action();
        return Results.Ok();
    }

    private sealed record InboundRequest(string Person, string? Text, string? Type, JsonObject? Body, string? ReplyTo, MediaRequest? Media);

    /// <param name="Bytes">In JSON, as base64.</param>
    private sealed record MediaRequest(byte[] Bytes, string MimeType, string? FileName, string? Caption);

    private sealed record EchoRequest(string Person, string Text);

    private sealed record CallbackRequest(Uri? Url, int? Copies);

    private sealed record TemplateRequest(string Body);
}
