using FlowEngine.Engine.Errors;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Outbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Channels.WhatsApp;
using FlowEngine.Server.Media;
using FlowEngine.Tests.WaSim;
using FlowEngine.WaSim.Faults;
using FlowEngine.WaSim.People;
using Microsoft.Extensions.Time.Testing;

namespace FlowEngine.Tests.Channels;

/// <summary>The channel against the stand-in over real HTTP: it has no way to know that it is not the provider.</summary>
public sealed class WhatsAppChannelTests : IAsyncLifetime, IDisposable
{
    private static readonly Guid Id = Guid.Parse("0192f0aa-0000-7000-8000-000000007001");
    private static readonly Contact Marta = new(Guid.Empty, "Marta", null, SimStage.Marta, null);

    private readonly FakeTimeProvider clock = new(Fixtures.Clock);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("flowengine-");
    private readonly MediaFiles files;
    private readonly GraphUploads uploads;
    private readonly WhatsAppChannel channel;
    private SimStage stage = null!;
    private Connection connection = null!;

    public WhatsAppChannelTests()
    {
        files = new MediaFiles(folder.FullName);
        uploads = new GraphUploads(files, clock);
        channel = new WhatsAppChannel(ErrorCatalog.Default, clock, () => 0.5, uploads);
    }

    public async Task InitializeAsync()
    {
        stage = await SimStage.Set();
        await stage.MartaWrites();
        connection = Fixtures.Connection with { GraphBaseUrl = stage.Host.GraphBaseUrl };
    }

    public async Task DisposeAsync() => await stage.DisposeAsync();

    public void Dispose()
    {
        channel.Dispose();
        uploads.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_text_is_taken_under_the_provider_s_id_and_its_statuses_name_our_message()
    {
        var result = await Send(MessageContent.OfText("Hola, ¿qué tal? 👋"));

        result.Outcome.Should().Be(SendOutcome.Accepted);
        var bubble = OnThePhone().Single();
        bubble.Id.Should().Be(result.ProviderId);
        bubble.Text.Should().Be("Hola, ¿qué tal? 👋");
        await stage.Pass(TimeSpan.FromSeconds(10));
        stage.Receiver.Statuses.Should().HaveCount(3).And.OnlyContain(update => update.ProviderId == result.ProviderId && update.TrackingId == Id);
    }

    [Fact]
    public async Task Buttons_lists_and_templates_reach_the_phone()
    {
        await Send(new MessageContent { Kind = "buttons", Text = "¿Cuál?", Buttons = [new("a", "A"), new("b", "B")] });
        await Send(new MessageContent { Kind = "list", Text = "¿Dónde?", Rows = [new("1", "Madrid", "48 h")] });
        await Send(new MessageContent { Kind = "template", Template = new TemplateUse("hola", "es", ["Marta"]) });

        OnThePhone().Select(bubble => bubble.Text).Should().Equal("¿Cuál?", "¿Dónde?", "hola: Marta");
    }

    [Theory]
    [InlineData("server_error", SendOutcome.Rejected, "131000", "transient", true)]
    [InlineData("provider_outage", SendOutcome.Rejected, "2", "transient", true)]
    [InlineData("server_error_without_body", SendOutcome.Unknown, "FE_5XX_NO_BODY", "transient", false)]
    [InlineData("gateway_page", SendOutcome.Unknown, "FE_5XX_NO_BODY", "transient", false)]
    [InlineData("gateway_page_after_accept", SendOutcome.Unknown, "FE_5XX_NO_BODY", "transient", false)]
    [InlineData("portal_page", SendOutcome.Unknown, "FE_NO_REPLY", "transient", false)]
    [InlineData("truncated_response", SendOutcome.Unknown, "FE_NO_REPLY", "transient", false)]
    [InlineData("reset_after_accept", SendOutcome.Unknown, "FE_NO_REPLY", "transient", false)]
    [InlineData("token_expired", SendOutcome.Rejected, "190", "auth", false)]
    [InlineData("window_closed", SendOutcome.Rejected, "131047", "window_closed", false)]
    [InlineData("throughput_burst", SendOutcome.Rejected, "130429", "rate_limit", true)]
    [InlineData("pair_burst", SendOutcome.Rejected, "131056", "rate_limit", true)]
    [InlineData("number_banned", SendOutcome.Rejected, "131031", "policy_account", false)]
    public async Task A_misfortune_is_told_as_what_it_is(string fault, SendOutcome outcome, string code, string category, bool retries)
    {
        stage.Sim.Faults.Add(NamedFaults.All[fault]);

        var result = await Send(MessageContent.OfText("hola"));

        result.Outcome.Should().Be(outcome);
        result.Error.Should().Match<SendError>(error => error.Code == code && error.Category == category);
        (result.RetryAfter is not null).Should().Be(retries);
    }

    [Fact]
    public async Task A_wait_that_a_proxy_asks_for_is_kept()
    {
        stage.Sim.Faults.Add(NamedFaults.All["throughput_burst_429"]);

        (await Send(MessageContent.OfText("hola"))).RetryAfter.Should().Be(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("lost_response", 1)]
    [InlineData("lost_request", 0)]
    public async Task After_thirty_silent_seconds_nobody_knows_whether_it_arrived(string fault, int arrived)
    {
        stage.Sim.Faults.Add(NamedFaults.All[fault]);

        var sending = Send(MessageContent.OfText("hola"));
        await Until(() => stage.Sim.Faults.Struck == 1);
        clock.Advance(TimeSpan.FromSeconds(31));

        var result = await sending;
        result.Outcome.Should().Be(SendOutcome.Unknown);
        result.Error!.Code.Should().Be("FE_NO_REPLY");
        OnThePhone().Should().HaveCount(arrived);
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_was_sent_and_it_may_be_repeated()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        connection = connection with { GraphBaseUrl = $"http://127.0.0.1:{port}" };

        var result = await Send(MessageContent.OfText("hola"), attempt: 2);

        result.Outcome.Should().Be(SendOutcome.Rejected);
        result.Error!.Code.Should().Be("FE_CONNECT");
        result.RetryAfter.Should().Be(TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task Past_its_deadline_a_message_does_not_leave()
    {
        var result = await Send(MessageContent.OfText("hola"), deadline: clock.GetUtcNow());

        result.Outcome.Should().Be(SendOutcome.Rejected);
        result.Error!.Code.Should().Be("FE_LATE");
        result.RetryAfter.Should().Be(TimeSpan.Zero);
        OnThePhone().Should().BeEmpty();
        (await Send(MessageContent.OfText("hola"), deadline: clock.GetUtcNow().AddSeconds(1))).Outcome.Should().Be(SendOutcome.Accepted);
    }

    [Fact]
    public async Task A_wrong_token_pauses_the_connection_until_it_is_replaced()
    {
        stage.Sim.Token = "another";
        var refused = await Send(MessageContent.OfText("hola"));
        refused.Error!.Category.Should().Be("auth");
        refused.PausesConnection.Should().BeTrue();

        connection = connection with { AccessToken = "another" };
        (await Send(MessageContent.OfText("hola"))).Outcome.Should().Be(SendOutcome.Accepted);
    }

    [Fact]
    public async Task What_breaks_a_limit_or_has_nobody_to_go_to_is_refused_without_a_call()
    {
        stage.Sim.Faults.Add(new Fault(FaultStage.BeforeAuth, FaultKind.Html, Times: 0));

        (await Send(MessageContent.OfText(""))).Error!.Code.Should().Be("100");
        (await Send(MessageContent.OfText("hola"), to: Marta with { WaId = null })).Error!.Code.Should().Be("131008");
        connection = connection with { AccessToken = null };
        (await Send(MessageContent.OfText("hola"))).Should().Match<SendResult>(result => result.Error!.Category == "auth" && result.PausesConnection);
    }

    [Fact]
    public async Task Each_attempt_of_the_same_message_has_the_same_tracking_id()
    {
        await Send(MessageContent.OfText("hola"));
        await Send(MessageContent.OfText("hola"), attempt: 2);

        stage.Sim.World.Duplicates().Should().Equal(new Dictionary<string, int> { [$"fe:{Id}"] = 2 });
    }

    [Fact]
    public async Task Closing_down_before_anything_left_is_a_cancellation()
    {
        using var closing = new CancellationTokenSource();
        await closing.CancelAsync();

        var sending = () => channel.Send(connection, Marta, MessageOf(MessageContent.OfText("hola"), 1, null), closing.Token).AsTask();

        await sending.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_file_of_ours_is_uploaded_once_and_sent_by_its_id()
    {
        var picture = await Kept("image/png", "plano.png");

        var first = await Send(picture.Say("El plano"));
        var second = await Send(picture.Say(null));

        (first.Outcome, second.Outcome).Should().Be((SendOutcome.Accepted, SendOutcome.Accepted));
        stage.Sim.Media.All.Should().ContainSingle().Which.Should().BeEquivalentTo(new { MimeType = "image/png", Sha256 = picture.Sha256, From = (string?)null });
        OnThePhone().Select(b => b.Text).First().Should().Be("El plano");
    }

    [Fact]
    public async Task An_upload_that_is_refused_says_why_and_nothing_reaches_the_lead()
    {
        stage.Sim.Faults.Add(NamedFaults.All["media_upload_refused"]);

        var result = await Send((await Kept("image/png", null)).Say(null));

        result.Should().BeEquivalentTo(new { Outcome = SendOutcome.Rejected, Error = new { Code = "131053" } });
        OnThePhone().Should().BeEmpty();
        (await Send((await Kept("image/png", null)).Say(null), attempt: 2)).Outcome.Should().Be(SendOutcome.Accepted, "a refused upload is not remembered");
    }

    [Fact]
    public async Task An_upload_without_an_answer_is_no_unknown_send_since_nothing_was_sent_and_its_deadline_is_the_message_s()
    {
        stage.Sim.Faults.Add(NamedFaults.All["media_upload_lost"]);
        var sending = Send((await Kept("video/mp4", null)).Say(null), deadline: clock.GetUtcNow().AddSeconds(20));
        await Until(() => stage.Sim.Media.All.Count == 1);
        clock.Advance(TimeSpan.FromSeconds(21));

        (await sending).Should().BeEquivalentTo(new { Outcome = SendOutcome.Rejected, Error = new { Code = "FE_LATE" } });
        clock.Advance(TimeSpan.FromMinutes(5));
        for (var attempt = 2; OnThePhone().Count == 0 && attempt < 1000; attempt++)
        {
            // The first upload ends by its time on a thread of its own; what comes before that shares its end.
            await Send((await Kept("video/mp4", null)).Say(null), attempt, clock.GetUtcNow().AddSeconds(20));
        }

        OnThePhone().Should().ContainSingle();
    }

    [Fact]
    public async Task A_file_that_is_not_here_is_not_sent()
    {
        var result = await Send(new MessageContent { Kind = "image", Media = new MediaRef(null, "image/png", null, Convert.ToBase64String(new byte[32])) });

        result.Outcome.Should().Be(SendOutcome.Rejected);
        OnThePhone().Should().BeEmpty();
    }

    /// <summary>Bytes that begin as files of their type do.</summary>
    private async Task<KeptFile> Kept(string type, string? name) => (await new KeepFile(files, new MediaOptions()).Keep(
        new MemoryStream(Encoding.Latin1.GetBytes(type == "image/png" ? "\u0089PNG\r\n\u001a\nrest" : "\0\0\0\u0018ftypisomrest")), type, name, default))!;

    private Task<SendResult> Send(MessageContent content, int attempt = 1, DateTimeOffset? deadline = null, Contact? to = null) =>
        channel.Send(connection, to ?? Marta, MessageOf(content, attempt, deadline), CancellationToken.None).AsTask();

    private List<Bubble> OnThePhone() => [.. stage.Sim.World.Messages(SimStage.Marta).Where(bubble => !bubble.Mine)];

    private static Message MessageOf(MessageContent content, int attempt, DateTimeOffset? deadline) => new()
    {
        Id = Id,
        ConversationId = Guid.Empty,
        Content = content,
        Direction = MessageDirection.Out,
        Attempt = attempt,
        Deadline = deadline,
    };

    /// <summary>Real I/O has no clock of ours: looked at until it is so, with a bound.</summary>
    private static async Task Until(Func<bool> condition)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!condition())
        {
            bound.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
