using FlowEngine.Engine.Outbox;

namespace FlowEngine.Server.Channels.WebChat;

/// <summary>The chat of websites: its channel, its page and the calls of its page. Everything here is open to strangers, and nothing else of the server is.</summary>
public static class WebChatSetup
{
    public static IServiceCollection AddWebChat(this IServiceCollection services, IConfiguration configuration)
    {
        var limits = configuration.GetSection("FlowEngine:WebChat").Get<ChatLimits>() ?? new ChatLimits();
        services.AddSingleton(limits);
        services.AddSingleton<AddressPace>();
        services.AddSingleton<VisitorPace>();
        services.AddSingleton<VisitorTokens>();
        services.AddSingleton<FileReceipts>();
        services.AddSingleton<ChatThread>();
        services.AddSingleton<IChannel, WebChatChannel>();
        return services;
    }

    public static WebApplication MapWebChat(this WebApplication app)
    {
        ChatFiles.Map(app);
        ChatPage.Map(app);
        var chat = app.MapGroup("/chat/{connection}").AllowAnonymous().ExcludeFromDescription();
        StartSession.Map(Calls(chat, VisitorNeed.None));
        var ofVisitors = Calls(chat, VisitorNeed.Always);
        ReadThread.Map(ofVisitors);
        WriteMessage.Map(ofVisitors);
        MarkSeen.Map(ofVisitors);
        ChatStream.Map(ofVisitors);
        BringFile.Map(ofVisitors);
        OpenFile.Map(Calls(chat, VisitorNeed.ForAFile));
        return app;
    }

    private static RouteGroupBuilder Calls(RouteGroupBuilder chat, VisitorNeed need) =>
        chat.MapGroup("").AddEndpointFilterFactory((_, next) => ChatCall.Guard(next, need));
}
