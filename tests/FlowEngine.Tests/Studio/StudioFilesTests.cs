using System.IO.Compression;
using System.Text;
using FlowEngine.Server.Studio.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine.Tests.Studio;

public sealed class StudioFilesTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("flowengine-studio-").FullName;

    public StudioFilesTests()
    {
        Put("_framework/app.k2x8.wasm", "wasm");
        Put("_framework/app.k2x8.wasm.br", "as br");
        Put("_framework/icudt.dat.gz", Zipped("icu"));
        Put("_framework/dotnet.js", "boot");
        Put("_content/a.css", "css");
        Put("secret.key", "secret");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task A_file_comes_in_the_best_form_that_the_browser_takes_with_the_type_of_the_original()
    {
        var answer = await Get("_framework/app.k2x8.wasm", "gzip, br");

        answer.Body.Should().Be("as br");
        answer.Headers.ContentEncoding.ToString().Should().Be("br");
        answer.Headers.ContentType.ToString().Should().Be("application/wasm");
        answer.Headers.Vary.ToString().Should().Be("Accept-Encoding");
    }

    [Fact]
    public async Task A_client_without_compression_gets_the_plain_file_even_where_only_a_packed_one_is_there()
    {
        (await Get("_framework/app.k2x8.wasm", "")).Body.Should().Be("wasm");
        var unpacked = await Get("_framework/icudt.dat", "");
        unpacked.Body.Should().Be("icu");
        unpacked.Headers.ContentType.ToString().Should().Be("application/octet-stream");
        unpacked.Headers.ContentEncoding.Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_named_after_its_content_is_kept_for_ever_and_the_rest_is_asked_for_again()
    {
        (await Get("_framework/app.k2x8.wasm", "br")).Headers.CacheControl.ToString().Should().Contain("immutable");
        (await Get("_framework/dotnet.js", "")).Headers.CacheControl.ToString().Should().Be("no-cache");
        (await Get("_content/a.css", "")).Headers.ETag.ToString().Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("../secret.key")]
    [InlineData("_framework/../../etc/passwd")]
    [InlineData("secret.key")]
    [InlineData("_framework/none.js")]
    public async Task Nothing_outside_of_the_package_and_of_no_known_kind_is_served(string path)
    {
        (await Get(path, "br")).Status.Should().Be(404);
    }

    [Fact]
    public async Task Without_the_package_there_is_nothing_to_serve()
    {
        (await Get("_framework/dotnet.js", "", new StudioFiles(null))).Status.Should().Be(404);
    }

    private async Task<(int Status, string Body, IHeaderDictionary Headers)> Get(string path, string accepts, StudioFiles? files = null)
    {
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        http.Request.Method = "GET";
        http.Request.Headers.AcceptEncoding = accepts;
        using var body = new MemoryStream();
        http.Response.Body = body;
        await (files ?? new StudioFiles(root)).Serve(http, path).ExecuteAsync(http);
        return (http.Response.StatusCode, Encoding.UTF8.GetString(body.ToArray()), http.Response.Headers);
    }

    private void Put(string path, string text) => Put(path, Encoding.UTF8.GetBytes(text));

    private void Put(string path, byte[] content)
    {
        var file = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
    }

    private static byte[] Zipped(string text)
    {
        using var buffer = new MemoryStream();
        using (var zip = new GZipStream(buffer, CompressionMode.Compress))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return buffer.ToArray();
    }
}
