using Bunit;
using FlowEngine.Conversations;
using FlowEngine.Server.Inbox;
using FlowEngine.Server.Inbox.Screens.Thread;

namespace FlowEngine.Tests.InboxScreens;

public sealed class BubbleTests : IDisposable
{
    private readonly Screen screen = new();

    [Theory]
    [InlineData(AuthorKind.Lead, "lead", "in")]
    [InlineData(AuthorKind.Flow, "flow", "out")]
    [InlineData(AuthorKind.Ai, "ai", "out")]
    [InlineData(AuthorKind.Agent, "agent", "out")]
    [InlineData(AuthorKind.PersonOutside, "personOutside", "out")]
    [InlineData(AuthorKind.OtherApp, "otherApp", "out")]
    [InlineData(AuthorKind.System, "system", "out")]
    public void Every_author_has_a_bubble_of_its_own(AuthorKind author, string word, string side)
    {
        var drawn = Draw(Screen.Message(author));

        drawn.Find("[data-testid=bubble]").GetAttribute("data-author").Should().Be(word);
        drawn.Find(".line-of").ClassList.Should().Contain($"line-of--{side}");
    }

    [Theory]
    [InlineData("Mira https://example.com/a?b=1.", "https://example.com/a?b=1")]
    [InlineData("(http://example.com)", "http://example.com")]
    [InlineData("https://example.com/con_(eso)/fin", "https://example.com/con_(eso)/fin")]
    [InlineData("javascript:alert(1) y ftp://example.com", null)]
    [InlineData("https://example.com/\"onclick=\"x", "https://example.com/")]
    public void An_address_in_a_message_can_be_followed_and_every_word_stays_as_it_was_written(string text, string? address)
    {
        var drawn = Draw(Screen.Message(AuthorKind.Lead, text: text)).Find(".bubble__text");

        drawn.TextContent.Should().Be(text);
        drawn.QuerySelector("a")?.GetAttribute("href").Should().Be(address);
        drawn.QuerySelectorAll("a:not([rel~=noopener])").Should().BeEmpty();
    }

    [Theory]
    [InlineData(MessageState.Queued, "queued", "En cola")]
    [InlineData(MessageState.Sent, "sent", "Enviado")]
    [InlineData(MessageState.Delivered, "delivered", "Entregado")]
    [InlineData(MessageState.Read, "read", "Leído")]
    public void Ticks_say_how_far_a_message_got(MessageState state, string word, string label)
    {
        var drawn = Draw(Screen.Message(AuthorKind.Agent, state));

        drawn.Find("[data-testid=bubble]").GetAttribute("data-state").Should().Be(word);
        drawn.Find(".ticks").GetAttribute("aria-label").Should().Be(label);
    }

    [Fact]
    public void A_suggestion_of_the_assistant_goes_into_the_reply_by_one_click_and_never_leaves_by_itself()
    {
        var taken = new List<string>();
        Func<string, Task> use = words =>
        {
            taken.Add(words);
            return Task.CompletedTask;
        };
        var message = Screen.Message(AuthorKind.Ai, MessageState.Received, "Abrimos a las 9", direction: MessageDirection.Note);
        var drawn = screen.Bench.Render<Microsoft.AspNetCore.Components.CascadingValue<Func<string, Task>>>(parameters => parameters
            .Add(c => c.Name, "UseWords")
            .Add(c => c.Value, use)
            .AddChildContent<Bubble>(b => b.Add(bubble => bubble.Message, message)));

        drawn.Find(".bubble__who").TextContent.Should().Be("Sugerencia del asistente: solo la ve tu equipo");
        drawn.Find("[data-testid=use-suggestion]").Click();
        taken.Should().Equal("Abrimos a las 9");

        Draw(message).FindAll("[data-testid=use-suggestion]").Should().BeEmpty("who may not reply is not offered it");
    }

    [Fact]
    public void A_lead_s_message_has_no_ticks() => Draw(Screen.Message(AuthorKind.Lead, MessageState.Received)).FindAll(".ticks").Should().BeEmpty();

    [Fact]
    public void A_failed_message_names_its_cause_and_its_cure()
    {
        var why = Draw(Screen.Message(AuthorKind.Agent, MessageState.Failed, error: new SendError("131026", "recipient", "Message undeliverable"))).Find("[data-testid=bubble-error]");

        why.TextContent.Should().Contain("Problema del destinatario").And.Contain("131026").And.Contain("Comprueba el número");
    }

    [Fact]
    public void A_failure_without_details_still_offers_a_way_on() =>
        Draw(Screen.Message(AuthorKind.Agent, MessageState.Failed)).Find("[data-testid=bubble-error]").TextContent.Should().Contain("Vuelve a intentarlo");

    [Fact]
    public void A_stopped_message_says_why_it_never_left() =>
        Draw(Screen.Message(AuthorKind.Flow, MessageState.Stopped, error: new SendError("stale", "automation", "x")))
            .Find("[data-testid=bubble-stopped]").TextContent.Should().Contain("cambió de manos");

    [Fact]
    public void An_unknown_message_warns_of_a_duplicate() =>
        Draw(Screen.Message(AuthorKind.Flow, MessageState.Unknown)).Find("[data-testid=bubble-unknown]").TextContent.Should().Contain("duplicarlo");

    [Fact]
    public void A_note_is_private_and_has_no_ticks()
    {
        var drawn = Draw(Screen.Message(AuthorKind.Agent, MessageState.Received, direction: MessageDirection.Note));

        drawn.Find(".bubble--note").GetAttribute("data-note").Should().Be("true");
        drawn.Find(".bubble__who").TextContent.Should().Contain("Nota privada de Ana Torres");
        drawn.FindAll(".ticks").Should().BeEmpty();
    }

    [Fact]
    public void Buttons_and_media_are_shown_without_words_of_markup()
    {
        var buttons = MessageContent.OfText("<b>Elige</b>") with { Kind = "buttons", Buttons = [new Choice("a", "Ventas"), new Choice("b", "Soporte")] };

        var drawn = Draw(Screen.Message(AuthorKind.Flow) with { Content = buttons });
        drawn.FindAll(".bubble__choices li").Select(li => li.TextContent).Should().Equal("Ventas", "Soporte");
        drawn.Find(".bubble__text").TextContent.Should().Be("<b>Elige</b>", "what people write is text, never markup");
    }

    [Fact]
    public void A_picture_is_shown_and_one_that_is_not_to_be_had_says_so()
    {
        var message = Screen.Message(AuthorKind.Lead) with { Content = new MessageContent { Kind = "image", Text = "El plano", Media = new MediaRef("1", "image/jpeg") } };
        var drawn = Draw(message);

        drawn.Find("img").GetAttribute("src").Should().Be($"/api/messages/{message.Id}/media");
        drawn.Find("img").GetAttribute("alt").Should().Be("El plano");
        drawn.Find(".bubble__text").TextContent.Should().Be("El plano");

        drawn.Find("img").TriggerEvent("onerror", new Microsoft.AspNetCore.Components.Web.ErrorEventArgs());
        drawn.Find("[data-testid=media]").TextContent.Should().Contain("Imagen: el archivo ya no está disponible");
    }

    [Fact]
    public void Sound_and_film_are_played_and_a_document_is_a_link_by_its_name()
    {
        Draw(Holding("audio")).Find("audio").GetAttribute("aria-label").Should().Be("Audio");
        Draw(Holding("video")).FindAll("video").Should().ContainSingle();
        var document = Draw(Holding("document", "plano.pdf")).Find("[data-testid=media] a");
        document.TextContent.Should().Be("plano.pdf");
        document.GetAttribute("rel").Should().Contain("noopener");
    }

    [Fact]
    public void Sound_that_this_browser_does_not_play_can_be_downloaded()
    {
        var drawn = Draw(Holding("audio"));

        drawn.Find("audio").TriggerEvent("onerror", new Microsoft.AspNetCore.Components.Web.ErrorEventArgs());

        drawn.Find("[data-testid=media] a").TextContent.Should().Be("Audio");
    }

    [Fact]
    public void A_picture_at_an_address_in_the_web_is_a_link_and_not_loaded()
    {
        var drawn = Draw(Screen.Message(AuthorKind.Flow) with { Content = new MessageContent { Kind = "image", Media = new MediaRef("https://shop.example/a.png", null) } });

        drawn.FindAll("img").Should().BeEmpty();
        drawn.Find("[data-testid=media] a").GetAttribute("href").Should().Be("https://shop.example/a.png");
    }

    [Fact]
    public void A_file_that_the_platform_could_not_carry_is_named() =>
        Draw(Screen.Message(AuthorKind.Lead) with { Content = new MessageContent { Kind = "video" } }).Find(".bubble__media").TextContent.Should().Contain("Video");

    private static MessageView Holding(string kind, string? name = null) =>
        Screen.Message(AuthorKind.Lead) with { Content = new MessageContent { Kind = kind, Media = new MediaRef("1", null, name) } };

    [Fact]
    public void A_kind_that_nobody_knows_is_shown_as_such() =>
        Draw(Screen.Message(AuthorKind.Lead) with { Content = new MessageContent { Kind = "hologram" } }).Find(".bubble__media").TextContent.Should().Contain("no entrega aquí");

    public void Dispose() => screen.Dispose();

    private IRenderedComponent<Bubble> Draw(MessageView message) => screen.Bench.Render<Bubble>(p => p.Add(b => b.Message, message));
}
