using System.Security.Cryptography;
using FlowEngine.WaSim;
using FlowEngine.WaSim.Faults;

namespace FlowEngine.Tests.WaSim;

/// <summary>Upload, address, download and removal of media, as the Graph surface has them.</summary>
public sealed class MediaGraphTests
{
    [Fact]
    public async Task What_was_uploaded_is_found_by_its_id_and_downloaded_as_it_was()
    {
        await using var stage = await SimStage.Set();

        var (status, uploaded) = await stage.Host.Upload(MediaClient.Jpeg);
        status.Should().Be(200);
        var id = (string)uploaded!["id"]!;
        var (_, found) = await stage.Host.Media(id);

        found!["messaging_product"]!.GetValue<string>().Should().Be("whatsapp");
        found["id"]!.GetValue<string>().Should().Be(id);
        found["mime_type"]!.GetValue<string>().Should().Be("image/jpeg");
        found["file_size"]!.GetValue<long>().Should().Be(MediaClient.Jpeg.Length);
        found["sha256"]!.GetValue<string>().Should().Be(Convert.ToBase64String(SHA256.HashData(MediaClient.Jpeg)));
        found["url"]!.GetValue<string>().Should().StartWith($"{stage.Host.Url}/wasim/", "it is absolute, at the host that was asked");
        var file = await MediaClient.Download((string)found["url"]!);
        file.Status.Should().Be(200);
        file.Type.Should().Be("image/jpeg");
        file.Bytes.Should().Equal(MediaClient.Jpeg);
    }

    [Fact]
    public async Task The_address_wants_the_token_and_lives_three_hundred_seconds()
    {
        await using var stage = await SimStage.Set();
        var id = stage.Sim.Media.Add(MediaClient.Jpeg, "image/jpeg", from: SimStage.Marta).Id;
        var url = (string)(await stage.Host.Media(id)).Json!["url"]!;

        (await MediaClient.Download(url, token: "")).Status.Should().Be(401);
        (await MediaClient.Download(url, token: "wrong")).Status.Should().Be(401);
        stage.Clock.Advance(TimeSpan.FromSeconds(299));
        (await MediaClient.Download(url)).Status.Should().Be(200);
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        (await MediaClient.Download(url)).Status.Should().Be(404);
        (await MediaClient.Download((string)(await stage.Host.Media(id)).Json!["url"]!)).Status.Should().Be(200, "a new address is given");
    }

    [Fact]
    public async Task An_address_cannot_be_made_up_or_prolonged()
    {
        await using var stage = await SimStage.Set();
        var one = stage.Sim.Media.Add(MediaClient.Jpeg, "image/jpeg").Id;
        var other = stage.Sim.Media.Add(MediaClient.Pdf, "application/pdf").Id;
        var url = (string)(await stage.Host.Media(one)).Json!["url"]!;

        (await MediaClient.Download(url.Replace(one, other, StringComparison.Ordinal))).Status.Should().Be(404);
        (await MediaClient.Download(url.Replace("ext=1", "ext=2", StringComparison.Ordinal))).Status.Should().Be(404);
        (await MediaClient.Download(url[..url.IndexOf('?', StringComparison.Ordinal)])).Status.Should().Be(404);
    }

    [Theory]
    [InlineData(SimStage.Marta, 7)]
    [InlineData(null, 30)]
    public async Task An_id_is_unknown_after_seven_days_when_a_person_sent_it_and_after_thirty_when_it_was_uploaded(string? from, int days)
    {
        await using var stage = await SimStage.Set();
        var id = stage.Sim.Media.Add(MediaClient.Jpeg, "image/jpeg", from: from).Id;

        stage.Clock.Advance(TimeSpan.FromDays(days) - TimeSpan.FromSeconds(1));
        var (status, found) = await stage.Host.Media(id);
        status.Should().Be(200);
        stage.Clock.Advance(TimeSpan.FromSeconds(1));

        await IsUnknown(stage.Host, id);
        (await MediaClient.Download((string)found!["url"]!)).Status.Should().Be(404);
    }

    [Fact]
    public async Task An_id_is_unknown_when_it_never_was_or_is_asked_for_by_another_number()
    {
        await using var stage = await SimStage.Set();
        var id = stage.Sim.Media.Add(MediaClient.Jpeg, "image/jpeg").Id;

        await IsUnknown(stage.Host, "1037");
        var (status, json) = await stage.Host.Media(id, number: "999");
        (status, json.Code(), (int?)json!["error"]!["error_subcode"]).Should().Be((400, 100, 33));
        (await stage.Host.Media(id, token: "wrong")).Json.Code().Should().Be(190);
    }

    [Fact]
    public async Task What_is_removed_is_gone_with_its_address()
    {
        await using var stage = await SimStage.Set();
        var id = stage.Sim.Media.Add(MediaClient.Jpeg, "image/jpeg").Id;
        var url = (string)(await stage.Host.Media(id)).Json!["url"]!;

        var (status, json) = await stage.Host.Delete(id);

        status.Should().Be(200);
        json!["success"]!.GetValue<bool>().Should().BeTrue();
        await IsUnknown(stage.Host, id);
        (await MediaClient.Download(url)).Status.Should().Be(404);
        (await stage.Host.Delete(id)).Json.Code().Should().Be(100);
    }

    [Theory]
    [InlineData("media_unknown", true, 400)]
    [InlineData("media_url_expired", false, 404)]
    [InlineData("media_download_refused", false, 400)]
    public async Task A_fault_refuses_the_address_or_the_download(string fault, bool address, int status)
    {
        await using var stage = await SimStage.Set();
        var id = stage.Sim.Media.Add(MediaClient.Jpeg, "image/jpeg", from: SimStage.Marta).Id;
        stage.Sim.Faults.Add(NamedFaults.All[fault]);

        var asked = await stage.Host.Media(id);
        if (address)
        {
            asked.Status.Should().Be(status);
            (await stage.Host.Media(id)).Status.Should().Be(200, "it strikes once");
            return;
        }

        (await MediaClient.Download((string)asked.Json!["url"]!)).Status.Should().Be(status);
    }

    [Fact]
    public async Task A_fault_damages_the_bytes_or_cuts_them_off()
    {
        await using var stage = await SimStage.Set();
        var id = stage.Sim.Media.Add(MediaClient.Jpeg, "image/jpeg").Id;
        var url = (string)(await stage.Host.Media(id)).Json!["url"]!;

        stage.Sim.Faults.Add(NamedFaults.All["media_damaged"]);
        var damaged = await MediaClient.Download(url);
        damaged.Bytes.Should().HaveCount(MediaClient.Jpeg.Length).And.NotEqual(MediaClient.Jpeg);
        stage.Sim.Faults.Add(NamedFaults.All["media_truncated"]);
        var cut = () => MediaClient.Download(url);
        await cut.Should().ThrowAsync<HttpRequestException>();
        (await MediaClient.Download(url)).Bytes.Should().Equal(MediaClient.Jpeg);
    }

    [Fact]
    public async Task A_slow_download_waits_on_the_stand_in_s_clock()
    {
        await using var stage = await SimStage.Set();
        var id = stage.Sim.Media.Add(MediaClient.Jpeg, "image/jpeg").Id;
        var url = (string)(await stage.Host.Media(id)).Json!["url"]!;
        stage.Sim.Faults.Add(NamedFaults.All["media_slow"]);

        var download = MediaClient.Download(url);
        while (stage.Sim.Faults.Struck == 0 && !download.IsCompleted)
            await Task.Yield();
        while (!download.IsCompleted)
        {
            stage.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await download).Bytes.Should().Equal(MediaClient.Jpeg);
        stage.Clock.GetUtcNow().Should().BeOnOrAfter(Channels.Fixtures.Clock.AddSeconds(20));
    }

    [Fact]
    public async Task A_fault_of_sends_leaves_media_alone_and_an_outage_takes_all()
    {
        await using var stage = await SimStage.Set();
        stage.Sim.Faults.Add(NamedFaults.All["server_error"]);
        var (_, uploaded) = await stage.Host.Upload(MediaClient.Jpeg);
        (await stage.Host.Media((string)uploaded!["id"]!)).Status.Should().Be(200);

        stage.Sim.Faults.Add(NamedFaults.All["provider_outage"]);
        (await stage.Host.Media((string)uploaded["id"]!)).Status.Should().Be(503);
        (await stage.Host.Upload(MediaClient.Jpeg)).Status.Should().Be(503);
        (await stage.Host.Post(GraphClient.Fixture("text.json"))).Status.Should().Be(503);
    }

    private static async Task IsUnknown(WaSimHost host, string id)
    {
        var (status, json) = await host.Media(id);
        (status, json.Code(), (int?)json!["error"]!["error_subcode"]).Should().Be((400, 100, 33));
    }
}
