namespace FlowEngine.Workflows.Expressions;

/// <summary>
/// What a host lets expressions read, when <see cref="Interpreter.RunEnvironment.Host"/> implements it. Each entry (plain values,
/// lists and maps) is a global in JavaScript (<c>lead.name</c>) and a root in Liquid (<c>{{ lead.name }}</c> or <c>{{ Lead.name }}</c>).
/// Scripts get copies: nothing they change is seen by the host.
/// </summary>
public interface IExpressionScope
{
    IReadOnlyDictionary<string, object?> Values { get; }
}
