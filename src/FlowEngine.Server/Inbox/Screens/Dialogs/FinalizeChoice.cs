namespace FlowEngine.Server.Inbox.Screens.Dialogs;

/// <summary>The answer of the finalize dialog; without a reason is an answer too.</summary>
public sealed record FinalizeChoice(string? Reason);
