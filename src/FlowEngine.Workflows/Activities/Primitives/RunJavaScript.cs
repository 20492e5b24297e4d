using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Expressions;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Primitives;

internal sealed class RunJavaScript : Activity, ICompiledActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.RunJavaScript",
        Category = "Scripting",
        DisplayName = "Run JavaScript",
        Description = "Runs a script; what it returns is the result, and it may choose the outcome.",
        Inputs =
        [
            new("Script", "String", "Script", "The code.", "code-editor", DefaultSyntax: "JavaScript"),
            new("PossibleOutcomes", "ICollection<String>", "Possible outcomes", "Outcomes that the script may set.", "dynamic-outcomes"),
        ],
        Outputs = [new("Result", "Object", "Result", "What the script returned.")],
    };

    /// <summary>A script that is written into the definition is parsed once.</summary>
    public object? Compile(NodeScope scope)
    {
        if (scope.Node.ConstantInputs is not [string { Length: > 0 } text, ..]) return null;
        try
        {
            return PreparedCode.Parse(text);
        }
        catch (ScriptFailure failure)
        {
            scope.At("script").Warn("script", failure.Message);
            return null;
        }
    }

    public override ActivityResult Execute(ActivityContext context)
    {
        var execution = (Execution)context;
        var code = execution.Node.Compiled as PreparedCode;
        if (code is null && string.IsNullOrWhiteSpace(context.Input<string>("Script"))) return ActivityResult.Done;
        var scripts = execution.Burst.Scripts;
        if (scripts.Run(code ?? PreparedCode.Parse(context.Input<string>("Script")!), execution) is { } value) context.SetOutput("Result", value);
        return scripts.Outcomes is { Count: > 0 } outcomes ? ActivityResult.Outcome([.. outcomes]) : ActivityResult.Outcome(ActivityResult.DefaultOutcome);
    }
}
