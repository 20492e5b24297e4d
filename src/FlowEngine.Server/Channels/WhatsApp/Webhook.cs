using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Media;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>Where a batch of events goes to become durable; when it returns, the provider may be answered 200.</summary>
public delegate ValueTask AcceptEvents(IReadOnlyList<NewEvent> events, CancellationToken cancel);

/// <summary>
/// The provider's door, one address per connection: the handshake by GET and deliveries by POST (cloud-api.md sections 1.1 and 1.2). Both are
/// anonymous; the handshake is guarded by the verify token, a delivery by its signature.
/// </summary>
public static class Webhook
{
    /// <summary>Bytes of a delivery; the documented maximum is 3 MB.</summary>
    public const int MaxBody = 4 * 1024 * 1024;

    public static IEndpointRouteBuilder MapWhatsAppWebhook(this IEndpointRouteBuilder app)
    {
        app.MapGet("/webhooks/whatsapp/{connection}", Handshake).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/webhooks/whatsapp/{connection}", Deliver).AllowAnonymous().ExcludeFromDescription().DisableAntiforgery();
        return app;
    }

    /// <summary>200 with exactly the challenge, or 403 that echoes nothing.</summary>
    private static IResult Handshake(string connection, HttpRequest request, ConnectionBook book)
    {
        var token = request.Query["hub.verify_token"].ToString();
        var expected = Find(book, connection)?.VerifyToken;
        var known = !string.IsNullOrEmpty(expected)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(expected));

        return known && request.Query["hub.mode"] == "subscribe"
            ? Results.Text(request.Query["hub.challenge"].ToString(), "text/plain")
            : Results.StatusCode(StatusCodes.Status403Forbidden);
    }

    private static async Task<IResult> Deliver(
        string connection, HttpRequest request, ConnectionBook book, WebhookReader reader, AcceptEvents accept, WantMedia want, Arrivals arrivals, DeadLetters dead,
        ILogger<WebhookReader> log)
    {
        using var arrival = arrivals.Of(request.HttpContext);
        var cancel = request.HttpContext.RequestAborted;
        if (request.ContentLength > MaxBody || await ReadBody(request.BodyReader, cancel) is not { } body)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);

        try
        {
            var target = Find(book, connection);
            if (target is null || !WebhookSignature.Matches(request.Headers["X-Hub-Signature-256"], body, target.AppSecret))
                return Results.StatusCode(StatusCodes.Status401Unauthorized);
            book.Heard(target.Key);
            if (Read(body, target, book, reader) is { } events)
                return await Store(events, arrival, target, accept, want, log, cancel);

            dead.Add(target.Key, "json");
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }
        finally
        {
            request.BodyReader.AdvanceTo(body.End); // the bytes were lent; the connection can serve its next request only when they are back
        }
    }

    /// <summary>503 when the store cannot take them: the provider delivers again for up to seven days, and the dedupe keys make that harmless.</summary>
    private static async Task<IResult> Store(
        IReadOnlyList<NewEvent> events, Arrivals.Arrival arrival, Connection target, AcceptEvents accept, WantMedia want, ILogger log, CancellationToken cancel)
    {
        if (events.Count == 0)
            return Results.Ok();

        try
        {
            // Dying after this: files are wanted whose message the provider delivers again.
            if (FilesOf(events) is { Count: > 0 } files)
                await want(target.Key, files, cancel);

            // If the process dies before this returns, nothing was answered and the provider delivers again; after it, the events are durable.
            await arrival.MyTurn();
            var accepted = accept(events, cancel);
            arrival.Dispose();
            await accepted;
            return Results.Ok();
        }
        catch (Exception broken) when (broken is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            log.LogError(broken, "Could not store {Count} events of {Connection}; the provider will deliver them again", events.Count, target);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static List<MediaRef> FilesOf(IReadOnlyList<NewEvent> events) => [.. events.Select(e => e.Event switch
    {
        LeadMessage said => said.Content.Media,
        PhoneEcho echo => echo.Content.Media,
        _ => null,
    }).OfType<MediaRef>()];

    private static Connection? Find(ConnectionBook book, string key) => book.Find(key) is { Kind: "whatsapp" } found ? found : null;

    /// <summary>Null when it is not JSON.</summary>
    private static IReadOnlyList<NewEvent>? Read(ReadOnlySequence<byte> body, Connection target, ConnectionBook book, WebhookReader reader)
    {
        try
        {
            using var envelope = JsonDocument.Parse(body);
            return reader.Read(envelope.RootElement, target, book);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The whole body as it came, without a copy; null when it is larger than allowed.</summary>
    private static async ValueTask<ReadOnlySequence<byte>?> ReadBody(PipeReader reader, CancellationToken cancel)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancel);
            if (read.Buffer.Length > MaxBody)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
                return read.Buffer;

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
