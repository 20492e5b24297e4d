using FlowEngine.Server.Inbox.Screens.Wording;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Server.Inbox.Screens.Desk;

public enum NoticeKind { Success, Patience, Refusal }

/// <summary>What the agent is told about a command's outcome; null where the screen itself already shows it.</summary>
public sealed record Notice(NoticeKind Kind, string Text)
{
    public static Notice? For(CommandOutcome? outcome, Phrases words, string? done) => outcome switch
    {
        null => new Notice(NoticeKind.Refusal, words["Notice_Missing"]),
        { Status: CommandStatus.Refused, Refusal: { } refusal } => new Notice(NoticeKind.Refusal, words.Refusal(refusal)),
        { Status: CommandStatus.Refused } => new Notice(NoticeKind.Refusal, words["Notice_Failed"]),
        { Status: CommandStatus.Pending } => new Notice(NoticeKind.Patience, words["Notice_Pending"]),
        { Stopped.Count: > 0 and var stopped } => new Notice(NoticeKind.Success, words["Notice_Stopped", stopped]),
        _ => done is null ? null : new Notice(NoticeKind.Success, done),
    };
}
