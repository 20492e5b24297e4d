using System.Collections.Immutable;
using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Administration;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>A person's message to the lead: text within the window, or an approved template. The same clientId twice is one message.</summary>
internal static class SendMessage
{
    private const int MaxText = 4096;
    private const int MaxParameter = 1024;

    public static void Map(IEndpointRouteBuilder api) => api.MapCommand<Body>(
        "messages", "Send a text or a template as a person; claims first where no person owns it", Read, body => body.ClientId, Complete);

    public sealed record Body
    {
        public string? ClientId { get; init; }

        public string? Text { get; init; }

        public TemplateBody? Template { get; init; }
    }

    public sealed record TemplateBody(string? Name, string? Language, IReadOnlyList<string>? Parameters);

    private static Reply Read(Body body, FieldErrors errors)
    {
        var clientId = errors.Text(body.ClientId, "clientId", 200);
        errors.Check(body.Text is null || body.Template is null, "template", "and text exclude each other");
        return new Reply(clientId, body.Template is { } template ? Template(template, errors) : MessageContent.OfText(errors.Text(body.Text, "text", MaxText)));
    }

    /// <summary>A template that we know is refused here instead of by the provider (race R103), and shown with the words that the lead gets.</summary>
    private static async ValueTask<Command> Complete(Command command, IServiceProvider services, FieldErrors errors, CancellationToken cancel)
    {
        if (command is not Reply { Content.Template: { } use } reply
            || await services.GetRequiredService<Templates>().Find(use.Name, use.Language, cancel) is not { } known)
        {
            return command;
        }

        errors.Check(string.Equals(known.Status, "APPROVED", StringComparison.OrdinalIgnoreCase), "template.name", $"is a template that may be sent; this one is {known.Status}");
        errors.Check(use.Parameters.Length == known.ParameterCount, "template.parameters", $"are {known.ParameterCount}");
        return reply with { Content = reply.Content with { Text = Templates.Render(known.Body, use.Parameters) } };
    }

    private static MessageContent Template(TemplateBody body, FieldErrors errors)
    {
        var parameters = (body.Parameters ?? []).ToImmutableArray();
        errors.Check(parameters.All(p => p is { Length: > 0 and <= MaxParameter }), "template.parameters", $"have 1 to {MaxParameter} characters each");
        var use = new TemplateUse(errors.Text(body.Name, "template.name", 512), errors.Text(body.Language, "template.language", 16), parameters);
        return new MessageContent { Kind = "template", Template = use };
    }
}
