namespace FlowEngine.Workflows.Interpreter;

/// <summary>Pending is queued and not yet begun. Stored by number: add, never reorder.</summary>
internal enum ExecutionStatus { Pending = 0, Running = 1, Completed = 2, Canceled = 3, Faulted = 4 }
