using FlowEngine.Conversations;
using FlowEngine.Server.Channels.WebChat;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine.Tests.Channels.WebChat;

/// <summary>What the page is given, from rows as turns leave them.</summary>
public sealed class ChatThreadTests : IAsyncLifetime
{
    private static readonly Guid Visitor = Guid.Parse("018f0000-0000-7000-8000-0000000000aa");
    private readonly Guid conversation = Guid.Parse("018f0000-0000-7000-8000-0000000000cc");
    private ApiHost host = null!;
    private ChatThread threads = null!;

    public async Task InitializeAsync()
    {
        host = await ApiHost.Start();
        threads = host.Services.GetRequiredService<ChatThread>();
        var contact = new StoredContact { Id = Guid.Parse("018f0000-0000-7000-8000-0000000000bb") };
        contact.Aliases.Add(new StoredContactAlias { Portfolio = "web", Kind = "chat", Value = Visitor.ToString("N"), ContactId = contact.Id });
        await Save(contact, new StoredConversation { Id = conversation, Connection = "web", ContactId = contact.Id, Source = "message", Unread = 1 });
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task A_message_that_becomes_visible_after_a_later_one_is_not_missed()
    {
        await Save(Row(1, MessageDirection.In, MessageState.Received, "Hola"), Row(2, MessageDirection.Out, MessageState.Calling, "¿Cómo te llamas?"), Row(3, MessageDirection.In, MessageState.Received, "¿Hola?"));

        var first = await Read(after: 0);
        first.Messages.Select(m => m.Text).Should().Equal("Hola", "¿Hola?");
        first.OnTheWay.Should().BeTrue();
        first.Cursor.Should().Be(1, "the second message may still come");

        await Settle(2, MessageState.Accepted);
        var next = await Read(after: first.Cursor);

        next.Messages.Select(m => m.Text).Should().Equal("¿Cómo te llamas?", "¿Hola?");
        next.Cursor.Should().Be(3);
    }

    [Fact]
    public async Task What_was_stopped_failed_or_noted_was_not_said()
    {
        await Save(
            Row(1, MessageDirection.Out, MessageState.Stopped, "tarde"), Row(2, MessageDirection.Out, MessageState.Failed, "roto"), Row(3, MessageDirection.Note, MessageState.Received, "ojo"),
            Row(4, MessageDirection.Out, MessageState.Read, "dicho"));

        var view = await Read(after: 0);

        view.Messages.Select(m => m.Text).Should().Equal("dicho");
        view.Cursor.Should().Be(4);
        (await threads.Option("web", Visitor, Id(1), "a", default)).Should().BeNull("a button that was never shown cannot be tapped");
        (await threads.Option("web", Visitor, Id(4), "a", default))!.Title.Should().Be("Sí");
    }

    [Fact]
    public async Task A_template_is_shown_by_its_words()
    {
        await Save(
            new StoredTemplate { Name = "hello", Language = "es", Status = "APPROVED", Body = "Hola, {{1}}. ¿Sigues ahí?", ParameterCount = 1 },
            Row(1, MessageDirection.Out, MessageState.Accepted, null, new MessageContent { Kind = "template", Template = new TemplateUse("hello", "es", ["Marta"]) }));

        (await Read(after: 0)).Messages.Single().Text.Should().Be("Hola, Marta. ¿Sigues ahí?");
    }

    [Fact]
    public async Task The_newest_come_first_and_earlier_ones_when_they_are_asked_for()
    {
        await Save([.. Enumerable.Range(1, 100).Select(n => (object)Row(n, MessageDirection.In, MessageState.Received, $"{n}"))]);

        var newest = await Read(after: null);
        var earlier = await threads.Read("web", Visitor, null, newest.Messages[0].Order, default);

        newest.Messages[^1].Text.Should().Be("100");
        newest.More.Should().BeTrue();
        earlier.Messages.Select(m => m.Text).Should().Equal(Enumerable.Range(1, 20).Select(n => $"{n}"));
        earlier.More.Should().BeFalse();
        newest.SeenTo.Should().Be(99, "one message is unread");
    }

    [Fact]
    public async Task Another_connections_visitor_of_the_same_id_is_a_stranger() =>
        (await threads.Read("ventas", Visitor, 0, null, default)).Should().Be(ThreadView.Empty);

    private Task<ThreadView> Read(long? after) => threads.Read("web", Visitor, after, null, default);

    private StoredMessage Row(int order, MessageDirection direction, MessageState state, string? text, MessageContent? content = null) => new()
    {
        Id = Id(order),
        ConversationId = conversation,
        Episode = 1,
        Order = order,
        Direction = direction,
        Author = direction == MessageDirection.In ? AuthorKind.Lead : AuthorKind.Flow,
        Content = content ?? new MessageContent { Kind = "buttons", Text = text, Buttons = [new Choice("a", "Sí")] },
        At = host.Clock.GetUtcNow(),
        State = state,
    };

    private static Guid Id(int order) => Guid.Parse($"018f0000-0000-7000-8000-{order:D12}");

    private async Task Save(params object[] rows)
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<FlowEngineContext>>().CreateDbContextAsync();
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }

    private async Task Settle(int order, MessageState state)
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<FlowEngineContext>>().CreateDbContextAsync();
        await db.Messages.Where(m => m.Id == Id(order)).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, state));
    }
}
