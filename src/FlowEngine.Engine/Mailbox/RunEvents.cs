using System.Text.Json.Serialization;

namespace FlowEngine.Engine.Mailbox;

/// <summary>A run without a conversation begins; the first event of its mailbox.</summary>
/// <param name="VersionId">Null takes the version that is published when it is turned.</param>
/// <param name="Trigger">The activity that starts it; null starts at the root.</param>
/// <param name="TriggerInputJson">What came with the trigger.</param>
/// <param name="InputJson">The workflow's inputs, as an object.</param>
/// <param name="Parent">The run that started it, and is told when it has ended.</param>
/// <param name="AnswersHttp">Whether a caller waits for the HTTP response of the first burst.</param>
public sealed record RunStarted(
    string DefinitionId,
    string? VersionId = null,
    string? Trigger = null,
    string? TriggerInputJson = null,
    string? InputJson = null,
    string? CorrelationId = null,
    string? Name = null,
    Guid? Parent = null,
    int Depth = 0,
    bool AnswersHttp = false) : MailboxEvent;

/// <summary>A person or a tool changes a run from outside (Elsa's alterations).</summary>
public sealed record RunAltered(RunAlteration Alteration) : MailboxEvent;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "$verb")]
[JsonDerivedType(typeof(CancelRun), "cancel")]
[JsonDerivedType(typeof(RetryRun), "retry")]
[JsonDerivedType(typeof(SkipActivity), "skip")]
[JsonDerivedType(typeof(ModifyVariable), "variable")]
[JsonDerivedType(typeof(ScheduleActivity), "schedule")]
[JsonDerivedType(typeof(CancelActivity), "cancelActivity")]
[JsonDerivedType(typeof(MigrateRun), "migrate")]
[JsonDerivedType(typeof(AlterInTurn), "inTurn")]
public abstract record RunAlteration;

public sealed record CancelRun(string Reason) : RunAlteration;

/// <summary>Runs what faulted again: one execution or one activity, or all that stand faulted when neither is named.</summary>
public sealed record RetryRun(string? ActivityInstanceId = null, string? ActivityId = null) : RunAlteration;

/// <summary>Goes on without a faulted execution, as if it had completed with the outcome.</summary>
public sealed record SkipActivity(string ActivityInstanceId, string Outcome) : RunAlteration;

public sealed record ModifyVariable(string VariableId, string? ValueJson) : RunAlteration;

/// <summary>Runs an activity: its faulted execution again when there is one, else anew in its container, which must be under way.</summary>
/// <param name="ActivityInstanceId">That execution alone; the activity need not be named then.</param>
public sealed record ScheduleActivity(string? ActivityId, string? ActivityInstanceId = null) : RunAlteration;

/// <summary>Cancels what is under way of an activity, or one execution of it; its container goes on without it.</summary>
public sealed record CancelActivity(string? ActivityId, string? ActivityInstanceId = null) : RunAlteration;

/// <summary>Puts the run onto another version of its definition.</summary>
public sealed record MigrateRun(string VersionId) : RunAlteration;

/// <summary>One after the other in one turn: all of them, or none where one does not apply.</summary>
public sealed record AlterInTurn(IReadOnlyList<RunAlteration> Each) : RunAlteration;
