using System.Text.Json.Nodes;
using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.WaSim.Callbacks;

namespace FlowEngine.Tests.WaSim;

public sealed class CallbackTests
{
    private static readonly TimeSpan Whole = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task What_a_person_writes_arrives_signed_as_the_provider_sends_it()
    {
        await using var stage = await SimStage.Set();

        await stage.MartaWrites("¿hola? 👋 a/b");

        var found = stage.Receiver.Events.Single();
        found.Event.Should().BeOfType<LeadMessage>().Which.Content.Text.Should().Be("¿hola? 👋 a/b");
        found.Address!.Aliases.Should().Contain(new ContactAlias("waId", SimStage.Marta));
        found.Address.Name.Should().Be("Marta");
        stage.Sim.World.Messages().Single().Status.Should().Be("delivered");
    }

    [Fact]
    public async Task A_person_without_a_phone_writes_and_is_answered_by_user_id()
    {
        await using var stage = await SimStage.Set();
        stage.Sim.JoinByUserId("Sin número", "ES.777");
        stage.Sim.Write("ES.777", "hola");
        await stage.Settle();

        stage.Receiver.Events.Single().Address!.Aliases.Should().Equal(new ContactAlias("userId", "ES.777"));
        var (status, _) = await stage.Host.Post("""{"messaging_product":"whatsapp","recipient":"ES.777","type":"text","text":{"body":"hola"}}""");
        status.Should().Be(200);
        stage.Sim.World.Messages("ES.777").Should().HaveCount(2);
    }

    [Fact]
    public async Task A_send_is_reported_as_sent_delivered_and_read_with_our_data()
    {
        await using var stage = await SimStage.Set();
        await stage.MartaWrites();
        await stage.Host.Post(GraphClient.Fixture("text.json").Replace("fe:0192f0aa-7001", "fe:0192f0aa-0000-7000-8000-000000007001", StringComparison.Ordinal));

        await stage.Pass(Whole);

        stage.Receiver.Statuses.Select(update => update.Status).Should().BeEquivalentTo("sent", "delivered", "read");
        stage.Receiver.Statuses.Should().OnlyContain(update => update.TrackingId == Guid.Parse("0192f0aa-0000-7000-8000-000000007001"));
        stage.Sim.World.Messages()[^1].Status.Should().Be("read");
    }

    [Fact]
    public async Task Free_text_reaches_nobody_once_the_window_is_closed_and_a_template_does()
    {
        await using var stage = await SimStage.Set();
        await stage.MartaWrites();
        await stage.Pass(TimeSpan.FromHours(24));

        (await stage.Host.Post(GraphClient.Fixture("text.json"))).Status.Should().Be(200, "it is refused later, by a status");
        await stage.Pass(Whole);
        stage.Receiver.Statuses.Single().Error.Should().Match<SendError>(error => error.Code == "131047" && error.Category == "window_closed");

        (await stage.Host.Post(await stage.Host.WithUpload(GraphClient.Fixture("template.json")))).Status.Should().Be(200);
        stage.Sim.World.Messages().Count(bubble => !bubble.Mine).Should().Be(1);
        stage.Sim.Write(SimStage.Marta, "sigo aquí");
        (await stage.Host.Post(GraphClient.Fixture("text.json"))).Status.Should().Be(200);
        stage.Sim.World.Messages().Count(bubble => !bubble.Mine).Should().Be(2);
    }

    [Fact]
    public async Task The_closed_window_may_also_be_refused_in_the_answer()
    {
        await using var stage = await SimStage.Set(SimStage.Options with { RefuseClosedWindowAtOnce = true });

        var (status, json) = await stage.Host.Post(GraphClient.Fixture("text.json"));

        status.Should().Be(400);
        json.Code().Should().Be(131047);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Who_blocked_us_or_has_no_whatsapp_cannot_be_reached(bool blocked, bool missing)
    {
        await using var stage = await SimStage.Set();
        await stage.MartaWrites();
        stage.Sim.World.Put(stage.Sim.World.Find(SimStage.Marta)! with { Blocked = blocked, Exists = !missing });

        await stage.Host.Post(GraphClient.Fixture("text.json"));
        await stage.Pass(Whole);

        stage.Receiver.Statuses.Single().Error!.Code.Should().Be("131026");
    }

    [Fact]
    public async Task The_same_body_twice_is_two_messages_and_is_counted()
    {
        await using var stage = await SimStage.Set();
        await stage.MartaWrites();

        await stage.Host.Post(GraphClient.Fixture("text.json"));
        await stage.Host.Post(GraphClient.Fixture("text.json"));

        stage.Sim.World.Duplicates().Should().Equal(new Dictionary<string, int> { ["fe:0192f0aa-7001"] = 2 });
    }

    [Fact]
    public async Task A_webhook_that_does_not_answer_200_is_called_again_with_growing_waits()
    {
        await using var stage = await SimStage.Set();
        foreach (var answer in (int[])[503, 500, 204])
            stage.Receiver.Answers.Enqueue(answer);

        await stage.MartaWrites();
        stage.Receiver.Count.Should().Be(2, "the first repeat comes at once");
        await stage.Pass(TimeSpan.FromSeconds(5));
        stage.Receiver.Count.Should().Be(3, "204 is no 200");
        await stage.Pass(TimeSpan.FromSeconds(29));
        stage.Receiver.Count.Should().Be(3);
        await stage.Pass(TimeSpan.FromSeconds(1));

        stage.Sim.Callbacks.All.Single().Should().Match<Callback>(callback => callback.State == CallbackState.Delivered);
        stage.Sim.Callbacks.All.Single().Answers.Should().Equal(503, 500, 204, 200);
        stage.Receiver.Events.Select(found => found.DedupeKey).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task After_seven_days_without_a_200_it_is_given_up()
    {
        await using var stage = await SimStage.Set();
        stage.Receiver.Otherwise = 503;
        await stage.MartaWrites();

        for (var passed = 0; passed < 8 * 4 + 6; passed++)
            await stage.Pass(TimeSpan.FromHours(6));

        stage.Sim.Callbacks.All.Single().State.Should().Be(CallbackState.Dead);
        await stage.Sim.Callbacks.Drained().WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_storm_of_duplicates_delivers_each_webhook_many_times_at_once()
    {
        await using var stage = await SimStage.Set();
        stage.Sim.Callbacks.Copies = 5;

        await stage.MartaWrites();

        stage.Receiver.Count.Should().Be(5);
        stage.Receiver.Events.Select(found => found.DedupeKey).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task A_tap_answers_by_the_id_of_the_choice()
    {
        await using var stage = await SimStage.Set();
        await stage.MartaWrites();
        await stage.Host.Post(GraphClient.Fixture("buttons.json"));
        await stage.Host.Post(GraphClient.Fixture("list.json"));
        var shown = stage.Sim.World.Messages().Where(bubble => !bubble.Mine).Select(bubble => bubble.Id).ToList();

        stage.Sim.Tap(SimStage.Marta, shown[0], "opt:mesa");
        stage.Sim.Tap(SimStage.Marta, shown[1], "city:mad");
        await stage.Settle();

        var replies = stage.Receiver.Events.Select(found => found.Event).OfType<LeadMessage>().Where(said => said.Content.Kind == "reply").ToList();
        replies.Select(said => said.Content.ChoiceId).Should().BeEquivalentTo("opt:mesa", "city:mad");
        replies.Select(said => said.Content.ReplyTo).Should().BeEquivalentTo(shown);
        var unknown = () => stage.Sim.Tap(SimStage.Marta, shown[0], "no such choice");
        unknown.Should().Throw<ArgumentException>();
    }

    [Fact]
    public async Task The_owner_s_own_phone_answers_as_an_echo()
    {
        await using var stage = await SimStage.Set();
        await stage.MartaWrites();

        stage.Sim.Echo(SimStage.Marta, "Le atiendo yo");
        await stage.Settle();

        stage.Receiver.Events.Should().Contain(found => found.Event is PhoneEcho && ((PhoneEcho)found.Event).Content.Text == "Le atiendo yo");
    }

    [Fact]
    public async Task Other_kinds_of_message_arrive_as_such()
    {
        await using var stage = await SimStage.Set();
        stage.Sim.Join("Marta", SimStage.Marta);
        stage.Sim.Write(SimStage.Marta, "location", new JsonObject { ["latitude"] = 1.5, ["longitude"] = 2 });
        stage.Sim.Write(SimStage.Marta, "image", new JsonObject { ["id"] = "77", ["mime_type"] = "image/jpeg", ["caption"] = "foto" });
        await stage.Settle();

        stage.Receiver.Events.Select(found => ((LeadMessage)found.Event).Content.Kind).Should().BeEquivalentTo("location", "image");
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_ids()
    {
        await using var one = await SimStage.Set();
        await using var two = await SimStage.Set();
        await using var other = await SimStage.Set(SimStage.Options with { Seed = 8 });
        string First(SimStage stage)
        {
            stage.Sim.Join("Marta", SimStage.Marta);
            return stage.Sim.Write(SimStage.Marta, "x");
        }

        var id = First(one);
        First(two).Should().Be(id);
        First(other).Should().NotBe(id);
    }
}
