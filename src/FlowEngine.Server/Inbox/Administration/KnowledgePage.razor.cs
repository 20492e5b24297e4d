using FlowEngine.Server.Inbox.Screens.Wording;
using FlowEngine.Server.Knowledge;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;

namespace FlowEngine.Server.Inbox.Administration;

/// <summary>The company's articles: find one, bring some in, and see what a question would find.</summary>
public sealed partial class KnowledgePage
{
    private const int PageSize = 50;
    private const int MostFiles = 100;
    private const long MaxBytes = 20 * 1024 * 1024;

    private string title = "";
    private string language = "";
    private bool busy;
    private bool more;
    private int asked;
    private List<ArticleLine>? articles;
    private List<ImportedArticle>? imported;

    [CascadingParameter] private Task<AuthenticationState> Session { get; set; } = default!;

    [Inject] private Articles Articles { get; set; } = default!;

    [Inject] private ArticleImport Files { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    protected override Task OnInitializedAsync() => Load(0);

    private Task Search(string typed)
    {
        title = typed;
        return Load(0);
    }

    private Task Speak(string chosen)
    {
        language = chosen;
        return Load(0);
    }

    private async Task Load(int from)
    {
        var mine = ++asked;
        var filter = new ArticleFilter(title.Length > 0 ? title : null, language.Length > 0 ? language : null);
        var found = await Articles.List(filter, from, PageSize, CancellationToken.None);
        if (mine != asked)
        {
            // Something else has been asked for meanwhile; its own answer comes.
            return;
        }

        (articles, more) = ([.. (from > 0 ? articles : null) ?? [], .. found.Take(PageSize)], found.Count > PageSize);
    }

    private async Task Take(InputFileChangeEventArgs chosen)
    {
        (busy, imported) = (true, []);
        try
        {
            foreach (var file in chosen.GetMultipleFiles(MostFiles))
            {
                imported.AddRange(await Import(file));
            }
        }
        finally
        {
            busy = false;
        }

        await Load(0);
    }

    private async Task<IReadOnlyList<ImportedArticle>> Import(IBrowserFile file)
    {
        var author = (await Session).User.Identity?.Name ?? "";
        if (file.Size > MaxBytes)
        {
            return [ImportedArticle.Refused(file.Name, "body", "is larger than 20 MB")];
        }

        await using var stream = file.OpenReadStream(MaxBytes);
        if (file.Name.EndsWith(".md", StringComparison.OrdinalIgnoreCase))
        {
            return [await Files.File(file.Name, stream, author, CancellationToken.None)];
        }

        // An archive is read from its end; a browser's stream can only be read forwards.
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        copy.Position = 0;
        return await Files.Archive(copy, author, CancellationToken.None) ?? [ImportedArticle.Refused(file.Name, "body", "is a zip of .md files, or a .md file")];
    }
}
