using System.Collections.Immutable;
using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Access;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Api.Automations;
using FlowEngine.Server.Media;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>
/// A person's message to the lead: text within the window, or an approved template. The same clientId twice is one message. With
/// <c>"as": "automation"</c> it is an outside automation's; who is which is decided by the role, at the commit.
/// </summary>
internal static class SendMessage
{
    private const int MaxParameter = 1024;

    public static void Map(IEndpointRouteBuilder api) => api.MapCommand<MessageBody>(
        "messages", "Send a text, a file or a template as a person, claiming first where no person owns it; with as = automation as the owning automation", Read, body => body.ClientId, Complete)
        .RequireAuthorization(Policies.Speak);

    public sealed record TemplateBody(string? Name, string? Language, IReadOnlyList<string>? Parameters);

    private static Command Read(MessageBody body, FieldErrors errors)
    {
        if (body.As is not null)
        {
            return AutomationMessage.Read(body, errors);
        }

        var clientId = errors.Text(body.ClientId, "clientId", 200);
        errors.Check(body.Template is null || (body.Text is null && body.Media is null), "template", "excludes text and media");
        return new Reply(
            clientId,
            body.Template is { } template ? Template(template, errors)
                : body.Media is { } media ? media.Say(body.Text, errors)
                : MessageContent.OfText(errors.Text(body.Text, "text", AutomationMessage.MaxText)));
    }

    /// <summary>A template that we know is refused here instead of by the provider (race R103), and shown with the words that the lead gets.</summary>
    internal static async ValueTask<Command> Complete(Command command, IServiceProvider services, FieldErrors errors, CancellationToken cancel)
    {
        var content = command switch { Reply reply => reply.Content, SayAsApp say => say.Content, _ => null };
        if (content?.Media is { } media)
        {
            return With(command, MediaBody.Complete(content, media, services.GetRequiredService<KeepFile>(), errors));
        }

        if (content?.Template is not { } use
            || await services.GetRequiredService<Templates>().Find(use.Name, use.Language, cancel) is not { } known)
        {
            return command;
        }

        errors.Check(string.Equals(known.Status, "APPROVED", StringComparison.OrdinalIgnoreCase), "template.name", $"is a template that may be sent; this one is {known.Status}");
        errors.Check(use.Parameters.Length == known.ParameterCount, "template.parameters", $"are {known.ParameterCount}");
        return With(command, content with { Text = Templates.Render(known.Body, use.Parameters) });
    }

    private static Command With(Command command, MessageContent content) => command is SayAsApp said ? said with { Content = content } : ((Reply)command) with { Content = content };

    internal static MessageContent Template(TemplateBody body, FieldErrors errors)
    {
        var parameters = (body.Parameters ?? []).ToImmutableArray();
        errors.Check(parameters.All(p => p is { Length: > 0 and <= MaxParameter }), "template.parameters", $"have 1 to {MaxParameter} characters each");
        var use = new TemplateUse(errors.Text(body.Name, "template.name", 512), errors.Text(body.Language, "template.language", 16), parameters);
        return new MessageContent { Kind = "template", Template = use };
    }
}
