namespace FlowEngine.Server.Studio.Descriptors;

internal sealed record ExpressionType(string Type, string DisplayName, bool IsSerializable, bool IsBrowsable, IReadOnlyDictionary<string, string> Properties);

internal sealed record VariableType(string TypeName, string DisplayName, string Category, string? Description = null);

internal sealed record StorageDriver(string TypeName, string DisplayName, int Priority, bool Deprecated = false);

internal sealed record Strategy(string TypeName, string DisplayName, string Description);

/// <summary>What this engine always offers, by the names that definitions of Elsa carry.</summary>
internal static class FixedDescriptors
{
    private const string Core = ", Elsa.Workflows.Core";

    /// <summary>
    /// C# (where nobody trusts it) and Python stand here although they are refused at publish: a definition that holds one must open, to be mended, but none can be chosen.
    /// A new case of a switch begins with the first that may be chosen, so that is the one in which conditions are written.
    /// </summary>
    public static IReadOnlyList<ExpressionType> Expressions(bool trustsCSharp) =>
    [
        Of("Literal", "Literal", false), Of("Object", "Object", false, "json"), Of("Json", "Json", false, "json"),
        new("Delegate", "Delegate", false, false, new Dictionary<string, string>()),
        Of("JavaScript", "JavaScript", true, "javascript"), Of("Liquid", "Liquid", true, "liquid"), Of("Variable", "Variable", true), Of("Input", "Input", true),
        trustsCSharp ? Of("CSharp", "C#", true, "csharp") : Of("CSharp", "C# (not run here)", false, "csharp"), Of("Python", "Python (not run here)", false, "python"),
    ];

    public static readonly IReadOnlyList<VariableType> Variables =
    [
        Plain("Object", "Anything"), Plain("String", "Text"), Plain("Boolean", "Yes or no"), Plain("Int32", "Whole number"), Plain("Int64", "Long whole number"),
        Plain("Single", "Number (single precision)"), Plain("Double", "Number"), Plain("Decimal", "Exact decimal number"), Plain("Guid", "Unique id"),
        Plain("DateTime", "Date and time"), Plain("DateTimeOffset", "Date and time with zone"), Plain("TimeSpan", "Duration"),
        new("StringDictionary", "Texts by key", "Lookups"), new("ObjectDictionary", "Values by key", "Lookups"),
        new("JsonObject", "JSON object", "Dynamic"), new("JsonArray", "JSON list", "Dynamic"), new("JSON", "JSON", "Dynamic"),
    ];

    public static readonly IReadOnlyList<StorageDriver> StorageDrivers =
    [
        new($"Elsa.Workflows.WorkflowInstanceStorageDriver{Core}", "Workflow instance (kept while the flow waits)", 5),
        new($"Elsa.Workflows.MemoryStorageDriver{Core}", "Memory (lost while the flow waits)", 0),
        new($"Elsa.Workflows.Services.WorkflowStorageDriver{Core}", "Workflow", -1, Deprecated: true),
    ];

    /// <summary>Only what is kept: a conversation never has two runs at once, whatever a definition says (one owner at a time).</summary>
    public static readonly IReadOnlyList<Strategy> Activation =
    [
        new($"Elsa.Workflows.ActivationValidators.AllowAlwaysStrategy{Core}", "Always", "A new run may always start. A conversation has one at a time all the same."),
    ];

    public static readonly IReadOnlyList<Strategy> Incidents =
    [
        new("FaultStrategy", "Fault", "A failed step stops the run, and the conversation goes to Error."),
        new("ContinueWithIncidentsStrategy", "Continue with incidents", "The failure is recorded, and other branches go on."),
    ];

    public static readonly IReadOnlyList<Strategy> LogPersistence =
    [
        new($"Elsa.Workflows.LogPersistence.Strategies.Inherit{Core}", "Inherit", "As the flow or the server says."),
        new($"Elsa.Workflows.LogPersistence.Strategies.Include{Core}", "Include", "Inputs and outputs are kept in the journal."),
        new($"Elsa.Workflows.LogPersistence.Strategies.Exclude{Core}", "Exclude", "Inputs and outputs are not kept."),
    ];

    private static ExpressionType Of(string type, string name, bool browsable, string? language = null) =>
        new(type, name, true, browsable, language is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["MonacoLanguage"] = language });

    private static VariableType Plain(string type, string name) => new(type, name, "Primitives");
}
