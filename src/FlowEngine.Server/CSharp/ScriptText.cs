using System.Globalization;
using System.Text;
using FlowEngine.Workflows.Expressions.CSharp;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowEngine.Server.CSharp;

/// <summary>A script with <c>Variables</c> and <c>Input</c> before it, whose members are typed as they were declared. Lines count from the script's own first.</summary>
internal static class ScriptText
{
    public static string Of(CSharpCode code)
    {
        var text = new StringBuilder();
        Class(text, "FlowVariables", nameof(CSharpVariables), code.Variables, isWritable: true);
        Class(text, "FlowInputs", nameof(CSharpInputs), code.Inputs, isWritable: false);
        text.AppendLine("var Variables = new FlowVariables(ExecutionContext); var Variable = Variables;");
        text.AppendLine("var Input = new FlowInputs(ExecutionContext); var Inputs = Input;");
        return text.AppendLine("#line 1 \"script\"").Append(code.Text).ToString();
    }

    private static void Class(StringBuilder text, string name, string parent, IReadOnlyList<CSharpMember> members, bool isWritable)
    {
        var space = typeof(CSharpVariables).Namespace;
        text.AppendLine(CultureInfo.InvariantCulture, $"sealed class {name}({space}.{nameof(CSharpGlobals)} globals) : {space}.{parent}(globals) {{");
        var taken = new HashSet<string>(StringComparer.Ordinal) { "Get", "Set", name, nameof(ToString), nameof(Equals), nameof(GetHashCode), nameof(GetType), nameof(MemberwiseClone), "Finalize" };
        foreach (var member in members)
        {
            foreach (var spelling in (string[])[char.ToUpperInvariant(member.Name[0]) + member.Name[1..], member.Name])
            {
                if (SyntaxFacts.IsValidIdentifier(spelling) && taken.Add(spelling))
                {
                    Property(text, spelling, member, isWritable);
                }
            }
        }

        text.AppendLine("}");
    }

    private static void Property(StringBuilder text, string spelling, CSharpMember member, bool isWritable)
    {
        var type = ScriptTypes.Of(member);
        var name = SymbolDisplay.FormatLiteral(member.Name, quote: true);
        text.Append(CultureInfo.InvariantCulture, $"public {type} @{spelling} {{ get => Get<{(type == "dynamic" ? "object" : type)}>({name});");
        text.AppendLine(isWritable ? $" set => Set({name}, value); }}" : " }");
    }
}
