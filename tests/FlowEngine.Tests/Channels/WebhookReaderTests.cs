using System.Text;
using System.Text.Json;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Tests.Channels;

public sealed class WebhookReaderTests
{
    private const string Tracked = "0192f0aa-0000-7000-8000-000000000001";

    [Fact]
    public void One_bad_item_does_not_lose_the_others()
    {
        var events = Read("""
            {"messages": [
              {"from": "34600000001", "id": "a", "timestamp": "1795345200", "type": "text", "text": {"body": "one"}},
              {"from": "34600000001", "id": "b", "timestamp": "1795345200", "type": "text", "text": {"body": "\ud800 broken"}},
              17,
              {"id": "nobody", "type": "text", "text": {"body": "who?"}},
              {"from": "34600000001", "id": "c", "timestamp": "1795345200", "type": "text", "text": {"body": "two"}}
            ]}
            """);

        events.Select(found => ((LeadMessage)found.Event).Content.Text).Should().Equal("one", "two");
    }

    [Fact]
    public void A_message_from_the_future_counts_from_now()
    {
        var events = Read("""{"messages": [{"from": "1", "id": "a", "timestamp": 1999999999, "type": "text", "text": {"body": "hi"}}]}""");

        events.Single().Event.Should().BeOfType<LeadMessage>().Which.At.Should().Be(Fixtures.Clock);
    }

    [Fact]
    public void A_status_names_our_message_by_both_ids()
    {
        var events = Read($$"""{"statuses": [{"id": "w1", "status": "sent", "timestamp": "1795345100", "biz_opaque_callback_data": "fe:{{Tracked}}"}]}""");

        events.Single().Reference.Should().Be(new MessageReference("shop", "w1", Guid.Parse(Tracked)));
        events.Single().DedupeKey.Should().Be("shop:w1:sent");
        ((StatusUpdate)events.Single().Event).TrackingId.Should().Be(Guid.Parse(Tracked));
    }

    [Theory]
    [InlineData("other:0192f0aa-0000-7000-8000-000000000001")]
    [InlineData("fe:not-a-guid")]
    [InlineData("")]
    public void A_tracking_field_of_another_tool_is_none_of_ours(string opaque)
    {
        var events = Read($$"""{"statuses": [{"id": "w1", "status": "sent", "biz_opaque_callback_data": "{{opaque}}"}]}""");

        ((StatusUpdate)events.Single().Event).TrackingId.Should().BeNull();
    }

    [Fact]
    public void Each_participant_of_a_group_reports_once()
    {
        var events = Read("""
            {"statuses": [
              {"id": "w1", "status": "read", "recipient_participant_id": "1"},
              {"id": "w1", "status": "read", "recipient_participant_id": "2"}
            ]}
            """);

        events.Select(found => found.DedupeKey).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void All_errors_of_a_failure_are_kept_and_the_first_decides()
    {
        var events = Read("""
            {"statuses": [{"id": "w1", "status": "failed", "errors": [
              {"code": "131026", "title": "Undeliverable", "error_data": {"details": "first"}},
              {"code": 131049, "title": "Healthy", "error_data": "second"}]}]}
            """);

        var error = ((StatusUpdate)events.Single().Event).Error!;
        error.Code.Should().Be("131026");
        error.Category.Should().Be("recipient");
        error.Details.Should().Contain("first").And.Contain("131049").And.Contain("second");
    }

    [Fact]
    public void A_change_of_number_adds_addresses_to_a_known_person_and_creates_nobody()
    {
        var address = Read("""
            {"messages": [{"from": "34600000001", "id": "s", "type": "system", "system": {"type": "user_changed_number", "wa_id": "34600000002"}}]}
            """).Single().Address!;

        address.Create.Should().BeFalse();
        address.Aliases.Where(alias => alias.Kind == "waId").Select(alias => alias.Value).Should().Equal("34600000001", "34600000002");
    }

    [Fact]
    public void Another_number_of_the_same_app_goes_to_its_own_connection_and_a_foreign_one_nowhere()
    {
        const string Value = """{"metadata": {"phone_number_id": "222"}, "messages": [{"from": "1", "id": "a", "type": "text", "text": {"body": "hi"}}]}""";
        var sister = Fixtures.Connection with { Key = "sister", PhoneNumberId = "222" };
        var foreign = sister with { AppSecret = "another-app" };

        Read(Value, sister).Single().Address!.Connection.Should().Be("sister");
        Read(Value, foreign).Should().BeEmpty();
    }

    [Fact]
    public void A_message_without_an_id_has_the_same_key_each_time_it_is_delivered()
    {
        const string Value = """{"messages": [{"from": "1", "timestamp": 1795345000, "type": "text", "text": {"body": "hi"}}]}""";

        Read(Value).Single().DedupeKey.Should().Be(Read(Value).Single().DedupeKey);
    }

    [Fact]
    public void A_character_that_no_database_holds_is_dropped()
    {
        var events = Read("""{"messages": [{"from": "1", "id": "a", "type": "text", "text": {"body": "a\u0000b"}}]}""");

        ((LeadMessage)events.Single().Event).Content.Text.Should().Be("ab");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"messages\": null, \"statuses\": {}, \"contacts\": 7}")]
    [InlineData("{\"messages\": [null, {}, []], \"statuses\": [null, {\"status\": 5}]}")]
    public void Holes_of_any_shape_are_nothing(string value) => Read(value).Should().BeEmpty();

    private static IReadOnlyList<NewEvent> Read(string value, params Engine.Connections.Connection[] others)
    {
        var json = $$"""{"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "messages", "value": {{value}}}]}]}""";
        using var envelope = JsonDocument.Parse(Encoding.UTF8.GetBytes(json));
        return Fixtures.Reader().Read(envelope.RootElement, Fixtures.Connection, Fixtures.Book([Fixtures.Connection, .. others]));
    }
}
