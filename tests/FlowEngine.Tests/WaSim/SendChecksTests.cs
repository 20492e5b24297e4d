using FlowEngine.Tests.Channels;
using FlowEngine.WaSim;

namespace FlowEngine.Tests.WaSim;

public sealed class SendChecksTests
{
    public static TheoryData<string, int> Bad() => new()
    {
        { "bad-text-4097.json", 100 },
        { "bad-empty-text.json", 100 },
        { "bad-opaque-513.json", 100 },
        { "bad-no-recipient.json", 131008 },
        { "bad-buttons-four.json", 131009 },
        { "bad-button-title-21.json", 131009 },
        { "bad-button-duplicate-title.json", 131009 },
        { "bad-list-eleven-rows.json", 131009 },
        { "bad-list-row-title-25.json", 131009 },
        { "bad-caption-1025.json", 131009 },
    };

    [Fact]
    public async Task Every_valid_request_of_the_collection_is_taken()
    {
        await using var stage = await SimStage.Set();
        await stage.MartaWrites();
        stage.Sim.World.Put(new FlowEngine.WaSim.People.Person { Id = "US.13491208655302741918", UserId = "US.13491208655302741918", Name = "M" });
        var said = stage.Sim.World.Messages().Single().Id;

        foreach (var item in Fixtures.Listed("requests").Where(item => item.GetProperty("valid").GetBoolean()))
        {
            var body = File.ReadAllText(Path.Combine(Fixtures.Folder, Fixtures.FileOf(item))).Replace("wamid.HRgLaW4wMDGUtVamsM+UsMg=", said, StringComparison.Ordinal);
            var (status, json) = await stage.Host.Post(await stage.Host.WithUpload(body));
            status.Should().Be(200, $"{Fixtures.FileOf(item)}: {json}");
        }
    }

    [Fact]
    public void Every_bad_request_of_the_collection_has_its_code_here() =>
        Bad().Select(row => $"requests/{row[0]}").Should().BeEquivalentTo(
            Fixtures.Listed("requests").Where(item => !item.GetProperty("valid").GetBoolean()).Select(Fixtures.FileOf));

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_bad_request_is_refused_with_the_provider_s_code_and_reaches_nobody(string file, int code)
    {
        await using var stage = await SimStage.Set();

        var (status, json) = await stage.Host.Post(GraphClient.Fixture(file));

        status.Should().Be(400);
        json.Code().Should().Be(code);
        stage.Sim.World.Messages().Should().BeEmpty();
    }

    [Theory]
    [InlineData("wrong", "v24.0", null, 401, 190)]
    [InlineData("EAAwhatever", "v24.0", null, 401, 190)]
    [InlineData(null, "v20.0", null, 400, 2635)]
    [InlineData(null, "v24.0", "999", 400, 100)]
    public async Task The_entrance_asks_for_token_version_and_number(string? token, string version, string? number, int status, int code)
    {
        await using var stage = await SimStage.Set();

        var (answered, json) = await stage.Host.Post(GraphClient.Fixture("text.json"), token, version, number);

        answered.Should().Be(status);
        json.Code().Should().Be(code);
    }

    [Theory]
    [InlineData("""{"messaging_product":"whatsapp","to":"+1202","type":"text","text":{"body":"x"},"idempotency_key":"1"}""", 100)]
    [InlineData("""{"to":"+1202","type":"text","text":{"body":"x"}}""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","to":"+1202","type":"text"}""", 131008)]
    [InlineData("""{"messaging_product":"whatsapp","to":"+1202","type":"poll","poll":{}}""", 131051)]
    [InlineData("""{"messaging_product":"whatsapp","to":"+12025550100","type":"text","text":{"body":"x"}}""", 131021)]
    [InlineData("""{"messaging_product":"whatsapp","recipient":"US.nobody","type":"text","text":{"body":"x"}}""", 131026)]
    [InlineData("""{"messaging_product":"whatsapp","status":"read","message_id":"wamid.none"}""", 100)]
    [InlineData("[]", 100)]
    [InlineData("not json", 100)]
    public async Task What_the_provider_would_not_understand_is_refused(string body, int code)
    {
        await using var stage = await SimStage.Set();

        (await stage.Host.Post(body)).Json.Code().Should().Be(code);
    }

    [Fact]
    public async Task A_number_without_plus_sign_gets_the_business_s_country_in_front()
    {
        await using var stage = await SimStage.Set();
        await stage.MartaWrites();

        await stage.Host.Post("""{"messaging_product":"whatsapp","to":"12025550177","type":"text","text":{"body":"x"}}""");

        stage.Sim.World.Find("12025550177").Should().BeNull();
        stage.Sim.World.Find("112025550177").Should().NotBeNull();
    }

    [Fact]
    public async Task An_id_that_the_stand_in_gave_out_is_taken_as_it_is()
    {
        await using var stage = await SimStage.Set();
        await stage.MartaWrites();

        await stage.Host.Post("""{"messaging_product":"whatsapp","to":"12025550143","type":"text","text":{"body":"x"}}""");

        stage.Sim.World.Messages().Where(bubble => !bubble.Mine).Should().ContainSingle().Which.Person.Should().Be("12025550143");
    }

    [Fact]
    public async Task The_number_takes_so_many_messages_a_second_and_a_person_so_many_in_a_row()
    {
        await using var fast = await SimStage.Set(SimStage.Options with { MessagesPerSecond = 2 });
        var codes = await Codes(fast, 3);
        codes.Should().Equal(null, null, 130429);
        fast.Clock.Advance(TimeSpan.FromSeconds(1));
        (await Codes(fast, 1)).Should().Equal((int?)null);

        await using var pair = await SimStage.Set();
        (await Codes(pair, 46)).Should().HaveCount(46).And.EndWith(131056);
    }

    [Fact]
    public async Task Registered_templates_are_held_to_their_variables_and_others_are_unknown()
    {
        await using var stage = await SimStage.Set();
        stage.Sim.Templates.Put("bienvenida", "es", "Hola {{first_name}}, soy Ana");

        (await stage.Host.Post(GraphClient.Fixture("template-named.json"))).Status.Should().Be(200);
        stage.Sim.World.Messages().Single().Text.Should().Be("Hola Marta, soy Ana");
        var other = await stage.Host.WithUpload(GraphClient.Fixture("template.json"));
        (await stage.Host.Post(other)).Json.Code().Should().Be(132001);
        stage.Sim.Templates.Put("confirmar_visita", "es", "Hola {{1}}");
        (await stage.Host.Post(other)).Json.Code().Should().Be(132000);
    }

    [Fact]
    public void It_does_not_start_with_a_token_that_looks_real()
    {
        var start = () => new StandIn(SimStage.Options with { AccessToken = "EAAG1234" }, TimeProvider.System);

        start.Should().Throw<ArgumentException>();
    }

    private static async Task<List<int?>> Codes(SimStage stage, int sends)
    {
        var codes = new List<int?>();
        for (var n = 0; n < sends; n++)
            codes.Add((await stage.Host.Post(GraphClient.Fixture("text.json"))).Json.Code());
        return codes;
    }
}
