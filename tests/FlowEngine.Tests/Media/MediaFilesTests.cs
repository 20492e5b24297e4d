using System.Text;
using FlowEngine.Server.Media;

namespace FlowEngine.Tests.Media;

public sealed class MediaFilesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("flowengine-");
    private readonly MediaFiles files;

    public MediaFilesTests() => files = new MediaFiles(folder.FullName);

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_same_bytes_are_one_file()
    {
        var one = await Write("hello");
        var again = await Write("hello");

        again.Should().Be(one).And.NotBeNull();
        AllFiles().Should().ContainSingle().Which.Should().Be(files.Find(one!.Value.Sha256));
        one.Value.Size.Should().Be(5);
    }

    [Fact]
    public async Task Nothing_is_kept_of_what_is_too_large_or_breaks_off()
    {
        (await files.Write(new MemoryStream(new byte[200_000]), 100_000, default)).Should().BeNull();
        var breaks = () => files.Write(new BreakingStream(), 100_000, default);

        await breaks.Should().ThrowAsync<IOException>();
        AllFiles().Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824")]
    public async Task What_is_no_hash_becomes_no_path(string name)
    {
        await Write("hello");

        files.Find(name).Should().BeNull();
    }

    private Task<WrittenFile?> Write(string text) => files.Write(new MemoryStream(Encoding.UTF8.GetBytes(text)), 100, default);

    private string[] AllFiles() => Directory.GetFiles(folder.FullName, "*", SearchOption.AllDirectories);

    private sealed class BreakingStream : MemoryStream
    {
        private bool begun;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            (var first, begun) = (!begun, true);
            return first ? ValueTask.FromResult(10) : throw new IOException("The connection broke.");
        }
    }
}
