using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using FlowEngine.Engine.Mailbox;
using FlowEngine.WaSim;

namespace FlowEngine.Tests.WaSim;

/// <summary>The phone page's API and files, and the control API, as other processes meet them.</summary>
public sealed partial class PhoneTests
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task A_newcomer_joins_writes_and_taps_a_row()
    {
        await using var stage = await SimStage.Set();
        var api = $"{stage.Host.Url}/wasim/api/people";
        var person = await (await Http.PostAsJsonAsync(api, new { name = "Lucía" })).Content.ReadFromJsonAsync<JsonElement>();
        var id = person.GetProperty("id").GetString()!;

        (await Http.PostAsJsonAsync($"{api}/{id}/messages", new { text = "hola" })).StatusCode.Should().Be(HttpStatusCode.OK);
        await stage.Settle();
        await stage.Host.Post(GraphClient.Fixture("list.json").Replace("12025550143", id, StringComparison.Ordinal));
        var shown = (await Http.GetFromJsonAsync<JsonElement>($"{api}/{id}/messages"))[1];
        shown.GetProperty("body").GetProperty("action").GetProperty("button").GetString().Should().Be("Ver ciudades");
        await Http.PostAsJsonAsync($"{api}/{id}/messages", new { tap = "city:vlc", of = shown.GetProperty("id").GetString() });
        await stage.Settle();

        stage.Receiver.Events.Select(found => ((LeadMessage)found.Event).Content.Text).Should().Equal("hola", "Valencia");
        stage.Receiver.Events[0].Address!.Name.Should().Be("Lucía");
    }

    [Fact]
    public async Task Each_new_person_has_a_number_of_their_own()
    {
        await using var stage = await SimStage.Set();
        for (var n = 0; n < 5; n++)
            await Http.PostAsJsonAsync($"{stage.Host.Url}/wasim/api/people", new { name = "Ana" });

        stage.Sim.World.People.Select(person => person.WaId).Should().HaveCount(5).And.OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData("image", "image")]
    [InlineData("voice", "audio")]
    [InlineData("document", "document")]
    [InlineData("location", "location")]
    [InlineData("unsupported", "unsupported")]
    public async Task A_newcomer_can_try_other_kinds_of_message(string sample, string kind)
    {
        await using var stage = await SimStage.Set();
        stage.Sim.Join("Marta", SimStage.Marta);

        await Http.PostAsJsonAsync($"{stage.Host.Url}/wasim/api/people/{SimStage.Marta}/messages", new { sample });
        await stage.Settle();

        ((LeadMessage)stage.Receiver.Events.Single().Event).Content.Kind.Should().Be(kind);
    }

    [Theory]
    [InlineData("people/nobody/messages", "{\"text\":\"x\"}", HttpStatusCode.NotFound)]
    [InlineData("people/12025550143/messages", "{\"text\":\"  \"}", HttpStatusCode.BadRequest)]
    [InlineData("people/12025550143/messages", "{}", HttpStatusCode.BadRequest)]
    [InlineData("people/12025550143/messages", "{\"tap\":\"a\",\"of\":\"gone\"}", HttpStatusCode.NotFound)]
    [InlineData("people", "{\"name\":\" \"}", HttpStatusCode.BadRequest)]
    public async Task What_makes_no_sense_is_refused(string path, string body, HttpStatusCode status)
    {
        await using var stage = await SimStage.Set();
        stage.Sim.Join("Marta", SimStage.Marta);

        var answer = await Http.PostAsync($"{stage.Host.Url}/wasim/api/{path}", new StringContent(body, MediaTypeHeaderValue.Parse("application/json")));

        answer.StatusCode.Should().Be(status);
    }

    [Fact]
    public async Task The_page_says_at_once_that_something_changed()
    {
        await using var stage = await SimStage.Set();
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var live = new StreamReader(await Http.GetStreamAsync($"{stage.Host.Url}/wasim/api/live", bound.Token));
        await ReadUntil(live, "hello", bound.Token);

        stage.Sim.Join("Marta", SimStage.Marta);

        await ReadUntil(live, "changed", bound.Token);
    }

    [Fact]
    public async Task The_page_and_all_its_files_come_from_the_assembly_and_name_no_other_address()
    {
        await using var stage = await SimStage.Set();
        var page = await Http.GetStringAsync($"{stage.Host.Url}/wasim");
        page.Should().Contain("<base href=\"/wasim/\">");

        foreach (var file in (string[])["phone.css", "phone.js", "bubbles.js", "media.js", "attach.js", "element.js", "words.js"])
            page += await Http.GetStringAsync($"{stage.Host.Url}/wasim/{file}");
        ForeignAddress().Matches(page).Should().BeEmpty();
    }

    [Fact]
    public async Task The_page_says_the_same_in_three_languages()
    {
        await using var stage = await SimStage.Set();
        var words = await Http.GetStringAsync($"{stage.Host.Url}/wasim/words.js");

        var languages = Language().Matches(words).Select(match => Key().Matches(match.Value).Select(key => key.Groups[1].Value).ToList()).ToList();

        languages.Should().HaveCount(3);
        languages[0].Count.Should().BeGreaterThan(20);
        languages.Should().OnlyContain(keys => keys.SequenceEqual(languages[0]));
    }

    [Fact]
    public async Task The_control_api_is_closed_without_its_token()
    {
        await using var stage = await SimStage.Set();
        await using var closed = await WaSimHost.Start(SimStage.Options with { ControlToken = null }, TimeProvider.System);

        (await Http.GetAsync($"{stage.Host.Url}/wasim/_sim/messages")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await Control(closed, HttpMethod.Get, "messages")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await Control(stage.Host, HttpMethod.Get, "messages")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_process_makes_people_write_and_sends_fail()
    {
        await using var stage = await SimStage.Set();
        await Control(stage.Host, HttpMethod.Put, $"people/{SimStage.Marta}", new { id = SimStage.Marta, name = "Marta", waId = SimStage.Marta });
        await Control(stage.Host, HttpMethod.Post, "inbound", new { person = SimStage.Marta, text = "hola" });
        (await Control(stage.Host, HttpMethod.Get, "drained?timeout=20")).StatusCode.Should().Be(HttpStatusCode.OK);
        stage.Receiver.Count.Should().Be(1);

        await Control(stage.Host, HttpMethod.Post, "faults/window_closed");
        (await stage.Host.Post(GraphClient.Fixture("text.json"))).Json.Code().Should().Be(131047);
        await Control(stage.Host, HttpMethod.Post, "faults", new { stage = "BeforeAccept", kind = "Error", code = 131000, nth = 2 });
        (await stage.Host.Post(GraphClient.Fixture("text.json"))).Status.Should().Be(200);
        (await stage.Host.Post(GraphClient.Fixture("text.json"))).Json.Code().Should().Be(131000);

        await Control(stage.Host, HttpMethod.Post, "reset");
        stage.Sim.World.People.Should().BeEmpty();
    }

    private static async Task<HttpResponseMessage> Control(WaSimHost host, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"{host.Url}/wasim/_sim/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "control");
        request.Content = body is null ? null : JsonContent.Create(body);
        return await Http.SendAsync(request);
    }

    private static async Task ReadUntil(StreamReader live, string word, CancellationToken bound)
    {
        while (await live.ReadLineAsync(bound) is { } line)
        {
            if (line.Contains(word, StringComparison.Ordinal))
                return;
        }

        throw new InvalidOperationException($"The stream ended without {word}.");
    }

    [GeneratedRegex(@"(https?:)?//[a-z]+\.|(?<![a-z]|new )url\(", RegexOptions.IgnoreCase)]
    private static partial Regex ForeignAddress();

    [GeneratedRegex(@"(?s)\n  [a-z]{2}: \{.*?\n  \}")]
    private static partial Regex Language();

    [GeneratedRegex(@"(?:[{,]|\n)\s+(\w+): '")]
    private static partial Regex Key();
}
