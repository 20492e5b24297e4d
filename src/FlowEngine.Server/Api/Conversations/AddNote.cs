using NoteCommand = FlowEngine.Engine.Mailbox.AddNote;

namespace FlowEngine.Server.Api.Conversations;

/// <summary>A private note: only people see it, and nothing about the conversation's owner changes.</summary>
internal static class AddNote
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapCommand<Body>("notes", "Write a private note", (body, errors) => new NoteCommand(errors.Text(body.Text, "text", 10_000)));

    public sealed record Body
    {
        public string? Text { get; init; }
    }
}
