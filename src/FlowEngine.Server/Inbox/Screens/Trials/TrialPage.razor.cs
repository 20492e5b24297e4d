using FlowEngine.Engine.Verification;
using FlowEngine.Server.Inbox.Screens.Desk;
using FlowEngine.Server.Inbox.Screens.Wording;
using FlowEngine.Server.Trials;
using Microsoft.AspNetCore.Components;

namespace FlowEngine.Server.Inbox.Screens.Trials;

/// <summary>A flow as it was saved last, tried by who draws it: a chat of one's own that lives as long as this page.</summary>
public sealed partial class TrialPage : IDisposable
{
    private static readonly (string Name, TimeSpan Time)[] Times = [("Minute", TimeSpan.FromMinutes(1)), ("Hour", TimeSpan.FromHours(1)), ("Day", TimeSpan.FromDays(1))];

    /// <summary>Events that say nothing new to who reads the others.</summary>
    private static readonly HashSet<string> Quiet = ["Started", "Resumed", "Model", "HTTP"];

    private readonly CancellationTokenSource gone = new();
    private readonly CancellationToken left; // can also be asked after the page is gone

    /// <summary>What the lead has written and the flow has not taken up yet: a model may think for half a minute.</summary>
    private readonly List<string> said = [];
    private Trial? trial;
    private TrialView? view;
    private IReadOnlyList<Finding> findings = [];
    private TrialOutside outside = new();
    private bool missing;
    private int happening;
    private int begins;
    private string text = "";

    public TrialPage() => left = gone.Token;

    [Parameter] public string DefinitionId { get; set; } = "";

    [Inject] private TrialFlows Flows { get; set; } = default!;

    [Inject] private DeskClock Desk { get; set; } = default!;

    [Inject] private DeskScript Script { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    private string Title => Words["Trial_Title", trial?.Name ?? DefinitionId];

    private IEnumerable<Finding> Errors => findings.Where(f => f.Severity == FindingSeverity.Error);

    private IEnumerable<Finding> Warnings => findings.Where(f => f.Severity != FindingSeverity.Error);

    private IEnumerable<TrialStep> Steps => view?.Steps.Where(s => !Quiet.Contains(s.Event) && s.Type is not ("Elsa.Workflow" or "Elsa.Flowchart")) ?? [];

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && RendererInfo.IsInteractive)
        {
            Desk.Start(await Script.Zone());
            await Begin();
            _ = Watch();
        }
    }

    public void Dispose()
    {
        begins++;
        gone.Cancel();
        gone.Dispose();
        trial?.Dispose();
    }

    /// <summary>A new trial, of the flow as it is stored now.</summary>
    private async Task Begin()
    {
        trial?.Dispose();
        (trial, view) = (null, null);
        said.Clear();
        var mine = ++begins;
        var begun = await Flows.Begin(DefinitionId, left);
        if (mine != begins)
        {
            // Begun again meanwhile, or the page is closed.
            begun?.Trial?.Dispose();
            return;
        }

        (trial, findings, missing) = (begun?.Trial, begun?.Findings ?? [], begun is null);
        if (trial is not null)
        {
            trial.Outside = outside;
            await Show(t => t.Look());
        }

        StateHasChanged();
    }

    private async Task Send()
    {
        if (text.Trim() is { Length: > 0 } words)
        {
            text = "";
            await Write(words, null);
        }
    }

    private Task Tap((string Title, string Id) choice) => Write(choice.Title, choice.Id);

    private async Task Write(string words, string? choice)
    {
        said.Add(words);
        await Show(t => t.Write(words, choice));
        said.Remove(words);
    }

    /// <summary>For all that happens from now on, and for the next trial on this page.</summary>
    private void Decide(TrialOutside value)
    {
        outside = value;
        if (trial is not null)
        {
            trial.Outside = value;
        }
    }

    private async Task Show(Func<Trial, Task<TrialView>> happens)
    {
        if (trial is not { } mine)
        {
            return;
        }

        happening++;
        try
        {
            var shown = await happens(mine);
            view = mine == trial ? shown : view;
        }
        catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException)
        {
            // Another trial has begun, or the page is closed.
        }
        finally
        {
            happening--;
        }
    }

    /// <summary>What becomes due by itself is shown within a second.</summary>
    private async Task Watch()
    {
        using var pulse = new PeriodicTimer(TimeSpan.FromSeconds(1), Clock);
        try
        {
            while (await pulse.WaitForNextTickAsync(left))
            {
                await InvokeAsync(async () =>
                {
                    await Show(t => t.Look());
                    StateHasChanged();
                });
            }
        }
        catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException)
        {
            // The page is closed.
        }
    }

    private string Word(TrialStep step) =>
        step.Event == "Completed" ? step.Outcomes.Count > 0 ? $"→ {string.Join(", ", step.Outcomes)}" : "" : Words.Step(step.Event);

    private static string Length(TimeSpan time) => time.TotalDays >= 1 ? $"{time.TotalDays:0.#} d" : time.TotalHours >= 1 ? $"{time.TotalHours:0.#} h" : time.TotalMinutes >= 1 ? $"{time.TotalMinutes:0.#} min" : $"{Math.Ceiling(time.TotalSeconds):0} s";
}
