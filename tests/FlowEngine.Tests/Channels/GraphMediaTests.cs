using System.Text;
using FlowEngine.Engine.Connections;
using FlowEngine.Server.Channels.WhatsApp;
using FlowEngine.Server.Media;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlowEngine.Tests.Channels;

/// <summary>Fetching a lead's file, against a real HTTP server that answers as the provider does (cloud-api.md section 4).</summary>
public sealed class GraphMediaTests : IAsyncLifetime, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("flowengine-");
    private readonly List<string> tokens = [];
    private WebApplication provider = null!;
    private GraphMedia media = null!;
    private MediaFiles files = null!;
    private Func<string, IResult> located = _ => Results.NotFound();

    private string Url => provider.Urls.First();

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        provider = builder.Build();
        provider.MapGet("/v24.0/{id}", (string id, HttpRequest request) =>
        {
            tokens.Add($"{request.Headers.Authorization} {request.QueryString}");
            return located(id);
        });
        provider.MapGet("/files/{id}", (HttpRequest request) => request.Headers.Authorization == "Bearer token" ? Results.Bytes(Encoding.UTF8.GetBytes("a picture"), "image/png") : Results.Unauthorized());
        provider.MapGet("/away", () => Results.Redirect("http://127.0.0.1:1/"));
        await provider.StartAsync();
        files = new MediaFiles(folder.FullName);
        media = new GraphMedia(files, TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        await provider.DisposeAsync();
        folder.Delete(recursive: true);
    }

    public void Dispose() => media.Dispose();

    [Fact]
    public async Task An_id_leads_to_an_address_and_the_address_to_the_bytes_both_with_the_token()
    {
        located = id => At($"{Url}/files/{id}");

        var fetched = (await Fetch("4711")).Should().BeOfType<Download.Fetched>().Subject;

        fetched.MimeType.Should().Be("image/png");
        (await File.ReadAllTextAsync(files.Find(fetched.File.Sha256)!)).Should().Be("a picture");
        tokens.Should().Equal("Bearer token ?phone_number_id=100");
    }

    [Fact]
    public async Task The_token_goes_to_no_other_host()
    {
        var other = false;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var stranger = builder.Build();
        stranger.MapGet("/{**path}", () => other = true);
        await stranger.StartAsync();

        located = _ => At($"{stranger.Urls.First()}/files/1");
        (await Fetch("1")).Should().BeOfType<Download.Gone>();
        located = _ => At("http://lookaside.fbsbx.com/1");
        (await Fetch("1")).Should().BeOfType<Download.Gone>("not in clear");
        located = _ => At("https://fbsbx.com.example/1");
        (await Fetch("1")).Should().BeOfType<Download.Gone>();
        located = _ => At($"{Url}/away");
        (await Fetch("1")).Should().BeOfType<Download.Failed>("a redirect is not followed");
        other.Should().BeFalse();
    }

    [Fact]
    public async Task An_id_that_has_expired_is_gone_and_a_bad_token_or_an_outage_may_pass()
    {
        located = _ => Refused(400, """{"error":{"message":"Unsupported get request","type":"GraphMethodException","code":100,"error_subcode":33}}""");
        (await Fetch("1")).Should().BeOfType<Download.Gone>();
        located = _ => Refused(404, "");
        (await Fetch("1")).Should().BeOfType<Download.Gone>();

        located = _ => Refused(401, """{"error":{"message":"Session has expired","code":190,"error_subcode":463}}""");
        (await Fetch("1")).Should().BeOfType<Download.Failed>().Which.Why.Should().Contain("190");
        located = _ => Refused(503, "<html>");
        (await Fetch("1")).Should().BeOfType<Download.Failed>().Which.Why.Should().Contain("503");
        located = _ => Results.Text("not json");
        (await Fetch("1")).Should().BeOfType<Download.Failed>();
    }

    [Fact]
    public async Task More_than_is_wanted_is_not_fetched_whether_announced_or_not()
    {
        located = _ => Results.Json(new { url = $"{Url}/files/1", file_size = 101 });
        (await Fetch("1")).Should().BeOfType<Download.Gone>();
        located = _ => At($"{Url}/files/1");
        (await media.Download(Shop, "1", 5, default)).Should().BeOfType<Download.Gone>();

        Directory.GetFiles(folder.FullName, "*", SearchOption.AllDirectories).Should().BeEmpty();
    }

    private Connection Shop => new() { Key = "shop", Name = "Shop", Kind = "whatsapp", PhoneNumberId = "100", AccessToken = "token", GraphBaseUrl = Url };

    private Task<Download> Fetch(string id) => media.Download(Shop, id, 100, default);

    private static IResult At(string url) => Results.Json(new { messaging_product = "whatsapp", url, mime_type = "image/png" });

    private static IResult Refused(int status, string body) => Results.Text(body, "application/json", statusCode: status);
}
