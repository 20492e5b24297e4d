using System.Globalization;
using FlowEngine.Conversations;
using FlowEngine.Engine.Errors;
using FlowEngine.Server.Resources;
using FlowEngine.Workflows.Instances;
using Microsoft.Extensions.Localization;

namespace FlowEngine.Server.Inbox.Screens.Wording;

/// <summary>Turns states of the domain into sentences for agents, in the language of the desk.</summary>
public sealed class Phrases(IStringLocalizer<Texts> texts)
{
    public string this[string key] => texts[key];

    public string this[string key, params object[] values] => texts[key, values];

    public string Tab(Tab tab) => texts[$"Tab_{tab}"];

    public string Owner(Owner owner) => owner switch
    {
        { Kind: OwnerKind.Nobody } => texts["Owner_Nobody"],
        { Kind: OwnerKind.PersonOutside } => texts["Owner_PersonOutside"],
        { Kind: OwnerKind.Agent } => owner.Name ?? texts["Owner_Agent"],
        { Name: { Length: > 0 } name } => texts[$"Owner_{owner.Kind}_Named", name],
        _ => texts[$"Owner_{owner.Kind}"],
    };

    /// <summary>Why the engine said no, who owns the conversation, and what can be done.</summary>
    public string Refusal(Refusal refusal)
    {
        var known = texts[$"Refusal_{refusal.Code}", Owner(refusal.Owner)];
        return known.ResourceNotFound ? texts["Refusal_other", refusal.Message] : known;
    }

    /// <summary>What a kind of failure means, as a heading.</summary>
    public string Category(string category) => Known($"Category_{category}", "Category_other");

    /// <summary>What the agent can do about it.</summary>
    public string Cure(string code, string category) => ErrorCatalog.Default.CureOf(code, category).In(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    /// <summary>How a problem ended, where that is a word of the engine; else a person's own words.</summary>
    public string Resolution(string how) => Known($"Resolved_{how}", null) is { Length: > 0 } known ? known : how;

    /// <summary>Why a message was stopped before it left.</summary>
    public string StopReason(SendError? error) => error is null ? texts["Stop_other"] : Known($"Stop_{error.Code}", "Stop_other");

    /// <summary>What a message without words is: a picture, a voice note, a place.</summary>
    public string Kind(string kind) => Known($"Kind_{kind}", "Kind_unsupported");

    /// <summary>The last words of a conversation; of a message without words what it is, which is stored as its kind in brackets.</summary>
    public string Preview(string stored) => stored is ['[', .., ']'] && Known($"Kind_{stored[1..^1]}", null) is { Length: > 0 } kind ? kind : stored;

    public string Author(MessageView message) => message switch
    {
        { Author: AuthorKind.Agent, AuthorName: { } name } => name,
        { Author: AuthorKind.Lead, AuthorName: { } name } => name,
        { Author: AuthorKind.Flow, AuthorName: { } name } => texts["Author_Flow_Named", name],
        { Author: AuthorKind.OtherApp, AuthorName: { } name } => texts["Author_OtherApp_Named", name],
        _ => texts[$"Author_{message.Author}"],
    };

    public string State(MessageState state) => texts[$"State_{state}"];

    /// <summary>How a flow's run stands, with one word for all that is not over.</summary>
    public string Run(WorkflowSubStatus status) => Known($"Run_{status}", "Run_UnderWay");

    /// <summary>What a step of a flow did, where that is not its outcome.</summary>
    public string Step(string happened) => Known($"Step_{happened}", null) is { Length: > 0 } known ? known : happened;

    public string Source(string source) => Known($"Source_{source}", null) is { Length: > 0 } known ? known : source;

    private string Known(string key, string? otherwise)
    {
        var found = texts[key];
        return !found.ResourceNotFound ? found : otherwise is null ? "" : texts[otherwise];
    }
}
