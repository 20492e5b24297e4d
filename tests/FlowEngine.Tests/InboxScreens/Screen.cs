using System.Globalization;
using Bunit;
using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Server.Inbox;
using FlowEngine.Server.Inbox.Screens.Desk;
using FlowEngine.Server.Inbox.Screens.Wording;
using FlowEngine.Server.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Time.Testing;

namespace FlowEngine.Tests.InboxScreens;

/// <summary>What the parts of the inbox need to be drawn alone: words in one language, a clock that stands still, the makings of rows.</summary>
internal sealed class Screen : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 15, 30, 0, TimeSpan.Zero);

    private readonly CultureInfo before = CultureInfo.CurrentUICulture;

    public Screen(string culture = "es")
    {
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        Bench.Services.AddLogging().AddLocalization();
        Bench.Services.AddScoped<Phrases>().AddScoped<DeskClock>().AddScoped<DeskScript>();
        Bench.Services.AddScoped(_ => new DeskDirectory(null!, null!, null!, null!, null!, Time)).AddScoped(_ => Inbox!);
        Bench.Services.AddSingleton<TimeProvider>(Time);
        Words = new Phrases(Bench.Services.GetRequiredService<IStringLocalizer<Texts>>());
    }

    public BunitContext Bench { get; } = new();

    public FakeTimeProvider Time { get; } = new(Now);

    public Phrases Words { get; }

    /// <summary>For pages that read from the database.</summary>
    public InboxQueries? Inbox { get; set; }

    public static ConversationRow Row(Owner owner = default, Tab tab = Tab.Waiting) => new(
        Guid.Parse("0198aaaa-0000-7000-8000-000000000001"), "María Ruiz", "+51987654321", "demo", "ventas", owner, null, null, tab, "Hola", 2, ["vip"],
        Now, Now.AddMinutes(-7), Now.AddMinutes(-7), null, 4, 1, null, null, null);

    public static ConversationDetail Detail(Owner owner, Lifecycle lifecycle = Lifecycle.Active, DateTimeOffset? window = null) => new(
        Row(owner), 3, Stage.Awaiting, lifecycle, window, new Dictionary<string, string>(), "message", null, null, [], Now.AddDays(-1), 9, false);

    public static MessageView Message(
        AuthorKind author, MessageState state = MessageState.Read, string text = "Hola", SendError? error = null, MessageDirection? direction = null, long order = 1) => new(
        new Guid((int)order, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), order, 1, direction ?? (author == AuthorKind.Lead ? MessageDirection.In : MessageDirection.Out),
        author, author is AuthorKind.Agent ? "Ana Torres" : null, MessageContent.OfText(text), Now, state, error, false, null);

    public static Connection WhatsApp => new() { Key = "demo", Name = "Demo", Kind = "whatsapp" };

    public void Dispose()
    {
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = before;
        Bench.Dispose();
    }
}
