using System.Globalization;
using FlowEngine.Conversations;
using FlowEngine.Server.Inbox.Screens.Wording;
using Microsoft.AspNetCore.Components;

namespace FlowEngine.Server.Inbox.Screens.List;

/// <summary>The six tabs with their counters. Waiting is the loudest: it is where a person owes an answer.</summary>
public sealed partial class TabStrip
{
    private static readonly Tab[] Order = [Tab.Waiting, Tab.Open, Tab.Automated, Tab.NotStarted, Tab.Finished, Tab.Error];

    [Parameter, EditorRequired] public Tab Selected { get; set; }

    [Parameter, EditorRequired] public TabCounts Counts { get; set; } = default!;

    /// <summary>How long the longest wait of the Waiting tab is, when it is known.</summary>
    [Parameter] public TimeSpan? LongestWait { get; set; }

    [Parameter] public EventCallback<Tab> Choose { get; set; }

    [Inject] private Phrases Words { get; set; } = default!;

    private IEnumerable<(Tab Tab, int Count)> Numbered => Order.Select(t => (t, CountOf(t)));

    private int CountOf(Tab tab) => tab switch
    {
        Tab.NotStarted => Counts.NotStarted,
        Tab.Waiting => Counts.Waiting,
        Tab.Open => Counts.Open,
        Tab.Automated => Counts.Automated,
        Tab.Finished => Counts.Finished,
        _ => Counts.Error,
    };

    private string Style(Tab tab) => tab switch
    {
        Tab.Waiting when Counts.Waiting == 0 => "calm",
        Tab.Waiting => LongestWait is { } wait && WaitAge.Level(wait) == "verylate" ? "alarm" : "waiting",
        Tab.Error when Counts.Error > 0 => "error",
        _ => "calm",
    };

    private static string Short(int count) => count > 9999
        ? string.Create(CultureInfo.CurrentCulture, $"{count / 1000} k")
        : count.ToString(CultureInfo.InvariantCulture);
}
