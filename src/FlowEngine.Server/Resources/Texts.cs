namespace FlowEngine.Server.Resources;

/// <summary>Names the resource files beside it: <c>Texts.resx</c> is Spanish and the default; pt-BR and en have every key too (held by a test).</summary>
public sealed class Texts;
