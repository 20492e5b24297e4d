namespace FlowEngine.Workflows.Definitions;

/// <summary>How many runs of a definition may be under way at once (Elsa's <c>options.activationStrategyType</c>).</summary>
public enum ActivationStrategy
{
    AllowAlways,

    /// <summary>One of the definition.</summary>
    Singleton,

    /// <summary>One for each correlation id, whatever the definition.</summary>
    Correlation,

    /// <summary>One of the definition for each correlation id.</summary>
    CorrelatedSingleton,
}

internal static class ActivationStrategies
{
    /// <summary>By an alias or a .NET name of any length; what is not known allows all.</summary>
    public static ActivationStrategy Of(string? typeName) => typeName switch
    {
        null => ActivationStrategy.AllowAlways,
        _ when typeName.Contains("CorrelatedSingleton", StringComparison.Ordinal) => ActivationStrategy.CorrelatedSingleton,
        _ when typeName.Contains("Singleton", StringComparison.Ordinal) => ActivationStrategy.Singleton,
        _ when typeName.Contains("Correlation", StringComparison.Ordinal) => ActivationStrategy.Correlation,
        _ => ActivationStrategy.AllowAlways,
    };
}
