namespace FlowEngine.Engine.Verification;

/// <summary>What the verifier must know of the company.</summary>
/// <param name="Departments">Keys of all departments.</param>
/// <param name="Staffed">Keys of those with at least one active member.</param>
/// <param name="Templates">Names of the approved templates.</param>
public sealed record CompanyFacts(IReadOnlySet<string> Departments, IReadOnlySet<string> Staffed, IReadOnlySet<string> Templates);
