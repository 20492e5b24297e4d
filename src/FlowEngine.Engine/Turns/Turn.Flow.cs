using FlowEngine.Conversations;
using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Engine.Flows;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Engine.Turns;

public sealed partial class Turn
{
    /// <summary>Whether a caller waits for the HTTP response of the present burst.</summary>
    private bool answersHttp;

    /// <summary>Whether the run may act: it owns the conversation, and nothing blocks it. Otherwise it is parked and its bookmarks are inert.</summary>
    private bool RunIsLive => IsLive(conversation);

    private static bool IsLive(Conversation c) =>
        c is { Lifecycle: Lifecycle.Active, FlowInstance: { } instance } && c.Owner.IsFlow(instance) && !c.HasBlockingProblem;

    private void StartBest(StartOccasion occasion, LeadMessage? written, string? asked = null)
    {
        if (FlowChoice.Pick(tools.Flows.Published, connection, occasion, asked) is { } choice)
        {
            StartRun(choice.Graph, choice.TriggerActivityId, occasion.Source, written);
        }
    }

    private StartOccasion MessageOccasion(string? text, bool first = false) =>
        new(conversation.Connection, conversation.Source, text, IsMessage: true, first);

    private void StartRun(WorkflowGraph graph, string? trigger, string cause, LeadMessage? written)
    {
        var id = tools.Ids.Next();
        if (!Take(conversation.StartFlow(id, graph.Name ?? graph.DefinitionId, now, cause)))
        {
            return;
        }

        var input = written is null ? null : MessageInput(written);
        Burst(id, graph.Name ?? graph.DefinitionId, written, environment => run.Start(
            graph, new StartRequest(id, conversation.Id.ToString(), null, trigger, input), environment));
    }

    /// <summary>Gives the message to the question or wait that the run stands at; a run that waits for something else leaves it in the history.</summary>
    private void ResumeOnMessage(LeadMessage written)
    {
        if (run.Open(conversation.FlowInstance) is not { } open)
        {
            LostDefinition();
        }
        else if (open.WaitingFor(WaitForLead.BookmarkName) is { } bookmark)
        {
            Resume(open, bookmark, MessageInput(written), written);
        }
    }

    /// <summary>Resumes what waits for the signal; answers the HTTP response, where a caller waits for one.</summary>
    private string? Signalled(Guid entry, StimulusEvent stimulus)
    {
        if (!RunIsLive || run.Open(conversation.FlowInstance) is not { } open)
        {
            return null;
        }

        var payload = JsonText.Read(stimulus.PayloadJson);
        answersHttp = stimulus.AnswersHttp;
        var waiting = open.Instance.Bookmarks.Where(b => b.Hash == stimulus.Hash).ToList();
        waiting.ForEach(bookmark => Resume(open, bookmark, payload, null));
        if (waiting.Count == 0)
        {
            wishes.Keep(entry, stimulus, open.Id);
        }

        answersHttp = false;
        if (!stimulus.AnswersHttp)
        {
            return null;
        }

        var outcome = new RunOutcome(open.Id, open.Instance.Status, open.Instance.SubStatus, null, wishes.Response);
        answers.Add((entry, outcome));
        return TurnText.Write(outcome);
    }

    /// <summary>Timers are rows that this very commit removes (decision record 003), so a timer fires once; a parked run has none armed.</summary>
    private void FireTimers()
    {
        foreach (var timer in load.DueTimers)
        {
            if (RunIsLive && timer.InstanceId == conversation.FlowInstance && run.Open(timer.InstanceId) is { } open
                && open.Instance.Bookmarks.Find(b => b.Id == timer.BookmarkId) is { } bookmark)
            {
                Resume(open, bookmark, null, null);
            }
        }
    }

    private void Resume(RunWrite open, Bookmark bookmark, object? input, LeadMessage? written) =>
        Burst(open.Id, open.DisplayName, written, environment =>
        {
            open.Add(Interpreter.Resume(open.Graph, open.Instance, bookmark.Id, input, environment), environment.Seed);
            return open;
        });

    /// <summary>One burst: the run advances until it blocks, and what it wanted becomes part of this turn.</summary>
    private void Burst(Guid instance, string name, LeadMessage? written, Func<RunEnvironment, RunWrite> advance)
    {
        if (connection is null)
        {
            OpenProblem(new Trouble(ProblemKind.Connection, "auth", "FE_CONNECTION", $"The connection '{conversation.Connection}' does not exist any more.")
            {
                Instance = instance,
                Unheard = hearing,
            });
            return;
        }

        var scope = new ConversationScope(conversation)
        {
            Contact = contact,
            Connection = connection,
            Staff = load.Staff,
            Hours = tools.Company.Hours,
            Now = now,
            InstanceId = instance,
            InstanceName = name,
            Message = written,
        };
        var before = conversation;
        var advanced = advance(run.Environment(scope, children, answersHttp));
        conversation = scope.Conversation with { NextOrder = conversation.NextOrder };
        history.AddRange(scope.History);
        CarryOut(scope, before, instance, name);
        wishes.Take(instance, load.Mailbox, conversation.Epoch, advanced.Bursts[^1].Result);
        Conclude(advanced);
    }

    private void CarryOut(ConversationScope scope, Conversation before, Guid instance, string name)
    {
        if (scope.GrantLost)
        {
            // Decision 12: what this run said before it gave up goes with the new epoch; only a later claim or fault stops it.
            RestampLastWords(instance, before.Epoch);
        }

        foreach (var effect in scope.Effects)
        {
            switch (effect)
            {
                case SendEffect send:
                    Say(send, before, instance, name);
                    break;
                case TaskEffect task:
                    Ask(task, instance);
                    break;
                case OptOutEffect:
                    contact = contact with { OptedOut = true };
                    break;
            }
        }
    }

    private void RestampLastWords(Guid instance, long grant)
    {
        foreach (var last in LastWords.Restamp(messages.Outgoing.ToList(), instance, grant, conversation.Epoch))
        {
            messages.Change(last);
        }
    }

    /// <summary>A run that faulted puts the conversation in Error; one that ended gives it up by its disposition.</summary>
    private void Conclude(RunWrite open)
    {
        if (!open.IsOver)
        {
            RecordFailures(open);
            return;
        }

        if (open.Instance.SubStatus == WorkflowSubStatus.Faulted)
        {
            RunFaulted(open);
            return;
        }

        if (conversation.Owner.IsFlow(open.Id))
        {
            var grant = conversation.Epoch;
            Take(conversation.EndFlow(open.Id, Dispositions.Of(open.Graph), now, tools.Ids.Next(), load.Staff));
            RestampLastWords(open.Id, grant);
        }

        if (conversation.FlowInstance == open.Id)
        {
            conversation = conversation with { FlowInstance = null };
        }
    }

    /// <summary>Ends the live or parked run: its bookmarks and timers go with this commit (invariant I16).</summary>
    private void EndRun(string reason)
    {
        Cancel(conversation.FlowInstance, reason);
        conversation = conversation with { FlowInstance = null };
    }

    private void Cancel(Guid? instance, string reason)
    {
        if (run.Open(instance) is { IsOver: false } open)
        {
            var environment = run.Environment(null);
            open.Add(Interpreter.Cancel(open.Graph, open.Instance, reason, environment), environment.Seed);
            wishes.Take(open.Id, load.Mailbox, conversation.Epoch, open.Bursts[^1].Result);
        }
    }

    private void LostDefinition() => OpenProblem(new Trouble(
        ProblemKind.Flow, "automation", "FE_NO_DEFINITION", "The definition version that this run stands on cannot be loaded.")
    {
        Evidence = load.Instance?.VersionId,
        Instance = conversation.FlowInstance,
        Unheard = hearing,
    });

    private static Dictionary<string, object?> MessageInput(LeadMessage written) => new(StringComparer.Ordinal)
    {
        ["text"] = written.Content.Text,
        ["kind"] = written.Content.Kind,
        ["choiceId"] = written.Content.ChoiceId,
    };
}
