using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Workflows.Triggers;

namespace FlowEngine.Tests.ConversationActivities;

/// <summary>The two triggers: what starts a flow, and the wait for the next message in the middle of one.</summary>
public sealed class WaysInTests
{
    private static readonly StartOccasion First = new("demo", "message", "Hola, quiero precios", IsMessage: true, IsFirst: true);

    [Theory]
    [InlineData("Any", new string[0], false, StartFit.Any)]
    [InlineData("Any", new[] { "otra" }, false, StartFit.Any)]
    [InlineData("Any", new string[0], true, StartFit.First)]
    [InlineData("Contains", new[] { "otra", "PRECIOS" }, false, StartFit.Keyword)]
    [InlineData("Contains", new[] { "precio" }, false, null)]
    [InlineData("Starts", new[] { "hola" }, false, StartFit.Keyword)]
    [InlineData("Starts", new[] { "quiero" }, false, null)]
    [InlineData("Exact", new[] { "hola quiero precios" }, true, StartFit.Keyword)]
    [InlineData("Exact", new[] { "precios" }, false, null)]
    public void A_message_starts_what_fits_it(string match, string[] keywords, bool firstOnly, StartFit? fit) =>
        StartRules.Fit(Received(("Match", match), ("Keywords", keywords), ("FirstOnly", firstOnly)), First).Should().Be(fit);

    [Fact]
    public void A_later_message_does_not_start_what_is_for_the_first()
    {
        StartRules.Fit(Received(("FirstOnly", true)), First with { IsFirst = false }).Should().BeNull();
        StartRules.Fit(Started(), First with { IsFirst = false }).Should().BeNull();
        StartRules.Fit(Received(), First with { IsFirst = false }).Should().Be(StartFit.Any);
    }

    [Fact]
    public void Connection_and_source_keep_others_out()
    {
        StartRules.Fit(Received(("Connection", "tienda")), First).Should().BeNull();
        StartRules.Fit(Received(("Connection", "demo"), ("Source", "message")), First).Should().Be(StartFit.Any);
        StartRules.Fit(Received(("Source", "form")), First).Should().BeNull();
        StartRules.Fit(Received(("Source", "any"), ("Connection", " ")), First).Should().Be(StartFit.Any);
    }

    [Fact]
    public void A_lead_from_a_form_starts_what_waits_for_leads_and_not_what_waits_for_words()
    {
        var form = new StartOccasion("demo", "form", null, IsMessage: false, IsFirst: true);

        StartRules.Fit(Started(("Source", "form")), form).Should().Be(StartFit.First);
        StartRules.Fit(Started(("Source", "import")), form).Should().BeNull();
        StartRules.Fit(Received(), form).Should().BeNull();
    }

    [Fact]
    public void Other_triggers_are_not_for_leads() => StartRules.Fit(new Trigger("x", "Elsa.Timer", new Dictionary<string, object?>()), First).Should().BeNull();

    [Fact]
    public void In_the_middle_it_waits_for_a_message_that_fits()
    {
        var chat = OneStep.Of("FlowEngine.MessageReceived", new { keywords = new[] { "listo" }, match = "Contains" }, null, "Done", "Timeout").Lead("Hola");

        chat.OutcomesOf("step").Should().BeNull();
        chat.Lead("espera").OutcomesOf("step").Should().BeNull();
        chat.Lead("ya está LISTO").OutcomesOf("step").Should().Equal("Done");
    }

    [Fact]
    public void In_the_middle_silence_may_end_the_wait() =>
        OneStep.Of("FlowEngine.MessageReceived", new { timeout = "01:00:00" }, null, "Done", "Timeout").Lead("Hola").Silence().OutcomesOf("step").Should().Equal("Timeout");

    [Fact]
    public void In_the_middle_a_conversation_s_start_is_its_lead_s_next_message() =>
        OneStep.Of("FlowEngine.ConversationStarted").Lead("Hola").Lead("¿Sí?").OutcomesOf("step").Should().Equal("Done");

    private static Trigger Received(params (string Name, object? Value)[] inputs) => Of("FlowEngine.MessageReceived", inputs);

    private static Trigger Started(params (string Name, object? Value)[] inputs) => Of("FlowEngine.ConversationStarted", inputs);

    private static Trigger Of(string type, (string Name, object? Value)[] inputs) => new("start", type, inputs.ToDictionary(input => input.Name, input => input.Value));
}
