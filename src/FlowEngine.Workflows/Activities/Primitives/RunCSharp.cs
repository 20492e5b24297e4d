using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Expressions.CSharp;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Primitives;

/// <summary>Only in the catalogue of a host whose administrator trusts C#.</summary>
internal sealed class RunCSharp(CompileCSharp compile) : Activity, ICompiledActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.RunCSharp",
        Category = "Scripting",
        DisplayName = "Run C#",
        Description = "Runs C# with the rights of the server; what it returns is the result, and it may choose the outcome.",
        Inputs =
        [
            new("Script", "String", "Script", "The code.", "code-editor", DefaultSyntax: "CSharp"),
            new("PossibleOutcomes", "ICollection<String>", "Possible outcomes", "Outcomes that the script may set.", "dynamic-outcomes"),
        ],
        Outputs = [new("Result", "Object", "Result", "What the script returned.")],
    };

    /// <summary>A script that is written into the definition is compiled once.</summary>
    public object? Compile(NodeScope scope) =>
        scope.Node.ConstantInputs is [string { Length: > 0 } text, ..] ? CSharpReader.Compile(text, scope.At("script")) : null;

    public override ActivityResult Execute(ActivityContext context)
    {
        var execution = (Execution)context;
        if (context.Input<string>("Script") is not { } text || string.IsNullOrWhiteSpace(text)) return ActivityResult.Done;
        var script = execution.Node.Compiled as CSharpScript ?? compile(CSharpReader.CodeOf(text, execution.Node));
        var (value, outcomes) = CSharpExpression.Run(script, execution);
        if (value is not null) context.SetOutput("Result", value);
        return outcomes.Count > 0 ? ActivityResult.Outcome([.. outcomes]) : ActivityResult.Done;
    }
}
