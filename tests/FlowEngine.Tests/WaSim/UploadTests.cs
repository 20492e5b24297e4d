using FlowEngine.WaSim.Faults;

namespace FlowEngine.Tests.WaSim;

/// <summary>What the business may upload, and what is refused about it.</summary>
public sealed class UploadTests
{
    private const int Kilo = 1024;
    private const int Mega = 1024 * Kilo;

    private static readonly byte[] Mp4 = [0, 0, 0, 24, .. "ftypmp42"u8];
    private static readonly byte[] Opus = [.. "OggS"u8, .. new byte[24], .. "OpusHead"u8];
    private static readonly byte[] StillSticker = [.. "RIFF\0\0\0\0WEBPVP8 "u8];
    private static readonly byte[] MovingSticker = [.. "RIFF\0\0\0\0WEBPVP8X"u8, 10, 0, 0, 0, 0x02];

    public static TheoryData<string, byte[], int> Largest() => new()
    {
        { "image/jpeg", MediaClient.Jpeg, 5 * Mega },
        { "video/mp4", Mp4, 16 * Mega },
        { "audio/ogg; codecs=opus", Opus, 16 * Mega },
        { "image/webp", StillSticker, 100 * Kilo },
        { "image/webp", MovingSticker, 500 * Kilo },
        { "application/pdf", MediaClient.Pdf, 32 * Mega },
    };

    [Theory]
    [MemberData(nameof(Largest))]
    public async Task A_file_may_be_as_large_as_its_kind_and_no_larger(string type, byte[] start, int most)
    {
        await using var stage = await SimStage.Set();

        (await stage.Host.Upload([.. start, .. new byte[most - start.Length]], type)).Status.Should().Be(200);
        var (status, json) = await stage.Host.Upload([.. start, .. new byte[most - start.Length + 1]], type);

        (status, json.Code()).Should().Be((400, 131053));
        stage.Sim.Media.All.Should().ContainSingle();
    }

    [Fact]
    public async Task A_body_that_is_larger_than_any_file_is_answered_too()
    {
        await using var stage = await SimStage.Set();

        var (status, json) = await stage.Host.Upload([.. MediaClient.Pdf, .. new byte[40 * Mega]], "application/pdf");

        (status, json.Code()).Should().Be((400, 131053));
    }

    [Theory]
    [InlineData("image/heic")]
    [InlineData("image/gif")]
    [InlineData("application/octet-stream")]
    [InlineData("image/png")]
    [InlineData("application/pdf")]
    [InlineData("audio/ogg")]
    public async Task A_type_that_is_not_taken_or_is_not_the_content_s_is_refused(string type)
    {
        await using var stage = await SimStage.Set();

        var (status, json) = await stage.Host.Upload(MediaClient.Jpeg, type);

        (status, json.Code()).Should().Be((400, 131053));
        stage.Sim.Media.All.Should().BeEmpty();
    }

    [Fact]
    public async Task A_part_that_is_missing_is_a_wrong_parameter()
    {
        await using var stage = await SimStage.Set();
        HttpContent[] wanting =
        [
            MediaClient.Form(("type", "image/jpeg")).With(MediaClient.Jpeg, "a.jpg"),
            MediaClient.Form(("messaging_product", "whatsapp")).With(MediaClient.Jpeg, "a.jpg"),
            MediaClient.Form(("messaging_product", "whatsapp"), ("type", "image/jpeg")),
            MediaClient.Form(("messaging_product", "whatsapp"), ("type", "image/jpeg")).With([], "a.jpg"),
            new StringContent("{}"),
        ];

        foreach (var content in wanting)
        {
            var (status, json) = await stage.Host.Upload(content);
            (status, json.Code()).Should().Be((400, 100), $"{json}");
        }
    }

    [Theory]
    [InlineData("wrong", null, 401, 190)]
    [InlineData(null, "999", 400, 100)]
    public async Task The_entrance_is_the_same_as_for_messages(string? token, string? number, int status, int code)
    {
        await using var stage = await SimStage.Set();
        var form = MediaClient.Form(("messaging_product", "whatsapp"), ("type", "image/jpeg")).With(MediaClient.Jpeg, "a.jpg");

        var (answered, json) = await stage.Host.Upload(form, token, number);

        (answered, json.Code()).Should().Be((status, code));
    }

    [Fact]
    public async Task A_fault_refuses_an_upload_once()
    {
        await using var stage = await SimStage.Set();
        stage.Sim.Faults.Add(NamedFaults.All["media_upload_refused"]);

        (await stage.Host.Upload(MediaClient.Jpeg)).Json.Code().Should().Be(131053);
        (await stage.Host.Upload(MediaClient.Jpeg)).Status.Should().Be(200);
    }

    [Fact]
    public async Task An_answer_that_is_lost_leaves_the_upload_behind()
    {
        await using var stage = await SimStage.Set();
        stage.Sim.Faults.Add(NamedFaults.All["media_upload_lost"] with { Wait = TimeSpan.Zero });

        var lost = () => stage.Host.Upload(MediaClient.Jpeg);

        await lost.Should().ThrowAsync<HttpRequestException>();
        stage.Sim.Media.All.Should().ContainSingle();
    }
}
