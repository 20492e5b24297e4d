using FlowEngine.Server.Administration;
using FlowEngine.Server.Inbox.Screens.Wording;
using FlowEngine.Server.Knowledge;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace FlowEngine.Server.Inbox.Administration;

/// <summary>
/// One article: written on the left, shown on the right as it is read. Who saves over somebody else's newer version is told and chooses;
/// nothing that was typed is lost.
/// </summary>
public sealed partial class ArticlePage
{
    private string title = "";
    private string language = "es";
    private string labels = "";
    private string body = "";
    private bool active = true;
    private bool busy;
    private bool saved;
    private bool missing;
    private bool deleting;
    private Article? known;
    private Article? stale;
    private IReadOnlyList<string> errors = [];

    /// <summary>Null for a new one.</summary>
    [Parameter] public Guid? Id { get; set; }

    [CascadingParameter] private Task<AuthenticationState> Session { get; set; } = default!;

    [Inject] private Articles Articles { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        if (Id == known?.Id)
        {
            return;
        }

        if (Id is { } id && await Articles.Find(id, CancellationToken.None) is { } article)
        {
            Show(article);
        }
        else
        {
            missing = Id is not null;
        }
    }

    private void Show(Article article)
    {
        (known, stale, errors, saved) = (article, null, [], false);
        (title, language, labels, body, active) = (article.Title, article.Language, string.Join(", ", article.Labels), article.Body, article.Active);
    }

    /// <summary>The other's version has been seen; what stands here is saved over it with the next click.</summary>
    private void KeepMine(Article theirs) => (known, stale) = (theirs, null);

    private async Task Save()
    {
        (busy, saved, errors) = (true, false, []);
        var input = new ArticleInput(title, body, language, labels.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), active, known?.Version);
        var author = (await Session).User.Identity?.Name ?? "";
        var outcome = known is null ? await Articles.Create(input, author, CancellationToken.None) : await Articles.Update(known.Id, input, author, CancellationToken.None);
        busy = false;
        if (outcome is { Status: SaveStatus.Created or SaveStatus.Saved, Value: { } article })
        {
            // What was typed meanwhile stays, for the next time.
            (known, stale, saved) = (article, null, true);
            Navigation.NavigateTo($"/admin/knowledge/{article.Id}", replace: true);
            return;
        }

        stale = outcome.Status == SaveStatus.Stale ? outcome.Value : null;
        errors = stale is not null ? [] : outcome.Status == SaveStatus.Taken ? [Words["Knowledge_TitleTaken"]] : SaveErrors.Of(outcome, Words);
    }

    private async Task Delete()
    {
        busy = true;
        var outcome = await Articles.Delete(known!.Id, known.Version, CancellationToken.None);
        (busy, deleting) = (false, false);
        if (outcome.Status == SaveStatus.Stale)
        {
            stale = outcome.Value;
            return;
        }

        Navigation.NavigateTo("/admin/knowledge");
    }
}
