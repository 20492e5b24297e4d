using System.Collections.Concurrent;
using System.Net.Http.Headers;
using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Errors;
using FlowEngine.Engine.Outbox;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>
/// The way out to WhatsApp: one call of the provider's messages endpoint. It has no idempotency key, so the channel never repeats, and
/// says of each attempt whether it was taken, refused, or may have been either (cloud-api.md sections 6 and 9).
/// </summary>
public sealed class WhatsAppChannel : IChannel, IDisposable
{
    /// <summary>Requests under way per number (cloud-api.md section 8).</summary>
    private const int InFlight = 20;

    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new(StringComparer.Ordinal);
    private readonly TimeProvider clock;
    private readonly GraphUploads uploads;
    private readonly SendAnswer answers;
    private readonly HttpClient http = GraphHttp.NewClient();

    /// <param name="chance">Numbers from 0 up to 1 that spread the waits between attempts.</param>
    /// <param name="uploads">Files of ours go there first.</param>
    public WhatsAppChannel(ErrorCatalog catalog, TimeProvider clock, Func<double> chance, GraphUploads uploads)
    {
        (this.clock, this.uploads) = (clock, uploads);
        answers = new SendAnswer(catalog, chance);
    }

    public string Kind => "whatsapp";

    public async ValueTask<SendResult> Send(Connection connection, Contact to, Message message, CancellationToken cancel)
    {
        if (Refusal(connection, to, message.Content) is { } refusal)
            return SendResult.Rejected(refusal, pausesConnection: refusal.Category == "auth");

        var gate = gates.GetOrAdd(connection.PhoneNumberId!, _ => new SemaphoreSlim(InFlight));
        await gate.WaitAsync(cancel);
        try
        {
            return message.Content.Media is { ProviderId: null, Sha256: not null } own
                ? await SendOwn(connection, to, message, own, cancel)
                : await Call(connection, message, SendBody.Write(to, message.Id, message.Content), cancel);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => http.Dispose();

    private static SendError? Refusal(Connection connection, Contact to, MessageContent content)
    {
        if (string.IsNullOrEmpty(connection.PhoneNumberId) || string.IsNullOrEmpty(connection.AccessToken))
            return new SendError("0", "auth", "The connection has no number or no token", $"connection {connection.Key}");
        if (SendBody.PhoneOf(to) is null && string.IsNullOrEmpty(to.UserId))
            return new SendError("131008", "provider_api", "Required parameter is missing", "The contact has neither phone nor user id");

        return SendLimits.Check(content);
    }

    /// <summary>The file is uploaded first: as long as that has not ended, nothing has been sent to anybody, and the attempt may be repeated.</summary>
    private async Task<SendResult> SendOwn(Connection connection, Contact to, Message message, MediaRef own, CancellationToken cancel)
    {
        switch (await uploads.Of(connection, own, message.Deadline, cancel))
        {
            case null:
                return Late("The file was still on its way to the provider.");
            case { Id: { } id }:
                var result = await Call(connection, message, SendBody.Write(to, message.Id, message.Content with { Media = own with { ProviderId = id } }), cancel);
                if (result.Outcome == SendOutcome.Rejected)
                    uploads.Forget(connection, own);

                return result;
            case { Body: { } body, Status: var status }:
                var refused = answers.Read(status, body, message.Try, null);
                return refused.Outcome == SendOutcome.Rejected ? refused : answers.NotConnected(message.Try, $"The upload was answered {(int)status}");
            case { Broken: var why }:
                return answers.NotConnected(message.Try, why ?? "The upload broke");
        }
    }

    private static SendResult Late(string why) => SendResult.Rejected(new SendError("FE_LATE", "transient", why), TimeSpan.Zero);

    private async Task<SendResult> Call(Connection connection, Message message, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        using var content = new FencedContent(body, message.Deadline, clock);
        using var request = new HttpRequestMessage(HttpMethod.Post, GraphHttp.Address(connection, $"{connection.PhoneNumberId}/messages")) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", connection.AccessToken);
        using var timeout = new CancellationTokenSource(ReplyTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            // If the process dies from here on, the message stays in Calling and is reconciled by its tracking id.
            using var response = await http.SendAsync(request, either.Token);
            var answer = await response.Content.ReadAsByteArrayAsync(either.Token);
            return answers.Read(response.StatusCode, answer, message.Try, WaitAskedBy(response));
        }
        catch (Exception late) when (late is DeadlinePassedException or HttpRequestException { InnerException: DeadlinePassedException })
        {
            return Late("The worker came too late to call the provider.");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
        {
            if (content.Left)
                return answers.Lost(ErrorCatalog.NoReply, WhatHappened(broken));
            if (broken is OperationCanceledException && cancel.IsCancellationRequested)
                throw;

            return answers.NotConnected(message.Try, WhatHappened(broken));
        }
    }

    private TimeSpan? WaitAskedBy(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } asked ? asked.Delta ?? asked.Date - clock.GetUtcNow() : null;

    /// <summary>The kind of failure without addresses or headers, which could carry what must not be logged.</summary>
    private static string WhatHappened(Exception broken) => broken switch
    {
        HttpRequestException request => request.HttpRequestError.ToString(),
        OperationCanceledException => "No answer in time",
        _ => "The connection broke",
    };
}
