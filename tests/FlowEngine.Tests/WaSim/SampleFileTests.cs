using System.Buffers.Binary;
using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;

namespace FlowEngine.Tests.WaSim;

/// <summary>The examples on the phone page are files that programs can open.</summary>
public sealed partial class SampleFileTests
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task The_picture_is_a_png_with_every_row()
    {
        var (type, bytes) = await Sample("image");

        type.Should().Be("image/png");
        bytes[..8].Should().Equal(0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A);
        var parts = Chunks(bytes).ToDictionary(part => part.Name, part => part.Data);
        parts.Keys.Should().Equal("IHDR", "IDAT", "IEND");
        var width = BinaryPrimitives.ReadInt32BigEndian(parts["IHDR"]);
        var height = BinaryPrimitives.ReadInt32BigEndian(parts["IHDR"].AsSpan(4));
        using var rows = new MemoryStream();
        await using var zip = new ZLibStream(new MemoryStream(parts["IDAT"]), CompressionMode.Decompress);
        await zip.CopyToAsync(rows);
        rows.Length.Should().Be(height * (1 + width * 3L)).And.BePositive();
        // The check of an empty IEND is the same in every PNG.
        bytes[^4..].Should().Equal(0xAE, 0x42, 0x60, 0x82);
    }

    [Fact]
    public async Task The_voice_note_is_two_seconds_of_opus_in_ogg()
    {
        var (type, bytes) = await Sample("voice");

        type.Should().Be("audio/ogg; codecs=opus");
        var pages = OggPages(bytes).ToList();
        pages.Select(page => page.Kind).Should().Equal(2, 0, 4);
        Encoding.ASCII.GetString(pages[0].Data, 0, 8).Should().Be("OpusHead");
        Encoding.ASCII.GetString(pages[1].Data, 0, 8).Should().Be("OpusTags");
        pages[2].Played.Should().Be(2 * 48_000);
    }

    [Fact]
    public async Task The_document_is_a_pdf_of_one_page_whose_table_leads_to_its_objects()
    {
        var (type, bytes) = await Sample("document");

        type.Should().Be("application/pdf");
        var text = Encoding.ASCII.GetString(bytes);
        text.Should().StartWith("%PDF-1.").And.EndWith("%%EOF\n").And.Contain("/Count 1");
        var table = int.Parse(Start().Match(text).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        text[table..].Should().StartWith("xref");
        var places = Entry().Matches(text[table..]).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        places.Should().HaveCount(5);
        places.Select((place, n) => text[place..].StartsWith($"{n + 1} 0 obj", StringComparison.Ordinal)).Should().AllBeEquivalentTo(true);
    }

    private static async Task<(string Type, byte[] Bytes)> Sample(string sample)
    {
        await using var stage = await SimStage.Set();
        stage.Sim.Join("Marta", SimStage.Marta);
        await Http.PostAsJsonAsync($"{stage.Host.Url}/wasim/api/people/{SimStage.Marta}/messages", new { sample });
        var item = stage.Sim.Media.All.Single();
        return (item.MimeType, stage.Sim.Media.Bytes(item.Id)!);
    }

    private static IEnumerable<(string Name, byte[] Data)> Chunks(byte[] png)
    {
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            yield return (Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += length + 12;
        }
    }

    private static IEnumerable<(int Kind, long Played, byte[] Data)> OggPages(byte[] ogg)
    {
        for (var at = 0; at < ogg.Length;)
        {
            Encoding.ASCII.GetString(ogg, at, 4).Should().Be("OggS");
            var segments = ogg[at + 26];
            var from = at + 27 + segments;
            var to = from + ogg[(at + 27)..from].Sum(length => length);
            yield return (ogg[at + 5], BinaryPrimitives.ReadInt64LittleEndian(ogg.AsSpan(at + 6)), ogg[from..to]);
            at = to;
        }
    }

    [GeneratedRegex(@"startxref\n(\d+)\n")]
    private static partial Regex Start();

    [GeneratedRegex(@"(\d{10}) 00000 n ")]
    private static partial Regex Entry();
}
