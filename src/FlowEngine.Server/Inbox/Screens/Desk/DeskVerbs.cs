using FlowEngine.Server.Inbox.Screens.Wording;
using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using MudBlazor;

namespace FlowEngine.Server.Inbox.Screens.Desk;

/// <summary>What an agent does to a conversation: sends the command and says kindly what came of it.</summary>
public sealed class DeskVerbs(Commands commands, Ids ids, ISnackbar snackbar, Phrases words, ILogger<DeskVerbs> log)
{
    public string NewClientId() => ids.Next().ToString();

    /// <summary>What became of it; null when that is not known. A defect is logged and told as not done; the desk stays usable.</summary>
    /// <param name="key">The same key twice is one command; null makes a new one.</param>
    public async Task<CommandStatus?> Run(Guid conversation, Command command, Me me, string? done = null, string? key = null)
    {
        try
        {
            var outcome = await commands.Execute(conversation, command, me.Actor, key ?? NewClientId(), CancellationToken.None);
            Tell(Notice.For(outcome, words, done));
            return outcome?.Status ?? CommandStatus.Refused;
        }
        // A defect behind one button must not take the desk with all its drafts away.
        catch (Exception defect)
        {
            log.LogError(defect, "Command {Verb} on conversation {Conversation} failed", command.GetType().Name, conversation);
            Tell(new Notice(NoticeKind.Refusal, words["Notice_Failed"]));
            return null;
        }
    }

    private void Tell(Notice? notice)
    {
        if (notice is not null)
        {
            snackbar.Add(notice.Text, notice.Kind switch
            {
                NoticeKind.Success => Severity.Success,
                NoticeKind.Patience => Severity.Info,
                _ => Severity.Warning,
            });
        }
    }
}
