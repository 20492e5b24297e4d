using Bunit;
using FlowEngine.Conversations;
using FlowEngine.Server.Inbox;
using FlowEngine.Server.Inbox.Screens.Desk;
using FlowEngine.Server.Inbox.Screens.Failures;
using FlowEngine.Server.Inbox.Screens.List;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Tests.Stores;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Tests.InboxScreens;

/// <summary>Answers that come later than what was asked for after them.</summary>
public sealed class LateAnswerTests : IAsyncLifetime, IDisposable
{
    private static readonly Me Ana = new(Guid.Parse("0198aaaa-0000-7000-8000-00000000000a"), "Ana", Role.Agent);
    private readonly Screen screen = new();
    private TestDatabase database = null!;
    private OpenDatabase file = null!;
    private HeldContexts contexts = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.Create(DatabaseKind.Sqlite);
        file = await database.Open();
        contexts = new HeldContexts(file.Get<IDbContextFactory<FlowEngineContext>>());
    }

    public async Task DisposeAsync()
    {
        await screen.Bench.DisposeAsync();
        await file.DisposeAsync();
        await database.DisposeAsync();
    }

    public void Dispose() => screen.Dispose();

    [Fact]
    public async Task Earlier_messages_that_were_asked_for_come_also_when_the_newest_are_read_again_meanwhile()
    {
        await using (var db = file.Context())
        {
            db.Contacts.Add(new StoredContact { Id = Id(2), Name = "Marta", CreatedAt = Screen.Now });
            db.Conversations.Add(new StoredConversation { Id = Id(1), Connection = "demo", ContactId = Id(2), Source = "message", CreatedAt = Screen.Now });
            db.Messages.AddRange(Enumerable.Range(1, 100).Select(i => new StoredMessage { Id = Id(i + 500), ConversationId = Id(1), Order = i, Content = MessageContent.OfText("Hola"), At = Screen.Now }));
            await db.SaveChangesAsync();
        }

        var thread = new DeskThread(new InboxQueries(contexts));
        await thread.Open(Id(1), Ana, CancellationToken.None);
        thread.Messages.Should().HaveCount(60);
        var held = contexts.HoldNext();
        var older = thread.Older(CancellationToken.None);
        await thread.Refresh(Ana, CancellationToken.None);

        held.SetResult();
        await older;

        thread.Messages.Should().HaveCount(100);
    }

    [Fact]
    public async Task Failures_are_those_of_the_cause_that_was_chosen_last()
    {
        await Fail(("auth", 1), ("template", 1));
        var page = Draw();
        var held = contexts.HoldNext();
        var first = page.Find("[data-testid=cause-auth]").ClickAsync(new MouseEventArgs());
        await page.Find("[data-testid=cause-template]").ClickAsync(new MouseEventArgs());

        held.SetResult();
        await first;

        page.FindAll("[data-testid=failure]").Should().ContainSingle().Which.GetAttribute("data-category").Should().Be("template");
    }

    [Fact]
    public async Task More_failures_that_are_asked_for_twice_come_once()
    {
        await Fail(("auth", 60));
        var page = Draw();
        var held = contexts.HoldNext();
        var first = page.Find("[data-testid=more]").ClickAsync(new MouseEventArgs());
        await page.Find("[data-testid=more]").ClickAsync(new MouseEventArgs());

        held.SetResult();
        await first;

        page.FindAll("[data-testid=failure]").Should().HaveCount(60);
    }

    [Fact]
    public void What_is_typed_while_an_answer_to_the_beginning_of_it_is_on_its_way_stays_in_the_search_box()
    {
        var asked = new List<InboxFilter>();
        var bar = screen.Bench.Render<FilterBar>(p => p.Add(b => b.Filter, new InboxFilter()).Add(b => b.FilterChanged, EventCallback.Factory.Create<InboxFilter>(this, asked.Add)));

        bar.Find("input").Input("Mar");
        screen.Time.Advance(TimeSpan.FromSeconds(1));
        bar.WaitForState(() => asked.Count == 1, TimeSpan.FromMinutes(1));
        bar.Find("input").Input("Marta ");
        bar.Render(p => p.Add(b => b.Filter, asked[0]));

        asked[0].Search.Should().Be("Mar");
        bar.Find("input").GetAttribute("value").Should().Be("Marta ");
    }

    private IRenderedComponent<FailuresPage> Draw()
    {
        screen.Bench.JSInterop.Mode = JSRuntimeMode.Loose;
        screen.Bench.Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        screen.Inbox = new InboxQueries(contexts);
        var page = screen.Bench.Render<FailuresPage>();
        page.WaitForElement("[data-testid^=cause-]", TimeSpan.FromMinutes(1));
        return page;
    }

    private async Task Fail(params (string Category, int Count)[] causes)
    {
        await using var db = file.Context();
        var n = 0;
        foreach (var (category, count) in causes)
        {
            db.Incidents.AddRange(Enumerable.Range(0, count).Select(_ => new StoredIncident
            {
                Id = Id(++n), Connection = $"c{n}", Kind = "Send", Category = category, Code = "1", Message = "No", At = Screen.Now.AddMinutes(n),
            }));
        }

        await db.SaveChangesAsync();
    }

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
