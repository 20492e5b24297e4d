using FlowEngine.Conversations;
using FlowEngine.Server.Inbox;
using FlowEngine.Server.Inbox.Screens.Thread;

namespace FlowEngine.Tests.InboxScreens;

public sealed class ThreadLinesTests
{
    private static readonly TimeZoneInfo Lima = TimeZoneInfo.FindSystemTimeZoneById("America/Lima");

    [Fact]
    public void Days_and_episodes_part_the_thread_in_the_desk_s_own_zone()
    {
        // 04:30 UTC is still the day before in Lima.
        var messages = new[] { At(1, "2026-03-04T03:00Z"), At(2, "2026-03-04T04:30Z"), At(3, "2026-03-04T06:00Z", episode: 2) };

        var lines = ThreadLines.Build(messages, [], Lima, olderExist: false);

        lines.Select(l => l.GetType().Name).Should().Equal("DayLine", "MessageLine", "MessageLine", "EpisodeLine", "DayLine", "MessageLine");
    }

    [Fact]
    public void What_was_done_stands_between_the_messages_that_it_parted()
    {
        var messages = new[] { At(1, "2026-03-04T15:00Z"), At(2, "2026-03-04T15:10Z") };

        var lines = ThreadLines.Build(messages, [Line("tabChanged", "2026-03-04T15:06Z"), Line("claimed", "2026-03-04T15:05Z")], Lima, olderExist: false);

        lines.OfType<StoryLine>().Should().ContainSingle("what changes nothing for people is not told");
        lines[2].Should().BeOfType<StoryLine>().Which.Entry.Kind.Should().Be("claimed");
    }

    [Fact]
    public void The_story_before_the_oldest_loaded_message_waits_until_that_is_loaded()
    {
        var messages = new[] { At(61, "2026-03-04T15:10Z") };
        var history = new[] { Line("claimed", "2026-03-04T15:05Z"), Line("transferred", "2026-03-04T15:20Z") };

        ThreadLines.Build(messages, history, Lima, olderExist: true).OfType<StoryLine>().Select(l => l.Entry.Kind).Should().Equal("transferred");
    }

    [Fact]
    public void What_one_commit_wrote_is_told_in_the_order_in_which_it_was_written()
    {
        // Read newest first: the flow began after the person had let go, in the same turn and at the same instant.
        var history = new[] { Line("flowStarted", "2026-03-04T15:05Z"), Line("released", "2026-03-04T15:05Z") };

        ThreadLines.Build([At(1, "2026-03-04T15:00Z")], history, Lima, olderExist: false)
            .OfType<StoryLine>().Select(l => l.Entry.Kind).Should().Equal("released", "flowStarted");
    }

    [Fact]
    public void A_flow_begins_before_its_first_words_and_hands_over_after_its_last_ones()
    {
        var said = At(2, "2026-03-04T15:05Z") with { Author = AuthorKind.Flow, Direction = MessageDirection.Out };
        var history = new[] { Line("handedOff", "2026-03-04T15:05Z"), Line("flowStarted", "2026-03-04T15:05Z") };

        ThreadLines.Build([At(1, "2026-03-04T15:04Z"), said], history, Lima, olderExist: false)
            .Select(l => l is StoryLine told ? told.Entry.Kind : l.GetType().Name).Should().Equal("DayLine", "MessageLine", "flowStarted", "MessageLine", "handedOff");
    }

    [Fact]
    public void A_reply_that_took_the_conversation_stands_after_the_claim_that_it_was()
    {
        var reply = At(2, "2026-03-04T15:05Z") with { Author = AuthorKind.Agent, Direction = MessageDirection.Out };

        ThreadLines.Build([At(1, "2026-03-04T15:04Z"), reply], [Line("claimed", "2026-03-04T15:05Z")], Lima, olderExist: false)
            .Select(l => l.GetType().Name).Should().Equal("DayLine", "MessageLine", "StoryLine", "MessageLine");
    }

    [Fact]
    public void A_second_message_of_the_same_author_continues_the_first_for_three_minutes()
    {
        var messages = new[] { At(1, "2026-03-04T15:00Z"), At(2, "2026-03-04T15:02Z"), At(3, "2026-03-04T15:08Z") };

        ThreadLines.Build(messages, [], Lima, olderExist: false).OfType<MessageLine>().Select(l => l.Continues).Should().Equal(false, true, false);
    }

    [Fact]
    public void Every_line_has_a_key_of_its_own()
    {
        var history = new[] { Line("claimed", "2026-03-04T15:05Z"), Line("reopened", "2026-03-04T15:05Z") };

        ThreadLines.Build([At(1, "2026-03-04T15:00Z")], history, Lima, olderExist: false).Select(l => l.Key).Should().OnlyHaveUniqueItems();
    }

    private static MessageView At(long order, string time, int episode = 1) =>
        Screen.Message(AuthorKind.Lead, MessageState.Received, order: order) with { At = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), Episode = episode };

    private static HistoryView Line(string kind, string time) => new(
        DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), kind, "Agent", "Ana", "Nobody", "Agent: Ana", Tab.Waiting, Tab.Waiting, 2, null, null);
}
