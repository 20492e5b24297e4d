using FlowEngine.Conversations;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Engine.Ai;

/// <summary>
/// The conversation as a model sees it: the present episode, with a mark where people gave it back, so that an old "a person will answer"
/// is not read as a promise that still stands (race R16).
/// </summary>
public sealed class Transcript
{
    private const int LongestTurn = 2_000;

    private const string HandedBack = "[A person of the company attended the lead until here and then gave the conversation back to the assistant. What was said above about a person is over.]";

    private Transcript(IReadOnlyList<ChatTurn> turns, string question, string leadWords, string? facts, bool answeredByPerson)
    {
        AnsweredByPerson = answeredByPerson;
        Turns = turns;
        Question = question;
        LeadWords = leadWords;
        Facts = facts;
    }

    public IReadOnlyList<ChatTurn> Turns { get; }

    /// <summary>What the lead wrote since it was last answered, as one text.</summary>
    public string Question { get; }

    /// <summary>Everything of the lead that the model sees.</summary>
    public string LeadWords { get; }

    /// <summary>What is known of the lead, a line each.</summary>
    public string? Facts { get; }

    /// <summary>Whether a person said the last word: then there is nothing to answer until the lead writes.</summary>
    public bool AnsweredByPerson { get; }

    public static Transcript Of(ThreadRead thread)
    {
        var said = thread.Messages.Where(WasSaid).ToList();
        var turns = new List<ChatTurn>();
        var marked = thread.HandedBackAt is null;
        foreach (var message in said)
        {
            if (!marked && message.At > thread.HandedBackAt)
            {
                turns.Add(new ChatTurn(ChatRole.Company, HandedBack));
                marked = true;
            }

            turns.Add(TurnOf(message));
        }

        if (!marked)
        {
            turns.Add(new ChatTurn(ChatRole.Company, HandedBack));
        }

        var lead = said.Where(m => m.Direction == MessageDirection.In).ToList();
        var sinceAnswer = said.AsEnumerable().Reverse().TakeWhile(m => m.Direction == MessageDirection.In).Reverse().ToList();
        return new Transcript(turns, Joined(sinceAnswer.Count > 0 ? sinceAnswer : lead.TakeLast(1)), Joined(lead), FactsOf(thread),
            said.Count > 0 && said[^1].Direction == MessageDirection.Out && !said[^1].IsAutomatic);
    }

    private static bool WasSaid(Message message) => message.State is not (MessageState.Stopped or MessageState.Failed) && message.Content.Kind is not ("reaction" or "revoke" or "edit");

    private static ChatTurn TurnOf(Message message)
    {
        var text = Words(message.Content);
        return message.Direction == MessageDirection.In ? new ChatTurn(ChatRole.Lead, text)
            : new ChatTurn(ChatRole.Company, message.IsAutomatic ? text : $"[a person of the company] {text}");
    }

    private static string Joined(IEnumerable<Message> messages)
    {
        var text = string.Join('\n', messages.Select(m => Words(m.Content)));
        return text.Length <= LongestTurn ? text : text[^LongestTurn..];
    }

    private static string Words(MessageContent content)
    {
        var text = content.Text ?? content.Template?.Name ?? "";
        var words = text.Length <= LongestTurn ? text : text[..LongestTurn];
        return content.Kind is "text" or "buttons" or "list" or "reply" or "template" ? words : $"[{content.Kind}] {words}".TrimEnd();
    }

    private static string? FactsOf(ThreadRead thread)
    {
        var facts = thread.Conversation.Fields.Select(f => $"{f.Key}: {f.Value}").ToList();
        if (thread.Contact.Name is { } name && !thread.Conversation.Fields.ContainsKey("name"))
        {
            facts.Insert(0, $"name: {name}");
        }

        return facts.Count == 0 ? null : string.Join('\n', facts);
    }
}
