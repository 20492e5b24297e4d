using FlowEngine.Conversations;

namespace FlowEngine.Engine.Connections;

/// <summary>What a way to the lead can do and demands. Everybody asks these, nobody the name of the kind.</summary>
/// <param name="Window">Its rule for free text.</param>
/// <param name="AddressedBy">The kind of alias that a lead must have to be written to; null when any will do.</param>
/// <param name="HasReports">Whether its provider reports by itself what became of each message.</param>
/// <param name="CarriesFiles">Whether files reach the lead and come from it: pictures, sound, film, documents.</param>
/// <param name="RepeatsSafely">The same message twice is one message there, so that a send whose outcome is unknown is simply made again.</param>
public sealed record ChannelCapabilities(WindowKind Window, string? AddressedBy = null, bool RepeatsSafely = false, bool HasReports = false, bool CarriesFiles = false)
{
    private static readonly ChannelCapabilities WhatsApp = new(WindowKind.Sliding, "waId", HasReports: true, CarriesFiles: true);
    private static readonly ChannelCapabilities WebChat = new(WindowKind.None, "chat", RepeatsSafely: true, CarriesFiles: true);
    private static readonly ChannelCapabilities Api = new(WindowKind.None);
    private static readonly ChannelCapabilities Unknown = new(WindowKind.Sliding);

    public static ChannelCapabilities Of(string kind) => kind switch
    {
        "whatsapp" => WhatsApp,
        "webchat" => WebChat,
        "api" => Api,
        _ => Unknown,
    };
}
