using FlowEngine.Engine.Errors;
using System.Text.Json;
using FlowEngine.Engine;
using FlowEngine.Engine.Connections;
using FlowEngine.Server.Channels.WhatsApp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using System.Diagnostics.Metrics;

namespace FlowEngine.Tests.Channels;

/// <summary>The WhatsApp fixtures and their index, with the connection and the clock that they were written for.</summary>
internal static class Fixtures
{
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures", "WhatsApp");

    public static readonly JsonElement Index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "index.json"))).RootElement;

    public static readonly DateTimeOffset Clock = DateTimeOffset.FromUnixTimeSeconds(Index.GetProperty("reference_clock").GetInt64());

    public static readonly Connection Connection = new()
    {
        Key = "shop",
        Name = "Shop",
        Kind = "whatsapp",
        PhoneNumberId = Index.GetProperty("connection").GetProperty("phone_number_id").GetString(),
        BusinessAccountId = Index.GetProperty("connection").GetProperty("waba_id").GetString(),
        AppSecret = Index.GetProperty("app_secret").GetString(),
        VerifyToken = Index.GetProperty("verify_token").GetString(),
        AccessToken = "test-token",
    };

    public static IEnumerable<JsonElement> Listed(string group) => Index.GetProperty(group).EnumerateArray();

    public static JsonElement Webhook(string start) => Listed("webhooks").First(item => FileOf(item).StartsWith($"webhooks/{start}", StringComparison.Ordinal));

    public static string FileOf(JsonElement item) => item.GetProperty("file").GetString()!;

    public static byte[] Bytes(JsonElement item) => File.ReadAllBytes(Path.Combine(Folder, FileOf(item)));

    public static ConnectionBook Book(params Connection[] connections)
    {
        var book = new ConnectionBook();
        book.Replace(connections.Length == 0 ? [Connection] : connections);
        return book;
    }

    public static WebhookReader Reader(FakeTimeProvider? clock = null)
    {
        clock ??= new FakeTimeProvider(Clock);
        return new WebhookReader(Ids.Seeded(clock, 1), clock, ErrorCatalog.Default, Dead());
    }

    public static DeadLetters Dead() => new(
        NullLogger<DeadLetters>.Instance,
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
}
