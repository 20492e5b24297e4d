namespace FlowEngine.Server.Inbox.Screens.Shell;

/// <summary>The theme that the first byte of the page was already drawn in, so that nothing flashes.</summary>
public sealed record StartTheme(bool Dark);
