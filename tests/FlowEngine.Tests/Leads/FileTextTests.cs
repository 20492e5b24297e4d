using System.Text;
using FlowEngine.Server.Leads;

namespace FlowEngine.Tests.Leads;

public sealed class FileTextTests
{
    private const string Rows = "Nombre;Teléfono\nJosé Peña — Añó;+34600111001\n";

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("windows-1252", false)]
    public async Task A_file_is_read_as_the_spreadsheet_meant_it(string encoding, bool mark)
    {
        var kind = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        using var bytes = new MemoryStream([.. mark ? kind.GetPreamble() : [], .. kind.GetBytes(Rows)]);

        using var text = await FileText.Open(bytes, CancellationToken.None);

        (await text.ReadToEndAsync()).Should().Be(Rows);
    }

    [Fact]
    public async Task An_accent_at_the_border_of_two_readings_does_not_make_a_file_another_one()
    {
        var long8 = new string('x', 8191) + "é" + new string('y', 5000) + "ñ";
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(long8));

        using var text = await FileText.Open(bytes, CancellationToken.None);

        (await text.ReadToEndAsync()).Should().Be(long8);
    }
}
