using FlowEngine.Engine.Errors;
using System.Net;
using System.Text;
using System.Text.Json;
using FlowEngine.Engine.Outbox;
using FlowEngine.Server.Channels.WhatsApp;

namespace FlowEngine.Tests.Channels;

public sealed class SendAnswerTests
{
    private static readonly string[] NotSends = ["err-media-404", "ok-mark-read", "ok-media"];
    private readonly SendAnswer answers = new(ErrorCatalog.Default, () => 0.5);

    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        foreach (var item in Fixtures.Listed("responses").Where(item => !NotSends.Any(Fixtures.FileOf(item).Contains)))
            files.Add(Fixtures.FileOf(item));
        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_answer_of_the_collection_is_understood(string file)
    {
        var item = Fixtures.Listed("responses").Single(item => Fixtures.FileOf(item) == file);
        var expect = item.GetProperty("expect");
        var result = answers.Read((HttpStatusCode)item.GetProperty("http").GetInt32(), Fixtures.Bytes(item), 1, AskedWait(item));

        if (expect.Text("outcome"u8) is not null)
        {
            result.Should().Match<SendResult>(sent => sent.Outcome == SendOutcome.Accepted && sent.ProviderId!.StartsWith("wamid."));
            return;
        }

        var ambiguous = expect.Part("ambiguous"u8) is { ValueKind: JsonValueKind.True };
        result.Outcome.Should().Be(ambiguous ? SendOutcome.Unknown : SendOutcome.Rejected);
        result.Error!.Category.Should().Be(expect.Text("error_category"u8));
        result.PausesConnection.Should().Be(PausesConnection(expect, result));
        (result.RetryAfter is not null).Should().Be(expect.Text("retry"u8) == "auto");
    }

    [Fact]
    public void The_waits_follow_the_table_and_end()
    {
        var waits = Enumerable.Range(1, 7).Select(attempt => Refuse("131056", attempt).RetryAfter?.TotalSeconds);

        waits.Should().Equal(1, 4, 16, 64, 256, 300, null);
    }

    [Fact]
    public void Waits_are_spread_by_a_fifth_to_either_side()
    {
        new SendAnswer(ErrorCatalog.Default, () => 0).NotConnected(2, "").RetryAfter.Should().Be(TimeSpan.FromSeconds(6.4));
        new SendAnswer(ErrorCatalog.Default, () => 1).NotConnected(2, "").RetryAfter.Should().Be(TimeSpan.FromSeconds(9.6));
    }

    [Fact]
    public void What_the_provider_calls_transient_is_repeated_whatever_its_code()
    {
        var result = Refuse("131026", 1, ", \"is_transient\": true");

        result.Error!.Category.Should().Be("transient");
        result.RetryAfter.Should().Be(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void A_longer_wait_that_is_asked_for_is_kept_and_a_shorter_one_is_not()
    {
        Refuse("130429", 1, asked: TimeSpan.FromSeconds(30)).RetryAfter.Should().Be(TimeSpan.FromSeconds(30));
        Refuse("130429", 6, asked: TimeSpan.FromSeconds(5)).RetryAfter.Should().Be(TimeSpan.FromSeconds(32));
        Refuse("131026", 1, asked: TimeSpan.FromSeconds(5)).RetryAfter.Should().BeNull();
    }

    [Theory]
    [InlineData(503, "{\"error\":{\"code\":424242}}", SendOutcome.Rejected, "transient")]
    [InlineData(404, "{\"error\":{\"code\":424242}}", SendOutcome.Rejected, "provider_api")]
    [InlineData(404, "<html/>", SendOutcome.Rejected, "provider_api")]
    [InlineData(302, "", SendOutcome.Rejected, "provider_api")]
    [InlineData(429, "", SendOutcome.Rejected, "rate_limit")]
    [InlineData(200, "{\"messages\":[]}", SendOutcome.Unknown, "transient")]
    [InlineData(200, "{\"messages\":[{\"id\":\"wam", SendOutcome.Unknown, "transient")]
    [InlineData(504, "upstream", SendOutcome.Unknown, "transient")]
    public void Answers_that_no_table_has_fall_on_the_careful_side(int status, string body, SendOutcome outcome, string category)
    {
        var result = answers.Read((HttpStatusCode)status, Encoding.UTF8.GetBytes(body), 1, null);

        result.Outcome.Should().Be(outcome);
        result.Error!.Category.Should().Be(category);
    }

    [Fact]
    public void The_table_is_whole_and_knows_the_range_of_permissions()
    {
        ErrorCatalog.Default.All.Should().HaveCount(87).And.OnlyContain(entry => entry.Cure.Es.Length > 0 && entry.Cure.Pt.Length > 0 && entry.Cure.En.Length > 0);
        ErrorCatalog.Default.Find("215")!.Category.Should().Be("auth");
        ErrorCatalog.Default.Find("424242").Should().BeNull();
    }

    private SendResult Refuse(string code, int attempt, string more = "", TimeSpan? asked = null) =>
        answers.Read(HttpStatusCode.BadRequest, Encoding.UTF8.GetBytes($$$"""{"error":{"code":{{{code}}}{{{more}}}}}"""), attempt, asked);

    /// <summary>The index names the pause only where it is the point; elsewhere the table does.</summary>
    private static bool PausesConnection(JsonElement expect, SendResult result) =>
        expect.Part("pauses_connection"u8)?.GetBoolean()
        ?? (result.Outcome == SendOutcome.Rejected && ErrorCatalog.Default.Find(result.Error!.Code)?.PausesConnection == true);

    private static TimeSpan? AskedWait(JsonElement item) =>
        item.GetProperty("headers").Text("Retry-After"u8) is { } seconds ? TimeSpan.FromSeconds(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)) : null;
}
