using Acornima.Ast;
using FlowEngine.Workflows.Interpreter;
using Jint;

namespace FlowEngine.Workflows.Expressions;

/// <summary>
/// A script parsed once and shared by all runs, with what a look at its syntax tells: which names it takes from outside,
/// which variables it mentions, whether it can change them, and whether it leaves traces in an engine.
/// </summary>
internal sealed class PreparedCode
{
    private static readonly string[] Growers = ["repeat", "padStart", "padEnd"];

    private static readonly ScriptPreparationOptions Options = new()
    {
        ParsingOptions = new ScriptParsingOptions { AllowReturnOutsideFunction = true, RegexTimeout = Limits.Default.RegexTime },
        CollectReferencedGlobals = true,
    };

    private PreparedCode(Prepared<Script> code)
    {
        Code = code;
        Globals = [.. code.ReferencedGlobals!];
        var program = code.Program!;
        foreach (var node in program.DescendantNodesAndSelf()) Look(node);
        foreach (var node in TopLevel(program)) LeavesTraces |= node is FunctionDeclaration or VariableDeclaration { Kind: VariableDeclarationKind.Var };
    }

    public Prepared<Script> Code { get; }

    public IReadOnlyList<string> Globals { get; }

    /// <summary>Names that stand as <c>variables.name</c>.</summary>
    public HashSet<string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary><c>variables</c> itself is used: all of them are needed.</summary>
    public bool NeedsAllVariables { get; private set; }

    public bool MayChangeVariables { get; private set; }

    /// <summary>It declares or assigns globals: the next script must not find them.</summary>
    public bool LeavesTraces { get; private set; }

    /// <summary>It uses built-ins whose result can be far larger than what they get.</summary>
    public bool MayGrow { get; private set; }

    public bool UsesThis { get; private set; }

    /// <exception cref="ScriptFailure">The code does not parse.</exception>
    public static PreparedCode Parse(string code)
    {
        try
        {
            // In a block, so that top-level let and const are the script's own; the block's value is the script's value.
            return new PreparedCode(Engine.PrepareScript($"{{{code}\n}}", null, false, Options));
        }
        catch (ScriptPreparationException failure)
        {
            throw new ScriptFailure($"The script does not parse: {failure.Message}", failure);
        }
    }

    private void Look(Node node)
    {
        switch (node)
        {
            case ThisExpression:
                UsesThis = true;
                break;
            case MemberExpression { Object: Identifier { Name: "variables" } } member:
                if (NameOf(member) is { } name) Variables.Add(name);
                else NeedsAllVariables = true;
                break;
            case MemberExpression member:
                MayGrow |= NameOf(member) is not { } property || Growers.Contains(property);
                break;
            case AssignmentExpression assignment:
                Assigns(assignment.Left);
                break;
            case UpdateExpression update:
                Assigns(update.Argument);
                break;
            case CallExpression or NewExpression or ForInStatement or ForOfStatement or UnaryExpression { Operator: Acornima.Operator.Delete }:
                MayChangeVariables = true;
                break;
        }

        NeedsAllVariables |= node is not MemberExpression && node.ChildNodes.Any(child => child is Identifier { Name: "variables" });
    }

    private void Assigns(Node target)
    {
        MayChangeVariables = true;
        var root = target;
        while (root is MemberExpression member) root = member.Object;
        if (root is Identifier { Name: var name }) LeavesTraces |= name != "variables" && Globals.Contains(name);
        else LeavesTraces = true;
    }

    private static string? NameOf(MemberExpression member) => member.Property switch
    {
        Identifier { Name: var name } when !member.Computed => name,
        Literal { Value: string name } => name,
        _ => null,
    };

    /// <summary>Everything but what stands inside functions.</summary>
    private static IEnumerable<Node> TopLevel(Node node)
    {
        foreach (var child in node.ChildNodes)
        {
            yield return child;
            if (child is IFunction) continue;
            foreach (var inner in TopLevel(child)) yield return inner;
        }
    }
}
