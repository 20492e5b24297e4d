using FlowEngine.Server.Inbox.Screens.Wording;
using Microsoft.AspNetCore.Components;

namespace FlowEngine.Server.Inbox.Screens.Failures;

/// <summary>Failures by cause, for who looks after automations: also those that stop no conversation.</summary>
public sealed partial class FailuresPage
{
    private const int PageSize = 50;

    private FailureFilter filter = new(Open: true);
    private List<FailureRow> rows = [];
    private IReadOnlyList<(string Category, int Count)> counts = [];
    private string? next;
    private int asked;

    [Inject] private InboxQueries Queries { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    protected override Task OnInitializedAsync() => Load();

    private Task Sift(FailureFilter wanted)
    {
        filter = wanted;
        return Load();
    }

    private async Task Load()
    {
        await Read(null);
        counts = await Queries.FailureCounts(CancellationToken.None);
    }

    private Task More() => Read(next);

    /// <summary>The first page, or the one after those that are shown; an answer that comes after the next question is dropped.</summary>
    private async Task Read(string? from)
    {
        var mine = ++asked;
        var page = await Queries.Failures(filter, from, PageSize, CancellationToken.None);
        if (mine == asked)
        {
            (rows, next) = (from is null ? [.. page.Items] : [.. rows, .. page.Items], page.NextCursor);
        }
    }
}
