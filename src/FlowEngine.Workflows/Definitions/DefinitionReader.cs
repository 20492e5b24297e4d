using FlowEngine.Workflows.Activities;

namespace FlowEngine.Workflows.Definitions;

/// <summary>Elsa 3 definition JSON to a compiled graph.</summary>
public static class DefinitionReader
{
    public static DefinitionReading Read(ReadOnlyMemory<byte> utf8Json, ActivityCatalog catalog) => throw new NotImplementedException();
}
