using System.Text.Json;
using System.Text.Json.Nodes;
using FlowEngine.WaSim.Callbacks;
using FlowEngine.WaSim.Faults;
using FlowEngine.WaSim.Graph;
using FlowEngine.WaSim.Media;
using FlowEngine.WaSim.People;

namespace FlowEngine.WaSim;

/// <summary>
/// The provider, its people and their phones, in one object: what tests and the demo hold. It takes sends as the Graph API does, reports
/// them by signed webhooks, and lets people write. It contacts nothing but the webhook's address.
/// </summary>
public sealed class StandIn : IDisposable
{
    private readonly Chance chance;
    private readonly StatusReports reports;
    private readonly Inbound inbound;
    private readonly WorldFile? file;

    public StandIn(WaSimOptions options, TimeProvider clock)
    {
        if (LooksReal(options.AccessToken))
            throw new ArgumentException("The stand-in takes no token that looks like the provider's own.", nameof(options));

        file = WorldFile.Open(options.File);
        World = new World(file);
        Options = options;
        Clock = clock;
        Token = options.AccessToken;
        chance = new Chance(options.Seed);
        Media = new MediaStore(options, clock, chance);
        Callbacks = new CallbackQueue(options, clock);
        Limits = new SendLimits(options, clock);
        reports = new StatusReports(this, chance);
        inbound = new Inbound(this, chance);
    }

    public WaSimOptions Options { get; }

    public TimeProvider Clock { get; }

    public World World { get; }

    public MediaStore Media { get; }

    public FaultBook Faults { get; } = new();

    public Templates Templates { get; } = new();

    public CallbackQueue Callbacks { get; }

    /// <summary>The token that may send now. Setting another one is what an operator does after it expired.</summary>
    public string Token { get; set; }

    internal SendLimits Limits { get; private set; }

    /// <summary>A person with a phone number; the same number again is the same person.</summary>
    public Person Join(string name, string waId)
    {
        var person = World.Find(waId) ?? new Person { Id = waId, Name = name, WaId = waId };
        World.Put(person with { Name = name });
        return World.Find(waId)!;
    }

    /// <summary>A person who shows no phone, only a user id of this business.</summary>
    public Person JoinByUserId(string name, string userId)
    {
        var person = new Person { Id = userId, Name = name, UserId = userId };
        World.Put(person);
        return person;
    }

    /// <summary>The person writes a text.</summary>
    /// <returns>The message's id.</returns>
    public string Write(string person, string text) => inbound.Send(person, "text", new JsonObject { ["body"] = text });

    /// <summary>The person sends a message of any type; <paramref name="body"/> is what the wire names after the type.</summary>
    public string Write(string person, string type, JsonObject? body, string? replyTo = null) => inbound.Send(person, type, body, replyTo);

    /// <summary>The person sends a file, which the business can then fetch by the id in the webhook.</summary>
    /// <returns>The message's id.</returns>
    /// <exception cref="ArgumentException">Nobody has this id, or the phone does not send such a file.</exception>
    public string Write(string person, Attachment file)
    {
        if (file.Refusal() is { } refusal)
            throw new ArgumentException(refusal, nameof(file));

        var sender = World.Find(person) ?? throw new ArgumentException($"Nobody has the id {person}.", nameof(person));
        var item = Media.Add(file.Bytes, file.Named, file.FileName, sender.Id);
        return inbound.Send(sender.Id, file.Kind, InboundMedia.Body(item, file));
    }

    /// <summary>The person taps a button or a row of a message of ours.</summary>
    public string Tap(string person, string message, string choice) => inbound.Tap(person, message, choice);

    /// <summary>Somebody answers from the business's own phone.</summary>
    public string Echo(string person, string text) => inbound.Echo(person, text);

    /// <summary>Delivers what people wrote and no webhook has taken yet, after a start: the provider repeats until somebody answers.</summary>
    public void Resume()
    {
        foreach (var bubble in World.Messages().Where(bubble => bubble is { Mine: true, Status: "waiting" }))
            inbound.Repeat(bubble);
    }

    /// <summary>Everybody and everything forgotten.</summary>
    public void Reset()
    {
        Callbacks.Clear();
        Faults.Clear();
        Templates.Clear();
        World.Clear();
        Media.Clear();
        Limits = new SendLimits(Options, Clock);
        Token = Options.AccessToken;
    }

    public void Dispose()
    {
        Callbacks.Dispose();
        file?.Dispose();
    }

    internal static bool LooksReal(string token) => token.StartsWith("EAA", StringComparison.Ordinal);

    internal string Trace() => "A" + chance.Word(10);

    /// <summary>Takes a checked send: it is on its way to the phone now, whatever becomes of the answer.</summary>
    internal string Accept(Person to, bool byUserId, JsonObject body)
    {
        var type = body.Word("type") ?? "text";
        var content = body[type] as JsonObject;
        var bubble = new Bubble(
            chance.MessageId(), to.Id, Mine: false, Clock.GetUtcNow(), type, TextOf(type, content), content is null ? null : JsonSerializer.SerializeToElement(content),
            body.Word("biz_opaque_callback_data"), "waiting")
        {
            ReplyTo = body["context"].Word("message_id"),
        };
        reports.Plan(bubble, to, byUserId);
        return bubble.Id;
    }

    private string? TextOf(string type, JsonObject? content) => type switch
    {
        "text" => content.Word("body"),
        "template" => Templates.Render(content!),
        "interactive" => content?["body"].Word("text"),
        _ => content.Word("caption"),
    };
}
