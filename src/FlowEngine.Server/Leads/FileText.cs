using System.Text;

namespace FlowEngine.Server.Leads;

/// <summary>
/// The text of a file that somebody sends: UTF-8, UTF-16 by its mark, or the code page of Western Windows, in which spreadsheets of Spain and Brazil
/// save a CSV file when they are not told otherwise.
/// </summary>
internal static class FileText
{
    private static readonly Encoding Strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <param name="bytes">What can be read only once is taken for UTF-8: nobody can look ahead in it.</param>
    public static async Task<TextReader> Open(Stream bytes, CancellationToken cancel)
    {
        if (!bytes.CanSeek)
        {
            return new StreamReader(bytes, leaveOpen: true);
        }

        var encoding = await IsUtf8(bytes, cancel) ? Encoding.UTF8 : Western;
        bytes.Position = 0;
        return new StreamReader(bytes, encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
    }

    private static async Task<bool> IsUtf8(Stream bytes, CancellationToken cancel)
    {
        bytes.Position = 0;
        using var text = new StreamReader(bytes, Strict, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var part = new char[8192];
        try
        {
            while (await text.ReadAsync(part, cancel) > 0)
            {
                cancel.ThrowIfCancellationRequested();
            }

            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
