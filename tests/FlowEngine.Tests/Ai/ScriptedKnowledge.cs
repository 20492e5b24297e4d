using FlowEngine.Engine.Ai;

namespace FlowEngine.Tests.Ai;

/// <summary>The same passages for every question.</summary>
internal sealed class ScriptedKnowledge(params Passage[] passages) : IKnowledge
{
    public static readonly Passage Hours = new(Guid.Parse("00000000-0000-7000-8000-0000000000e1"), "Horario", "Abrimos de lunes a viernes de 9 a 20 h. Más en https://tienda.example/horario", 0.9);

    public static readonly Passage Returns = new(Guid.Parse("00000000-0000-7000-8000-0000000000e2"), "Devoluciones", "Puedes devolver tu compra en 30 días.", 0.6);

    public List<string> Asked { get; } = [];

    public ValueTask<IReadOnlyList<Passage>> Find(string question, string? language, int limit, CancellationToken cancel)
    {
        lock (Asked)
        {
            Asked.Add(question);
        }

        return ValueTask.FromResult<IReadOnlyList<Passage>>(passages);
    }
}
