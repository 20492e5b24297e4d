using System.IO.Compression;

namespace FlowEngine.Server.Studio.Wire;

/// <summary>Several files as one zip.</summary>
internal static class FileBundle
{
    public static byte[] Of(IReadOnlyList<(string Name, byte[] Content)> files)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
                entry.Write(content);
            }
        }

        return buffer.ToArray();
    }
}
