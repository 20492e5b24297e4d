using FlowEngine.Conversations;
using FlowEngine.Engine.Ai;
using FlowEngine.Tests.Ai;
using FlowEngine.Tests.Architecture;
using FlowEngine.Tests.Turns;

namespace FlowEngine.Tests.ConversationActivities.Flows;

public sealed class RespuestasTests : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(4);

    private readonly AiBench bench = new(SourceTree.Read("flows/respuestas-ia.json"));

    public RespuestasTests() => bench.Store.Staff = TestEngine.Staff with
    {
        Departments = TestEngine.Staff.Departments.Add("atencion", new DepartmentEntry("atencion", "Atención", true)),
    };

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Questions_are_answered_one_after_another_and_silence_closes()
    {
        bench.Model.Then(ScriptedModel.Calls("ask", new { text = "¡Hola! ¿En qué puedo ayudarte?" }), ScriptedModel.Answer("De 9 a 20 h.", 1));
        var id = await Says("Hola");
        await Says("¿Cuándo abrís?");
        bench.Sent.Should().Equal("¡Hola! ¿En qué puedo ayudarte?", "De 9 a 20 h.");
        (await bench.Conversation(id)).Tab.Should().Be(Tab.Automated);

        bench.Engine.Clock.Advance(TimeSpan.FromHours(20));
        await bench.Settle();
        (await bench.Conversation(id)).Tab.Should().Be(Tab.Finished);
    }

    [Fact]
    public async Task What_it_is_not_sure_of_goes_to_people_with_reason_and_summary()
    {
        bench.Model.Then(ScriptedModel.Calls("hand_off", new { reason = "pide un presupuesto", summary = "Quiere 200 cajas" }));
        var id = await Says("Quiero 200 cajas");

        (await bench.Conversation(id)).Owner.Should().Be(Owner.Queue("atencion", "Atención"));
        var handed = bench.HandOffs(id).Single();
        (handed.Cause, handed.Data!["summary"]).Should().Be(("La IA no está segura: pide un presupuesto", "Quiere 200 cajas"));
        bench.Sent.Single().Should().StartWith("Para darte una respuesta segura");
    }

    [Fact]
    public async Task Without_a_model_nobody_is_left_alone()
    {
        bench.Model.Then(ScriptedModel.Fails(ModelFailure.NotConfigured));
        var id = await Says("¿Cuándo abrís?");

        (await bench.Conversation(id)).Tab.Should().Be(Tab.Waiting);
        bench.HandOffs(id).Single().Cause.Should().Be("La IA no pudo responder: NotConfigured");
    }

    private async Task<Guid> Says(string text)
    {
        var id = await bench.Says(text);
        bench.Engine.Clock.Advance(Quiet);
        await bench.Settle();
        return id;
    }
}
