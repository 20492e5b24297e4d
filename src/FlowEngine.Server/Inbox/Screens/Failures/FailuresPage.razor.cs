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
        var page = await Queries.Failures(filter, null, PageSize, CancellationToken.None);
        (rows, next) = ([.. page.Items], page.NextCursor);
        counts = await Queries.FailureCounts(CancellationToken.None);
    }

    private async Task More()
    {
        var page = await Queries.Failures(filter, next, PageSize, CancellationToken.None);
        rows.AddRange(page.Items);
        next = page.NextCursor;
    }
}
