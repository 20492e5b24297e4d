using System.Buffers;
using System.Globalization;
using System.Text.Json;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Channels.WhatsApp;

namespace FlowEngine.Tests.Channels;

/// <summary>Every webhook of the collection, with the number of new rows that its index promises.</summary>
public sealed class WebhookFixtureTests
{
    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        foreach (var item in Fixtures.Listed("webhooks"))
            files.Add(Fixtures.FileOf(item));
        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Its_signature_holds_over_its_exact_bytes_and_breaks_with_any_other(string file)
    {
        var item = Find(file);
        var bytes = Fixtures.Bytes(item);
        var header = item.GetProperty("x_hub_signature_256").GetString();

        Matches(header, bytes).Should().BeTrue();
        bytes[^2] ^= 1;
        Matches(header, bytes).Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void It_becomes_the_rows_that_the_index_promises(string file)
    {
        var item = Find(file);
        var expect = item.GetProperty("expect");
        var counts = Count(ReadAfterEarlier(item));

        // Whether the original was ever stored is for the store to say; the reader sees an edit in both cases.
        var orphanEdit = file.Contains("in-045", StringComparison.Ordinal) ? 1 : 0;
        // A status of a foreign message is an orphan of the store; the reader cannot know our messages.
        var orphanStatus = file.Contains("st-110", StringComparison.Ordinal) ? 1 : 0;

        counts.Messages.Should().Be(Number(expect, "inbound_messages") - orphanEdit);
        counts.Statuses.Should().Be(Number(expect, "status_updates") + orphanStatus);
        counts.Echoes.Should().Be(Number(expect, "outbound_echoes"));
        counts.Reactions.Should().Be(Number(expect, "reactions"));
        counts.Edits.Should().Be(Number(expect, "edits") + orphanEdit);
        counts.Revokes.Should().Be(Number(expect, "revokes"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void It_opens_the_window_and_wakes_the_flow_exactly_when_the_person_said_something(string file)
    {
        var expect = Find(file).GetProperty("expect");
        var heard = ReadAfterEarlier(Find(file)).Select(found => found.Event).OfType<LeadMessage>().ToList();
        var orphanEdit = file.Contains("in-045", StringComparison.Ordinal);
        var open = heard.Any(message => message.OpensWindow && message.At.AddDays(1) > Fixtures.Clock);

        open.Should().Be(expect.GetProperty("opens_window").GetBoolean() && !orphanEdit);
        heard.Any(message => message.WakesFlow).Should().Be(expect.GetProperty("tab").GetString() == "lead_wrote" && !orphanEdit);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Its_details_are_those_of_the_index(string file)
    {
        var expect = Find(file).GetProperty("expect");
        var events = ReadAfterEarlier(Find(file));
        var said = events.Select(found => found.Event).OfType<LeadMessage>().ToList();

        foreach (var alias in expect.Items("aliases"u8))
            events.SelectMany(found => found.Address!.Aliases).Select(known => known.Value.TrimStart('+')).Should().Contain(alias.GetString());
        foreach (var form in expect.Items("may_match"u8))
            events.SelectMany(found => found.Address!.Candidates).Select(other => other.Value.TrimStart('+')).Should().Contain(form.GetString());
        if (expect.Text("choice_id"u8) is { } choice)
            said.Single().Content.ChoiceId.Should().Be(choice);
        if (expect.Text("reply_to"u8) is { } quoted)
            said.Single().Content.ReplyTo.Should().Be(quoted);
        if (expect.Text("text_length"u8) is { } length)
            said.Single().Content.Text!.EnumerateRunes().Count().ToString(CultureInfo.InvariantCulture).Should().Be(length);
        if (expect.Text("media"u8) is not null)
            said.Single().Content.Media!.ProviderId.Should().NotBeNullOrEmpty();
        if (expect.Part("placeholder"u8) is not null)
            said.Should().OnlyContain(message => message.Content.Text == null && message.Content.Media == null);
        if (expect.Text("lead_source"u8) is { } source)
            said.Single().Referral.Should().Contain(source == "ctwa_ad" ? "\"ad\"" : "\"post\"");
        if (expect.Text("thread"u8) is { } thread)
            events.Single().Address!.Aliases.Should().Equal(new ContactAlias("chat", thread));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_failed_status_carries_the_category_of_the_table(string file)
    {
        var failed = ReadAfterEarlier(Find(file)).Select(found => found.Event).OfType<StatusUpdate>().Where(update => update.Status == "failed").ToList();
        var expected = Find(file).GetProperty("expect").GetProperty("error_category").GetString();

        if (failed.Count == 0)
            return;
        failed.Should().ContainSingle().Which.Error!.Category.Should().Be(expected);
    }

    private sealed record Counts(int Messages, int Statuses, int Echoes, int Reactions, int Edits, int Revokes);

    private static Counts Count(IReadOnlyList<NewEvent> events)
    {
        var contents = events.Select(found => (found.Event as LeadMessage)?.Content ?? (found.Event as PhoneEcho)?.Content).ToList();
        int OfKind(string kind) => contents.Count(content => content?.Kind == kind);

        return new Counts(
            events.Count(found => found.Event is LeadMessage { WakesFlow: true }),
            events.Count(found => found.Event is StatusUpdate),
            events.Count(found => found.Event is PhoneEcho { Content.Kind: not ("edit" or "revoke") }),
            OfKind("reaction"),
            OfKind("edit"),
            OfKind("revoke"));
    }

    /// <summary>New rows only: a key seen before adds none, as the database's unique key has it.</summary>
    private static List<NewEvent> ReadAfterEarlier(JsonElement item)
    {
        var reader = Fixtures.Reader();
        var seen = new HashSet<string>();
        if (item.GetProperty("expect").Text("note"u8) == "deliver after in-001")
            seen.UnionWith(Read(reader, Fixtures.Webhook("in-001")).Select(found => found.DedupeKey));

        return [.. Read(reader, item).Where(found => seen.Add(found.DedupeKey))];
    }

    private static IReadOnlyList<NewEvent> Read(WebhookReader reader, JsonElement item)
    {
        using var envelope = JsonDocument.Parse(Fixtures.Bytes(item));
        return reader.Read(envelope.RootElement, Fixtures.Connection, Fixtures.Book());
    }

    private static bool Matches(string? header, byte[] bytes) =>
        WebhookSignature.Matches(header, new ReadOnlySequence<byte>(bytes), Fixtures.Connection.AppSecret);

    private static JsonElement Find(string file) => Fixtures.Listed("webhooks").Single(item => Fixtures.FileOf(item) == file);

    private static int Number(JsonElement expect, string name) => expect.GetProperty(name).GetInt32();
}
