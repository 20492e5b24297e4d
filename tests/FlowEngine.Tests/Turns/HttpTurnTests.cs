using System.Text;
using System.Text.Json.Nodes;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Tasks;
using FlowEngine.Engine.Turns;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Turns;

/// <summary>A conversation whose flow asks another system: outside of the turn, under its grant.</summary>
public sealed class HttpTurnTests
{
    [Fact]
    public async Task A_request_is_a_task_of_the_turn_and_its_answer_goes_on_with_the_conversation()
    {
        var (engine, conversation) = await Asking("POST");
        var task = ((MemoryTurnStore)engine.Store).Tasks().Should().ContainSingle().Which.Task;
        HttpJob.Read(task.Payload).Should().BeEquivalentTo(new { Url = "https://erp.example/orders", Method = "POST", ContentJson = "{\"lead\":1}", Authorization = "Bearer s3cret" });
        Journals(engine, task.Instance).Should().NotContain("s3cret");

        await engine.Append(Answered(task, """{"StatusCode":200,"ParsedContent":{"number":42}}"""));
        await engine.Settle();

        engine.Sent.Should().Equal("Pedido 42");
        ((MemoryTurnStore)engine.Store).Tasks().Should().BeEmpty();
        (await engine.Conversation(conversation)).HasBlockingProblem.Should().BeFalse();
    }

    [Fact]
    public async Task An_answer_that_comes_after_a_claim_resumes_nothing()
    {
        var (engine, conversation) = await Asking("GET");
        var task = ((MemoryTurnStore)engine.Store).Tasks()[0].Task;
        await engine.Do(conversation, new Claim(), TestEngine.Ana);

        await engine.Append(Answered(task, """{"StatusCode":200,"ParsedContent":{"number":42}}"""));
        await engine.Settle();

        engine.Sent.Should().BeEmpty();
    }

    [Theory]
    [InlineData("GET", 1)]
    [InlineData("POST", 0)]
    public async Task When_control_comes_back_only_what_may_be_sent_twice_is_asked_again(string method, int asked)
    {
        var (engine, conversation) = await Asking(method);
        await engine.Do(conversation, new Claim(), TestEngine.Ana);
        await engine.Do(conversation, new Release("flow"), TestEngine.Ana);

        ((MemoryTurnStore)engine.Store).Tasks().Should().HaveCount(asked);
        engine.Sent.Should().HaveCount(1 - asked, "a lost answer to a POST goes its own way");
    }

    private static async Task<(TestEngine Engine, Guid Conversation)> Asking(string method)
    {
        var ask = Activity("Elsa.FlowSendHttpRequest", "ask").With("name", "Ask").With("url", Literal("https://erp.example/orders")).With("method", Literal(method))
            .With("content", Script("({ lead: 1 })")).With("authorization", Literal("Bearer s3cret"));
        var root = Flowchart(
            "f",
            [
                Activity("FlowEngine.MessageReceived", "m").With("customProperties", new JsonObject { ["canStartWorkflow"] = true }), ask,
                Activity("FlowEngine.SendMessage", "say").With("text", Script("'Pedido ' + getOutputFrom('Ask', 'ParsedContent').number")),
                Activity("FlowEngine.SendMessage", "sorry").With("text", Literal("No pude preguntar")),
            ],
            "m-ask", "ask:200-say", "ask:Failed to connect-sorry");
        var engine = new TestEngine(definitions: Definition(root).ToJsonString());
        var conversation = await engine.LeadWrites("hola");
        await engine.Settle();
        return (engine, conversation);
    }

    private static NewEvent Answered(ExternalTask task, string json) =>
        new(Guid.Parse("00000000-0000-7000-8000-0000000000aa"), $"task:{task.Id:N}", new TaskCompleted(task.Id, task.Instance, task.Bookmark, task.Epoch, json)) { ConversationId = task.Mailbox };

    private static string Journals(TestEngine engine, Guid instance) =>
        string.Concat(((MemoryTurnStore)engine.Store).Journal(instance).Select(b => Encoding.UTF8.GetString(b.Json)));
}
