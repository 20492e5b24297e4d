using System.Security.Cryptography;
using System.Text;
using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Connections;
using FlowEngine.Server.Media;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Tests.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FlowEngine.Tests.Media;

/// <summary>Files that leads have sent: wanted, fetched, kept, or not to be had.</summary>
public abstract class MediaShelfSuite(DatabaseKind kind) : IAsyncLifetime
{
    private const string Picture = "bytes of a picture";
    private static readonly MediaOptions Options = new() { MaxBytes = 1000 };
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly ConnectionBook book = new();
    private readonly List<string> asked = [];
    private Func<string, Download?> answer = _ => null;
    private TestDatabase database = null!;
    private OpenDatabase opened = null!;
    private MediaFiles files = null!;
    private MediaShelf shelf = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.Create(kind);
        opened = await database.Open();
        book.Replace([new Connection { Key = "shop", Name = "Shop", Kind = "whatsapp" }]);
        files = new MediaFiles(Path.Combine(database.Folder, "media"));
        shelf = Shelf();
    }

    public async Task DisposeAsync()
    {
        if (opened is not null)
        {
            await opened.DisposeAsync();
            await database.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task What_is_wanted_is_fetched_once_and_kept_as_what_it_is()
    {
        await shelf.Want("shop", [Named("m1", Picture)], default);
        await shelf.Want("shop", [Named("m1", Picture)], default);

        (await shelf.FetchDue(default)).Should().Be(1);
        (await shelf.FetchDue(default)).Should().Be(0);

        asked.Should().Equal("m1");
        var found = await shelf.Open("shop", Named("m1", Picture), default);
        (await File.ReadAllTextAsync(found.Path!)).Should().Be(Picture);
        found.Should().BeEquivalentTo(new { MimeType = "image/jpeg", Sha256 = Hex(Picture), Why = (string?)null });
        asked.Should().Equal(["m1"], "it is here");
    }

    [SkippableFact]
    public async Task Who_opens_what_has_not_come_yet_gets_it_at_once()
    {
        await shelf.Want("shop", [Named("m1", Picture)], default);

        (await shelf.Open("shop", Named("m1", Picture), default)).Path.Should().NotBeNull();
        (await shelf.Open("shop", Named("m2", null), default)).Path.Should().NotBeNull("one that was never noted is fetched too");

        (await shelf.FetchDue(default)).Should().Be(0);
        asked.Should().Equal("m1", "m2");
    }

    [SkippableFact]
    public async Task What_fails_is_asked_for_again_after_longer_and_longer_pauses_as_long_as_the_provider_keeps_it()
    {
        answer = _ => new Download.Failed("The provider answered 503.");
        await shelf.Want("shop", [Named("m1", Picture)], default);

        await Due(1);
        await Due(0);
        clock.Advance(TimeSpan.FromSeconds(5));
        await Due(1);
        clock.Advance(TimeSpan.FromSeconds(19));
        await Due(0);
        clock.Advance(TimeSpan.FromSeconds(1));
        await Due(1);
        (await shelf.Open("shop", Named("m1", Picture), default)).Why.Should().Contain("503");

        clock.Advance(Options.Patience);
        await Due(1);
        (await Row("m1")).Should().BeEquivalentTo(new { State = MediaState.Gone, NextAt = (DateTimeOffset?)null });
        answer = _ => null;
        (await shelf.Open("shop", Named("m1", Picture), default)).Path.Should().BeNull();
    }

    [SkippableFact]
    public async Task Bytes_that_were_not_announced_are_not_taken()
    {
        await shelf.Want("shop", [Named("m1", "something else")], default);

        await Due(1);

        (await Row("m1")).State.Should().Be(MediaState.Wanted);
        (await Row("m1")).Error.Should().Contain("not the ones");
    }

    [SkippableFact]
    public async Task What_is_gone_at_the_provider_is_gone_with_the_reason()
    {
        answer = _ => new Download.Gone("The provider does not have the file any more.");
        await shelf.Want("shop", [Named("m1", Picture)], default);
        await shelf.Want("closed", [Named("m2", Picture)], default);

        await Due(2);

        (await shelf.Open("shop", Named("m1", Picture), default)).Why.Should().Contain("does not have");
        (await shelf.Open("closed", Named("m2", Picture), default)).Why.Should().Contain("connection");
        asked.Should().Equal("m1");
    }

    [SkippableFact]
    public async Task A_file_that_was_lost_here_is_fetched_again_when_somebody_opens_it()
    {
        await shelf.Want("shop", [Named("m1", Picture)], default);
        await Due(1);
        File.Delete(files.Find(Hex(Picture))!);

        (await shelf.Open("shop", Named("m1", Picture), default)).Path.Should().NotBeNull();

        asked.Should().Equal("m1", "m1");
    }

    [SkippableFact]
    public async Task Of_two_nodes_each_file_is_fetched_by_one()
    {
        await shelf.Want("shop", [.. Enumerable.Range(0, 10).Select(n => Named($"m{n}", Picture))], default);
        var other = Shelf();

        var fetched = await Task.WhenAll(Task.Run(() => shelf.FetchDue(default)), Task.Run(() => other.FetchDue(default)));

        fetched.Sum().Should().Be(10);
        asked.Should().HaveCount(10).And.OnlyHaveUniqueItems();
    }

    [SkippableFact]
    public async Task An_address_that_a_flow_has_named_is_not_the_provider_s()
    {
        var link = new MediaRef("https://shop.example/a.png", "image/png");
        await shelf.Want("shop", [link], default);

        await Due(0);
        (await shelf.Open("shop", link, default)).Path.Should().BeNull();
        asked.Should().BeEmpty();
    }

    private async Task Due(int tried) => (await shelf.FetchDue(default)).Should().Be(tried);

    private async Task<StoredMedia> Row(string providerId)
    {
        await using var context = opened.Context();
        return await context.Media.SingleAsync(m => m.ProviderId == providerId);
    }

    private MediaShelf Shelf() => new(
        opened.Get<IDbContextFactory<FlowEngineContext>>(), files, Fetch, book, Options, opened.Get<Ids>(), clock, NullLogger<MediaShelf>.Instance);

    private async Task<Download> Fetch(Connection connection, string providerId, long most, CancellationToken cancel)
    {
        lock (asked)
        {
            asked.Add(providerId);
        }

        return answer(providerId) ?? new Download.Fetched((await files.Write(new MemoryStream(Encoding.UTF8.GetBytes(Picture)), most, cancel))!.Value, "image/jpeg");
    }

    private static MediaRef Named(string id, string? bytes) =>
        new(id, "image/jpeg", Sha256: bytes is null ? null : Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(bytes))));

    private static string Hex(string bytes) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bytes)));
}

public sealed class SqliteMediaShelfTests() : MediaShelfSuite(DatabaseKind.Sqlite);

[Trait("Category", "Postgres")]
public sealed class PostgresMediaShelfTests() : MediaShelfSuite(DatabaseKind.Postgres);
