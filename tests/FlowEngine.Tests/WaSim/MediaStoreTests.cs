using FlowEngine.Engine.Mailbox;
using FlowEngine.WaSim;
using FlowEngine.WaSim.Media;

namespace FlowEngine.Tests.WaSim;

/// <summary>Where the bytes of media are, and for how long.</summary>
public sealed class MediaStoreTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("wasim-").FullName;

    private WaSimOptions Options => SimStage.Options with { File = Path.Combine(folder, "phones.jsonl"), Seed = null };

    private string Beside => Path.Combine(folder, "phones.media");

    [Fact]
    public async Task Media_is_there_again_after_a_restart_in_a_folder_beside_the_phones()
    {
        string id;
        await using (var before = await SimStage.Set(Options))
        {
            id = before.Sim.Media.Add(MediaClient.Pdf, "application/pdf", "oferta.pdf", SimStage.Marta).Id;
        }

        await using var after = await SimStage.Set(Options);
        after.Sim.Media.Bytes(id).Should().Equal(MediaClient.Pdf);
        after.Sim.Media.Find(id).Should().Match<MediaItem>(item => item.FileName == "oferta.pdf" && item.From == SimStage.Marta && item.Size == MediaClient.Pdf.Length);
        Directory.EnumerateFiles(Beside).Should().HaveCount(2);
        (await File.ReadAllTextAsync(Options.File!)).Should().NotContain(id);
    }

    [Fact]
    public async Task A_file_that_no_webhook_took_is_delivered_after_a_restart_and_can_be_fetched()
    {
        await using (var before = await SimStage.Set(Options))
        {
            before.Receiver.Otherwise = 503;
            before.Sim.Join("Marta", SimStage.Marta);
            before.Sim.Write(SimStage.Marta, new Attachment(MediaClient.Pdf, "application/pdf", "oferta.pdf"));
            await before.Settle();
        }

        await using var after = await SimStage.Set(Options);
        after.Sim.Resume();
        await after.Settle();

        var file = ((LeadMessage)after.Receiver.Events.Single().Event).Content.Media!;
        var url = (string)(await after.Host.Media(file.ProviderId!)).Json!["url"]!;
        (await MediaClient.Download(url)).Bytes.Should().Equal(MediaClient.Pdf);
    }

    [Fact]
    public async Task What_a_kill_left_half_written_is_swept_away()
    {
        string whole, cut;
        await using (var before = await SimStage.Set(Options))
        {
            whole = before.Sim.Media.Add(MediaClient.Pdf, "application/pdf").Id;
            cut = before.Sim.Media.Add(MediaClient.Jpeg, "image/jpeg").Id;
        }

        await File.WriteAllBytesAsync(Path.Combine(Beside, cut + ".bin"), MediaClient.Jpeg[..3]);
        await File.WriteAllTextAsync(Path.Combine(Beside, "77.json"), "{\"id\":");
        await File.WriteAllBytesAsync(Path.Combine(Beside, "78.bin.part"), [1]);

        await using var after = await SimStage.Set(Options);
        after.Sim.Media.All.Select(item => item.Id).Should().Equal(whole);
        Directory.EnumerateFiles(Beside).Select(Path.GetFileName).Should().BeEquivalentTo($"{whole}.bin", $"{whole}.json");
    }

    [Fact]
    public async Task What_is_too_much_pushes_out_the_oldest_that_people_sent_and_then_the_oldest_upload()
    {
        await using var stage = await SimStage.Set(Options with { MediaBudget = 25 });
        string Add(string? from) => stage.Sim.Media.Add(new byte[10], "text/plain", from: from).Id;

        var upload = Add(null);
        Add(SimStage.Marta);
        var younger = Add(SimStage.Marta);
        stage.Sim.Media.All.Select(item => item.Id).Should().Equal(upload, younger);
        var newest = stage.Sim.Media.Add(new byte[20], "text/plain", from: SimStage.Marta).Id;

        stage.Sim.Media.All.Select(item => item.Id).Should().Equal(newest);
        stage.Sim.Media.Bytes(younger).Should().BeNull();
        Directory.EnumerateFiles(Beside).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_reset_forgets_all_media()
    {
        await using var stage = await SimStage.Set(Options);
        stage.Sim.Media.Add(MediaClient.Jpeg, "image/jpeg");

        stage.Sim.Reset();

        stage.Sim.Media.All.Should().BeEmpty();
        Directory.EnumerateFiles(Beside).Should().BeEmpty();
    }

    [Fact]
    public async Task Without_a_file_media_is_in_memory()
    {
        await using var stage = await SimStage.Set();

        var item = stage.Sim.Media.Add(MediaClient.Jpeg, "image/jpeg");

        stage.Sim.Media.Bytes(item.Id).Should().Equal(MediaClient.Jpeg);
        item.Id.Should().MatchRegex("^[1-9][0-9]{14}$");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
