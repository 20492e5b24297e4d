using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Inbox;
using FlowEngine.Server.Inbox.Screens.Desk;
using FlowEngine.Server.Inbox.Screens.Wording;

namespace FlowEngine.Tests.InboxScreens;

public sealed class WordingTests
{
    private static readonly Owner Ana = Owner.Agent(Guid.Parse("0198aaaa-0000-7000-8000-00000000000a"), "Ana Torres");

    [Theory]
    [InlineData(-5, "0 s")]
    [InlineData(0, "0 s")]
    [InlineData(47, "40 s")]
    [InlineData(60, "1 min")]
    [InlineData(3599, "59 min")]
    [InlineData(3600, "1 h 00")]
    [InlineData(7500, "2 h 05")]
    [InlineData(86_399, "23 h 59")]
    [InlineData(86_400, "1 d")]
    [InlineData(950_400, "11 d")]
    public void A_wait_is_said_as_short_as_a_list_bears(int seconds, string said) => WaitAge.Format(TimeSpan.FromSeconds(seconds)).Should().Be(said);

    [Theory]
    [InlineData(299, "fresh")]
    [InlineData(300, "late")]
    [InlineData(899, "late")]
    [InlineData(900, "verylate")]
    public void A_wait_turns_amber_after_five_minutes_and_red_after_fifteen(int seconds, string level) =>
        WaitAge.Level(TimeSpan.FromSeconds(seconds)).Should().Be(level);

    [Theory]
    [InlineData("María Fernanda Ruiz", "MR")]
    [InlineData("ana", "A")]
    [InlineData("+51 987 654 321", "21")]
    [InlineData("", "·")]
    public void A_person_without_a_picture_shows_initials(string name, string initials) => Avatar.Initials(name).Should().Be(initials);

    [Theory]
    [InlineData("[audio]", "Audio")]
    [InlineData("[image]", "Imagen")]
    [InlineData("[oferta]", "[oferta]")]
    [InlineData("Hola [image]", "Hola [image]")]
    [InlineData("[", "[")]
    public void A_message_without_words_is_listed_by_what_it_is(string stored, string said)
    {
        using var screen = new Screen();

        screen.Words.Preview(stored).Should().Be(said);
    }

    [Fact]
    public void A_refusal_says_who_owns_the_conversation()
    {
        using var screen = new Screen();

        var notice = Notice.For(Refused("ownedByOther"), screen.Words, "hecho");

        notice!.Kind.Should().Be(NoticeKind.Refusal);
        notice.Text.Should().StartWith("Ana Torres ya la está atendiendo");
    }

    [Theory]
    [InlineData("staleEpoch")]
    [InlineData("notAllowed")]
    [InlineData("alreadyHandedOff")]
    public void A_lost_race_names_the_present_owner(string code)
    {
        using var screen = new Screen("en");

        Notice.For(Refused(code), screen.Words, null)!.Text.Should().Contain("Ana Torres");
    }

    [Fact]
    public void A_refusal_that_the_screens_do_not_know_still_says_why()
    {
        using var screen = new Screen("en");

        Notice.For(Refused("somethingNew"), screen.Words, null)!.Text.Should().Be("It could not be done: because");
    }

    [Fact]
    public void What_a_command_stopped_is_told_and_a_slow_one_asks_for_patience()
    {
        using var screen = new Screen("en");

        Notice.For(new CommandOutcome(Guid.Empty, CommandStatus.Done, Stopped: [Guid.Empty, Guid.Empty]), screen.Words, null)!.Text.Should().Contain("2");
        Notice.For(new CommandOutcome(Guid.Empty, CommandStatus.Pending), screen.Words, "done")!.Kind.Should().Be(NoticeKind.Patience);
        Notice.For(new CommandOutcome(Guid.Empty, CommandStatus.Done), screen.Words, null).Should().BeNull("the screen itself shows it");
    }

    [Fact]
    public void The_story_tells_a_handoff_with_its_reason_and_summary()
    {
        using var screen = new Screen();
        var line = new HistoryView(
            Screen.Now, "handedOff", "Flow", "Calificación", "Flow: Calificación", "Queue: Ventas", Tab.Automated, Tab.Waiting, 2, "Pidió una persona",
            new Dictionary<string, string> { ["summary"] = "25 puestos" });

        Story.Tell(line, screen.Words).Should().Be("Calificación la pasó a Cola · Ventas");
        Story.Details(line, screen.Words).Should().Equal("Motivo: Pidió una persona", "Resumen: 25 puestos");
    }

    private static CommandOutcome Refused(string code) =>
        new(Guid.Empty, CommandStatus.Refused, new Refusal(RefusalKind.Conflict, code, "because", Ana, 7));
}
