namespace FlowEngine.Server.Access.SignIn;

/// <summary>Where to go after signing in: only within this site, so that nobody can be led elsewhere by a crafted link.</summary>
public static class LocalUrl
{
    public static string OrRoot(string? url) => IsLocal(url) ? url! : "/";

    /// <summary>One slash and then neither slash nor backslash (browsers read <c>//host</c> and <c>/\host</c> as another site), and no control characters.</summary>
    private static bool IsLocal(string? url) =>
        url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(char.IsControl);
}
