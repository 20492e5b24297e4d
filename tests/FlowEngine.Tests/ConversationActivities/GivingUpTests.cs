using FlowEngine.Conversations;
using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Tests.ConversationActivities;

/// <summary>The two ways in which a flow gives a conversation up: to people, or for good.</summary>
public sealed class GivingUpTests
{
    private static readonly Guid Ana = Guid.Parse("00000000-0000-7000-8000-00000000000a");

    [Fact]
    public void A_handoff_says_its_last_words_and_gives_the_conversation_to_the_queue()
    {
        var chat = OneStep.Of("FlowEngine.HandOff", new { department = "ventas", words = "Te paso.", reason = "listo", summary = "Ana" }).Lead("Hola");

        chat.Effects.Should().Equal(
            new SendEffect(MessageContent.OfText("Te paso."), WhenUnknown.Ask, "step", LastWords: true),
            new HandOffEffect(new Target("ventas", null), HandOffMode.Waiting, "listo", "Ana", "step"));
        chat.Conversation.Owner.Should().Be(Owner.Queue("ventas", "ventas"));
        chat.Conversation.Tab.Should().Be(Tab.Waiting);
        chat.IsOver.Should().BeTrue("nothing follows Returned");
    }

    [Fact]
    public void With_something_after_Returned_the_run_parks_until_control_is_given_back()
    {
        var chat = OneStep.Of("FlowEngine.HandOff", new { department = "ventas" }, null, "Returned").Lead("Hola");
        chat.IsOver.Should().BeFalse();

        chat.GiveBack().OutcomesOf("step").Should().Equal("Returned");
        chat.OutcomesOf("toReturned").Should().Equal("Done");
    }

    [Fact]
    public void Without_a_target_it_goes_where_the_conversation_was_routed()
    {
        var chat = OneStep.Of("FlowEngine.HandOff");
        chat.Conversation = chat.Conversation with { Department = "soporte" };

        chat.Lead("Hola").Conversation.Owner.Id.Should().Be("soporte");
        OneStep.Of("FlowEngine.HandOff").Lead("Hola").Fault!.Message.Should().Contain("no department is chosen");
    }

    [Fact]
    public void An_agent_takes_it_in_Open_when_asked_for()
    {
        var chat = OneStep.Of("FlowEngine.HandOff", new { agent = Ana.ToString(), mode = "Open" });
        chat.Staff = chat.Staff with { Agents = chat.Staff.Agents.Add(Ana, new AgentEntry(Ana, "Ana", Role.Agent, true, [])) };

        chat.Lead("Hola").Conversation.Tab.Should().Be(Tab.Open);
        chat.Conversation.Owner.Should().Be(Owner.Agent(Ana, "Ana"));
    }

    [Theory]
    [InlineData("luna", null, "unknownTarget")]
    [InlineData(null, "nobody", "invalidInput")]
    [InlineData(null, "00000000-0000-7000-8000-0000000000ff", "unknownTarget")]
    public void A_target_that_is_not_there_faults_and_says_nothing_to_the_lead(string? department, string? agent, string code)
    {
        var chat = OneStep.Of("FlowEngine.HandOff", new { department, agent, words = "Te paso." }).Lead("Hola");

        chat.Fault!.Code.Should().Be(code);
        chat.Effects.Should().BeEmpty();
        chat.Conversation.Owner.Kind.Should().Be(OwnerKind.Flow);
    }

    [Fact]
    public void Finalize_says_farewell_and_ends_conversation_and_run()
    {
        var chat = OneStep.Of("FlowEngine.Finalize", new { words = "Adiós.", reason = "listo" }, null, "Done").Lead("Hola");

        chat.Said.Should().Equal("Adiós.");
        chat.Conversation.Tab.Should().Be(Tab.Finished);
        chat.Conversation.FinishReason.Should().Be("listo");
        chat.IsOver.Should().BeTrue();
        chat.OutcomesOf("toDone").Should().BeNull("nothing follows");
    }

    [Fact]
    public void What_a_burst_says_after_it_gave_up_is_stopped_and_what_it_said_before_are_last_words()
    {
        var chat = OneStep.Of("FlowEngine.HandOff").Lead("Hola");
        var run = Guid.Parse("00000000-0000-7000-8000-0000000000cc");
        var scope = new ConversationScope(chat.Conversation with { Owner = Owner.Flow(run, "f"), FlowInstance = run })
        {
            Contact = chat.Contact, Staff = chat.Staff, Now = chat.Now, InstanceId = run, InstanceName = "f",
            Connection = new FlowEngine.Engine.Connections.Connection { Key = "demo", Name = "Demo", Kind = "api" },
        };

        scope.Send(MessageContent.OfText("uno"), WhenUnknown.Ask, "a");
        scope.HandOff(new HandOffEffect(new Target("ventas", null), HandOffMode.Waiting, null, null, "b")).Should().BeNull();
        scope.Send(MessageContent.OfText("dos"), WhenUnknown.Ask, "c");

        scope.Effects.OfType<SendEffect>().Select(send => (send.Content.Text, send.LastWords, send.Stopped)).Should().Equal(("uno", true, false), ("dos", false, true));
        scope.HandOff(new HandOffEffect(new Target("soporte", null), HandOffMode.Waiting, null, null, "d"))!.Code.Should().Be("alreadyHandedOff");
    }

    [Fact]
    public void Without_a_conversation_an_activity_faults_with_the_reason()
    {
        var context = NSubstitute.Substitute.For<ActivityContext>();

        new Finalize().Execute(context).FaultInfo!.Message.Should().Contain("'Finalize conversation' needs a conversation");
        new AskQuestion().Resume(context, null!, null).Kind.Should().Be(ActivityResultKind.Faulted);
    }
}
