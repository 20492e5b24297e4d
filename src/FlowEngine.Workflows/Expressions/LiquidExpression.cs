using DotLiquid;
using DotLiquid.Exceptions;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Expressions;

/// <summary>A Liquid text, parsed once. One that does not parse renders its error, as in Elsa.</summary>
internal sealed class LiquidExpression : Expression
{
    private readonly Template? template;
    private readonly string? problem;
    private readonly bool hasTags;

    static LiquidExpression()
    {
        // These are process-wide in the library; nothing else here uses it.
        Liquid.UseRubyDateFormat = true;
        // A backstop only: the library cuts texts up by patterns, whose first use takes long on a busy machine.
        Template.RegexTimeOut = TimeSpan.FromSeconds(5);
    }

    public LiquidExpression(string text)
    {
        hasTags = text.Contains("{%", StringComparison.Ordinal);
        try
        {
            template = Template.Parse(text, SyntaxCompatibility.DotLiquid22a);
            template.MakeThreadSafe();
        }
        catch (LiquidException failure)
        {
            problem = failure.Message;
        }
    }

    public override object? Evaluate(Execution scope)
    {
        if (template is null) return problem;
        var limits = scope.Burst.Environment.Limits;
        using var writer = new BoundedWriter(limits.TextLength);
        // Only tags can take long; most texts have none, and need no timer.
        using var deadline = hasTags ? new CancellationTokenSource(limits.ScriptTime) : null;
        try
        {
            template.Render(writer, new RenderParameters(System.Globalization.CultureInfo.InvariantCulture)
            {
                Context = LiquidScope.Create(scope, limits, deadline?.Token ?? CancellationToken.None),
            });
        }
        catch (MaximumIterationsExceededException failure)
        {
            throw new ScriptFailure($"The template repeats more than {limits.LiquidIterations} times.", failure) { IsLimit = true };
        }
        catch (Exception failure) when (failure is System.TimeoutException or OperationCanceledException)
        {
            throw new ScriptFailure("The template took too long.", failure) { IsLimit = true };
        }

        if (writer.IsFull) throw new ScriptFailure($"The template's text is longer than {limits.TextLength} characters.") { IsLimit = true };
        return writer.ToString();
    }
}
