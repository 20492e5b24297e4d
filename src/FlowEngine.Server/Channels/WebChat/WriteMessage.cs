using System.Collections.Immutable;
using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Server.Channels.WebChat;

/// <summary>
/// <c>POST /chat/{connection}/messages</c>: what the visitor wrote, tapped or attached. Answered 200 once it is durable; the page repeats it until then,
/// under the id that it gave it, and the same id twice is one message (race R40).
/// </summary>
internal static class WriteMessage
{
    private const int LongestName = 100;
    private const int LongestEmail = 254;

    public static void Map(IEndpointRouteBuilder chat) => chat.MapPost("/messages", Handle).Paced(ChatLimits.Messages);

    private static async Task<IResult> Handle(HttpContext http, ChatLimits limits, VisitorPace pace, ChatThread threads, FileReceipts receipts, Intake intake, Ids ids, TimeProvider clock)
    {
        var call = ChatCall.Of(http);
        using var lease = pace.Message(call.VisitorId);
        if (!lease.IsAcquired)
        {
            await ChatLimits.Reject(http, lease);
            return Results.Empty;
        }

        var (request, refusal) = await ChatBody.Read<Request>(http);
        if (request is null)
        {
            return refusal!;
        }

        var (content, wrong) = await ContentOf(http, call, request, limits, threads, receipts);
        if (content is null)
        {
            return wrong!;
        }

        var written = new LeadMessage(
            request.Id!.Value.ToString(), clock.GetUtcNow(), content, Clean(request.Name, LongestName), OpensWindow: false, Fields: FieldsOf(request));
        var arrived = new NewEvent(ids.Next(), $"{call.Key}:{VisitorAlias.Value(call.VisitorId)}/{request.Id:N}:message", written)
        {
            // The e-mail is what the visitor claims: a field to see, never an address that would make two people one.
            Address = new Address(call.Key, call.Key, [new ContactAlias(VisitorAlias.Kind, VisitorAlias.Value(call.VisitorId))], written.ProfileName),
        };

        // Dying before this returns: the page has no answer and sends it again. After it: the message is in the mailbox.
        await intake.Accept([arrived], http.RequestAborted);
        return Results.Ok();
    }

    private static async Task<(MessageContent? Content, IResult? Refusal)> ContentOf(HttpContext http, ChatCall call, Request request, ChatLimits limits, ChatThread threads, FileReceipts receipts)
    {
        IResult Wrong(string code, string title) => ChatCall.Refuse(http, StatusCodes.Status422UnprocessableEntity, code, title);
        if (request.Id is null)
        {
            return (null, Wrong("id", "id is a UUID that the page makes, one for each message."));
        }

        if (request is { Choice: { } choice, Of: { } of })
        {
            return await threads.Option(call.Key, call.VisitorId, of, choice, http.RequestAborted) is { } option
                ? (new MessageContent { Kind = "reply", Text = option.Title, ChoiceId = option.Id, ReplyTo = WebChatChannel.ProviderId(of) }, null)
                : (null, Wrong("choice", "There is no such option."));
        }

        var text = Clean(request.Text, int.MaxValue);
        if (text?.Length > limits.LongestText)
        {
            return (null, Wrong("tooLong", $"text has at most {limits.LongestText} characters."));
        }

        return request.File is { } receipt ? receipts.Open(receipt, call.Key, call.VisitorId) is { } file ? (file.Say(text), null) : (null, Wrong("file", "Bring the file once more."))
            : text is null ? (null, Wrong("text", "text is missing."))
            : (MessageContent.OfText(text), null);
    }

    private static ImmutableSortedDictionary<string, string>? FieldsOf(Request request)
    {
        var fields = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (Clean(request.Name, LongestName) is { } name)
        {
            fields["name"] = name;
        }

        if (Clean(request.Email, LongestEmail) is { } email && System.Net.Mail.MailAddress.TryCreate(email, out _))
        {
            fields["email"] = email;
        }

        return fields.Count == 0 ? null : fields.ToImmutable();
    }

    /// <summary>Without what no keyboard writes and no screen shows; null when nothing is left.</summary>
    private static string? Clean(string? text, int longest)
    {
        var kept = string.Concat((text ?? "").Where(c => c is '\n' or '\t' || !char.IsControl(c))).Trim();
        return kept.Length == 0 ? null : kept.Length > longest ? kept[..longest] : kept;
    }

    /// <param name="File">The receipt of a file; the text is its caption.</param>
    /// <param name="Choice">Id of the tapped button or row of the message <paramref name="Of"/>.</param>
    private sealed record Request(Guid? Id, string? Text, string? File, string? Choice, Guid? Of, string? Name, string? Email);
}
