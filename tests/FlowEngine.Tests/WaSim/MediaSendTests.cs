using System.Text.Json.Nodes;
using FlowEngine.Conversations;

namespace FlowEngine.Tests.WaSim;

/// <summary>What the business sends with a file, by the id of an upload or by an address.</summary>
public sealed class MediaSendTests
{
    [Fact]
    public async Task An_upload_is_sent_by_its_id_and_the_phone_can_show_it()
    {
        await using var stage = await SimStage.Set();
        await stage.MartaWrites();
        var id = (string)(await stage.Host.Upload(MediaClient.Jpeg)).Json!["id"]!;

        (await stage.Host.Post(Body("image", new JsonObject { ["id"] = id, ["caption"] = "Mesa" }))).Status.Should().Be(200);

        var shown = stage.Sim.World.Messages()[^1];
        shown.Text.Should().Be("Mesa");
        var file = await MediaClient.Download($"{stage.Host.Url}/wasim/api/media/{shown.Body!.Value.GetProperty("id").GetString()}", token: "");
        (file.Status, file.Type).Should().Be((200, "image/jpeg"));
        file.Bytes.Should().Equal(MediaClient.Jpeg);
    }

    [Theory]
    [InlineData("""{"type":"image","image":{"id":"ID"}}""")]
    [InlineData("""{"type":"interactive","interactive":{"type":"button","header":{"type":"image","image":{"id":"ID"}},"body":{"text":"x"},"action":{"buttons":[{"type":"reply","reply":{"id":"a","title":"A"}}]}}}""")]
    [InlineData("""{"type":"template","template":{"name":"x","language":{"code":"es"},"components":[{"type":"header","parameters":[{"type":"image","image":{"id":"ID"}}]}]}}""")]
    public async Task An_id_must_be_that_of_an_upload_wherever_it_stands(string message)
    {
        await using var stage = await SimStage.Set();
        await stage.MartaWrites();
        var upload = (string)(await stage.Host.Upload(MediaClient.Jpeg)).Json!["id"]!;
        var received = stage.Sim.Media.Add(MediaClient.Jpeg, "image/jpeg", from: SimStage.Marta).Id;
        string With(string id) => Addressed((JsonObject)JsonNode.Parse(message.Replace("ID", id, StringComparison.Ordinal))!);

        (await stage.Host.Post(With("1037"))).Json.Code().Should().Be(131009);
        (await stage.Host.Post(With(received))).Json.Code().Should().Be(131009);
        (await stage.Host.Post(With(upload))).Status.Should().Be(200);
        await stage.Pass(TimeSpan.FromDays(30));
        (await stage.Host.Post(With(upload))).Json.Code().Should().Be(131009, "an upload lives thirty days");
        stage.Sim.World.Messages().Count(bubble => !bubble.Mine).Should().Be(1);
    }

    [Fact]
    public async Task A_file_of_another_kind_fails_by_a_status()
    {
        await using var stage = await SimStage.Set();
        await stage.MartaWrites();
        var pdf = (string)(await stage.Host.Upload(MediaClient.Pdf, "application/pdf", "oferta.pdf")).Json!["id"]!;

        (await stage.Host.Post(Body("image", new JsonObject { ["id"] = pdf }))).Status.Should().Be(200);
        await stage.Pass(TimeSpan.FromSeconds(10));

        stage.Receiver.Statuses.Single().Error.Should().Match<SendError>(error => error.Code == "131053");
        (await stage.Host.Post(Body("document", new JsonObject { ["id"] = pdf, ["filename"] = "oferta.pdf" }))).Status.Should().Be(200);
        stage.Sim.World.Messages().Count(bubble => !bubble.Mine).Should().Be(1, "the picture reached nobody");
    }

    [Fact]
    public async Task A_file_by_its_address_needs_no_upload()
    {
        await using var stage = await SimStage.Set();
        await stage.MartaWrites();

        (await stage.Host.Post(Body("image", new JsonObject { ["link"] = "https://cdn.example/a.jpg" }))).Status.Should().Be(200);

        stage.Sim.World.Messages()[^1].Body!.Value.GetProperty("link").GetString().Should().Be("https://cdn.example/a.jpg");
    }

    private static string Body(string type, JsonObject file) => Addressed(new JsonObject { ["type"] = type, [type] = file });

    private static string Addressed(JsonObject message)
    {
        message["messaging_product"] = "whatsapp";
        message["to"] = "+" + SimStage.Marta;
        return message.ToJsonString();
    }
}
