using System.Security.Cryptography;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Flows;
using FlowEngine.Server.Administration;
using FlowEngine.WaSim;

namespace FlowEngine.Server.Composition;

/// <summary>
/// The WhatsApp stand-in as a connection, and a web chat beside it, so that a newcomer can chat without an account at the provider. The engine
/// reaches the stand-in only by the connection's <c>GraphBaseUrl</c>, as it would reach the provider; its secrets are new at every start.
/// </summary>
public sealed class Demo(Connections connections, Departments departments, ConnectionBook book, FlowLibrary flows, StandIn sim)
{
    public const string Key = "demo";

    /// <summary>Where the stand-in hangs below this server's address.</summary>
    public const string Path = "/wasim";

    private const string ChatKey = "web";

    private const string FirstFlow = "calificacion-y-derivacion";

    /// <summary>Importing a flow names a department after its key, which has no accents.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal) { ["atencion"] = "Atención", ["facturacion"] = "Facturación", ["recepcion"] = "Recepción" };

    /// <summary>As configured; else on the embedded database when no connection is configured. The stand-in lives in one process, so it is nothing for several nodes.</summary>
    public static bool IsWanted(IConfiguration configuration) =>
        configuration.GetValue<bool?>("FlowEngine:Demo")
        ?? (string.IsNullOrWhiteSpace(configuration.GetConnectionString("FlowEngine")) && !configuration.GetSection("FlowEngine:Connections").GetChildren().Any());

    /// <param name="folder">The data folder: who restarts the demo finds the phones and their chats again, and their windows open.</param>
    public static WaSimOptions NewOptions(string folder) => new()
    {
        File = System.IO.Path.Combine(folder, "demo-phones.jsonl"),
        PhoneNumberId = "100000000000001",
        BusinessAccountId = "100000000000002",
        AppSecret = RandomNumberGenerator.GetHexString(32, lowercase: true),
        VerifyToken = RandomNumberGenerator.GetHexString(16, lowercase: true),
        AccessToken = RandomNumberGenerator.GetHexString(32, lowercase: true),
    };

    /// <summary>Makes or refreshes the connections, now that the server's own address is known.</summary>
    public async Task Connect(Uri server, CancellationToken cancel)
    {
        var input = new ConnectionInput
        {
            Key = Key,
            Name = "WhatsApp (demo)",
            Kind = "whatsapp",
            Flow = book.Find(Key) is { } known ? known.Flow : flows.FindPublished(FirstFlow)?.DefinitionId,
            Department = book.Find(Key)?.Department,
            EchoTakesOver = book.Find(Key) is not { EchoTakesOver: false },
            EscapeWords = book.Find(Key)?.EscapeWords,
            Automation = book.Find(Key)?.Automation,
            AutomationTakesFlows = book.Find(Key) is { AutomationTakesFlows: true },
            AutomationTakesQueues = book.Find(Key) is { AutomationTakesQueues: true },
            PhoneNumberId = sim.Options.PhoneNumberId,
            BusinessAccountId = sim.Options.BusinessAccountId,
            AccessToken = sim.Options.AccessToken,
            AppSecret = sim.Options.AppSecret,
            VerifyToken = sim.Options.VerifyToken,
            GraphBaseUrl = new Uri(server, $"{Path}/graph").ToString(),
        };
        if (book.Find(Key) is null)
        {
            await NameDepartments(cancel);
        }

        Expect(book.Find(Key) is null ? await connections.Create(input, cancel) : await connections.Update(Key, input, cancel));
        if (book.Find(ChatKey) is null)
        {
            Expect(await connections.Create(new ConnectionInput { Key = ChatKey, Name = "Web chat (demo)", Kind = "webchat", Flow = input.Flow }, cancel));
        }

        sim.Callbacks.Url = new Uri(server, $"/webhooks/whatsapp/{Key}");
        sim.Resume();
    }

    /// <summary>Once, at the first start: afterwards the names are people's own.</summary>
    private async Task NameDepartments(CancellationToken cancel)
    {
        foreach (var known in await departments.List(cancel))
        {
            if (Names.TryGetValue(known.Key, out var name))
            {
                await departments.Update(known.Key, new DepartmentInput(known.Key, name, known.Active, known.Overflow, known.Hours, Targets: known.Targets), cancel);
            }
        }
    }

    private static void Expect(Saved<ConnectionView> saved)
    {
        if (saved.Errors is { } errors)
        {
            throw new InvalidOperationException($"A demo connection cannot be made: {string.Join("; ", errors.ByField.Select(e => $"{e.Key}: {string.Join(", ", e.Value)}"))}");
        }
    }
}
