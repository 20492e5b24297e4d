namespace FlowEngine.Workflows.Expressions.CSharp;

/// <summary>
/// Makes C# that stands in a definition into something that runs. A host whose administrator trusts C# hands one to the
/// <see cref="Activities.ActivityCatalog"/>; without it every C# expression is refused.
/// </summary>
public delegate CSharpScript CompileCSharp(CSharpCode code);

/// <summary>Code, and the names that stand as members of <c>Variables</c> and <c>Input</c> where it is written.</summary>
public sealed record CSharpCode(string Text, IReadOnlyList<CSharpMember> Variables, IReadOnlyList<CSharpMember> Inputs);

/// <param name="Name">As declared; scripts may write it in Pascal case too.</param>
/// <param name="TypeName">Elsa alias or legacy CLR name; null is anything.</param>
public sealed record CSharpMember(string Name, string? TypeName, bool IsArray);

/// <summary>Compiled code, or why it does not compile: each error with its line and column. Shared by all runs.</summary>
public sealed record CSharpScript(Func<CSharpGlobals, Task<object?>>? Run, string? Problem);
