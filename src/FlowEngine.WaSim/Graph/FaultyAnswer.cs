using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FlowEngine.WaSim.Faults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FlowEngine.WaSim.Graph;

/// <summary>An answer as a fault has it.</summary>
internal sealed class FaultyAnswer(StandIn sim, Fault fault)
{
    private const string Page = "<!DOCTYPE html><html><head><title>Gateway</title></head><body><h1>Gateway</h1></body></html>";

    /// <summary>Longer than any caller waits.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(5);

    private const string Json = "application/json; charset=UTF-8";

    /// <param name="accepted">The usual answer, where the message was taken.</param>
    public Task Write(HttpContext http, JsonNode? accepted) => Write(http, Encoding.UTF8.GetBytes(accepted?.ToJsonString() ?? "{}"), Json);

    /// <param name="usual">The usual answer's bytes.</param>
    public async Task Write(HttpContext http, byte[] usual, string type)
    {
        if (fault.RetryAfter is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        switch (fault.Kind)
        {
            case FaultKind.Error:
                var refusal = GraphRefusal.Of(fault.Code, "As a fault of the stand-in says", fault.Subcode, fault.HttpStatus);
                await Body(http, refusal.HttpStatus, Json, Encoding.UTF8.GetBytes(refusal.ToJson(sim.Trace()).ToJsonString()));
                break;
            case FaultKind.Html:
                await Body(http, fault.HttpStatus ?? 502, "text/html", Encoding.UTF8.GetBytes(Page));
                break;
            case FaultKind.Empty:
                http.Response.StatusCode = fault.HttpStatus ?? 500;
                break;
            case FaultKind.Slow:
                await Wait(http, fault.Wait ?? TimeSpan.Zero);
                await Body(http, 200, type, usual);
                break;
            case FaultKind.Damaged:
                await Body(http, 200, type, [(byte)~usual[0], .. usual[1..]]);
                break;
            case FaultKind.Truncated:
                await Half(http, usual, type);
                break;
            default:
                await Wait(http, fault.Wait ?? Silence);
                http.Abort();
                break;
        }
    }

    private static Task Body(HttpContext http, int status, string type, byte[] body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    private static async Task Half(HttpContext http, byte[] bytes, string type)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        http.Features.Get<IHttpRequestLifetimeFeature>()?.Abort();
    }

    /// <summary>On the stand-in's clock; ends early when the caller gives up or the host stops.</summary>
    private async Task Wait(HttpContext http, TimeSpan time)
    {
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            await Task.Delay(time, sim.Clock, either.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits any more.
        }
    }
}
