namespace FlowEngine.Server.Access.SignIn;

/// <summary>The sign-in page's own style sheet, sent within the page so that it needs no second, public address.</summary>
internal static class LoginStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --ink: #14213d; --quiet: #5b6579; --paper: #fff; --ground: #eef2f7; --line: #cdd5e1; --accent: #0f766e; --bad: #b42318; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8edf5; --quiet: #a3aec2; --paper: #18202f; --ground: #0f1520; --line: #37445a; --accent: #2dd4bf; --bad: #fda29b; } }
        * { box-sizing: border-box; }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
        main { width: min(24rem, 100%); background: var(--paper); border-radius: 1rem; padding: 2.25rem 2rem; box-shadow: 0 1px 2px rgb(0 0 0 / .08), 0 12px 32px rgb(0 0 0 / .08); }
        .mark { display: flex; gap: .375rem; margin-bottom: 1rem; }
        .mark span { width: .75rem; height: .75rem; border-radius: 50% 50% 50% 0; background: var(--accent); }
        .mark span:nth-child(2) { opacity: .6; } .mark span:nth-child(3) { opacity: .3; }
        h1 { margin: 0; font-size: 1.5rem; letter-spacing: -.01em; }
        .lead { margin: .25rem 0 1.5rem; color: var(--quiet); }
        .failure { margin: 0 0 1rem; padding: .625rem .75rem; border-radius: .5rem; border: 1px solid currentColor; color: var(--bad); }
        label { display: block; margin: 0 0 .25rem; font-weight: 600; font-size: .875rem; }
        input:not([type=hidden]) { width: 100%; padding: .625rem .75rem; margin-bottom: 1rem; border: 1px solid var(--line); border-radius: .5rem; background: transparent; color: inherit; font: inherit; }
        button { width: 100%; padding: .7rem 1rem; margin-top: .25rem; border: 0; border-radius: .5rem; background: var(--accent); color: var(--paper); font: inherit; font-weight: 600; cursor: pointer; }
        button:hover { filter: brightness(1.08); }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        """;
}
