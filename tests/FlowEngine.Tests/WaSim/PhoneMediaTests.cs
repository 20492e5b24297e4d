using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.WaSim.Media;

namespace FlowEngine.Tests.WaSim;

/// <summary>Files that people send, from the phone page, from tests and from other processes.</summary>
public sealed class PhoneMediaTests
{
    private static readonly HttpClient Http = new();

    [Theory]
    [InlineData("image/jpeg", "image", "image/jpeg")]
    [InlineData("image/jpg", "image", "image/jpeg")]
    [InlineData("image/webp", "sticker", "image/webp")]
    [InlineData("image/heic", "document", "image/heic")]
    [InlineData("audio/ogg", "audio", "audio/ogg; codecs=opus")]
    [InlineData("audio/x-m4a", "audio", "audio/mp4")]
    [InlineData("audio/wav", "document", "audio/wav")]
    [InlineData("video/mp4", "video", "video/mp4")]
    [InlineData("application/pdf", "document", "application/pdf")]
    [InlineData("", "document", "application/octet-stream")]
    public async Task A_file_arrives_as_its_kind_with_an_id_by_which_it_is_fetched(string type, string kind, string named)
    {
        await using var stage = await SimStage.Set();
        stage.Sim.Join("Marta", SimStage.Marta);
        byte[] bytes = [1, 2, 3, 4];

        (await Attach(stage, bytes, type, "algo nº 1.bin", "mira")).StatusCode.Should().Be(HttpStatusCode.OK);
        await stage.Settle();

        var content = ((LeadMessage)stage.Receiver.Events.Single().Event).Content;
        content.Kind.Should().Be(kind);
        content.Text.Should().Be(kind is "audio" or "sticker" ? null : "mira");
        content.Media.Should().Be(new MediaRef(
            stage.Sim.Media.All.Single().Id, named, kind == "document" ? "algo nº 1.bin" : null, Convert.ToBase64String(SHA256.HashData(bytes))));
        var url = (string)(await stage.Host.Media(content.Media!.ProviderId!)).Json!["url"]!;
        (await MediaClient.Download(url)).Bytes.Should().Equal(bytes);
    }

    [Theory]
    [InlineData("audio/ogg", true)]
    [InlineData("audio/mpeg", false)]
    public async Task A_sound_says_whether_it_is_a_voice_note(string type, bool voice)
    {
        await using var stage = await SimStage.Set();
        stage.Sim.Join("Marta", SimStage.Marta);

        stage.Sim.Write(SimStage.Marta, new Attachment([1], type));

        stage.Sim.World.Messages().Single().Body!.Value.GetProperty("voice").GetBoolean().Should().Be(voice);
    }

    [Fact]
    public async Task A_file_that_the_platform_would_not_carry_stays_on_the_phone()
    {
        await using var stage = await SimStage.Set();
        stage.Sim.Join("Marta", SimStage.Marta);

        (await Attach(stage, new byte[5 * 1024 * 1024 + 1], "image/png", "a.png")).StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await Attach(stage, [], "image/png", "a.png")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await Attach(stage, [1], "image/png", "a.png", new string('x', 1025))).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await Attach(stage, [1], "image/png", "a.png", sentAs: "text/plain")).StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
        (await Attach(stage, [1], "image/png", "a.png", person: "nobody")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        var write = () => stage.Sim.Write(SimStage.Marta, new Attachment([], "image/png"));
        write.Should().Throw<ArgumentException>();

        stage.Sim.Media.All.Should().BeEmpty();
        stage.Sim.World.Messages().Should().BeEmpty();
    }

    [Fact]
    public async Task The_page_shows_pictures_and_sounds_and_saves_everything_else()
    {
        await using var stage = await SimStage.Set();
        async Task<HttpResponseMessage> Show(string type, string name) =>
            await Http.GetAsync($"{stage.Host.Url}/wasim/api/media/{stage.Sim.Media.Add("<script>"u8.ToArray(), type, name, SimStage.Marta).Id}");

        var image = await Show("image/png", "a.png");
        image.Content.Headers.ContentDisposition.Should().BeNull();
        image.Content.Headers.ContentType!.MediaType.Should().Be("image/png");
        foreach (var type in (string[])["text/html", "image/svg+xml"])
        {
            var page = await Show(type, "nº 1.html");
            page.Content.Headers.ContentType!.MediaType.Should().Be("application/octet-stream");
            page.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
            page.Content.Headers.ContentDisposition.FileNameStar.Should().Be("nº 1.html");
            page.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
            page.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("sandbox");
        }

        (await Http.GetAsync($"{stage.Host.Url}/wasim/api/media/77")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_player_may_ask_for_a_part()
    {
        await using var stage = await SimStage.Set();
        var id = stage.Sim.Media.Add([1, 2, 3, 4], "video/mp4").Id;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{stage.Host.Url}/wasim/api/media/{id}") { Headers = { Range = new RangeHeaderValue(1, 2) } };

        using var part = await Http.SendAsync(request);

        part.StatusCode.Should().Be(HttpStatusCode.PartialContent);
        (await part.Content.ReadAsByteArrayAsync()).Should().Equal(2, 3);
    }

    [Fact]
    public async Task Another_process_makes_a_person_send_a_file()
    {
        await using var stage = await SimStage.Set();
        stage.Sim.Join("Marta", SimStage.Marta);

        var sent = await Control(stage, new { bytes = Convert.ToBase64String(MediaClient.Pdf), mimeType = "application/pdf", fileName = "oferta.pdf", caption = "aquí" });
        sent.StatusCode.Should().Be(HttpStatusCode.OK);
        (await Control(stage, new { bytes = "", mimeType = "application/pdf" })).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        await stage.Settle();

        var content = ((LeadMessage)stage.Receiver.Events.Single().Event).Content;
        (content.Kind, content.Text, content.Media!.FileName).Should().Be(("document", "aquí", "oferta.pdf"));
        stage.Sim.Media.Bytes(content.Media.ProviderId!).Should().Equal(MediaClient.Pdf);
    }

    private static async Task<HttpResponseMessage> Attach(
        SimStage stage, byte[] bytes, string type, string name, string caption = "", string sentAs = "application/octet-stream", string person = SimStage.Marta)
    {
        var query = $"type={Uri.EscapeDataString(type)}&name={Uri.EscapeDataString(name)}&caption={Uri.EscapeDataString(caption)}";
        var body = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(sentAs) } };
        return await Http.PostAsync($"{stage.Host.Url}/wasim/api/people/{person}/media?{query}", body);
    }

    private static async Task<HttpResponseMessage> Control(SimStage stage, object media)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{stage.Host.Url}/wasim/_sim/inbound");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "control");
        request.Content = JsonContent.Create(new { person = SimStage.Marta, media });
        return await Http.SendAsync(request);
    }
}
