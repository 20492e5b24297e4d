using System.Net;
using System.Text;
using FlowEngine.Tests.Stores;

namespace FlowEngine.BrowserTests;

/// <summary>
/// A company's website with the chat's script tag, on a name and port of its own: to the browser, another site than the server.
/// </summary>
internal sealed class Site : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly string page;

    private Site(int port, Uri server)
    {
        Origin = $"http://localhost:{port}";
        page = $"""
            <!doctype html><html lang="es"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Reformas Aurora</title>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-site'; img-src data:; script-src {server}; frame-src {server}">
            <link rel="icon" href="data:,"><style nonce="site">:root {"{"} color-scheme: light dark; font: 18px/1.6 Georgia, serif {"}"} body {"{"} max-width: 40rem; margin: 3rem auto; padding: 0 1rem {"}"}</style></head>
            <body><h1>Reformas Aurora</h1><p>Cocinas y baños desde 1996. Presupuesto en 48 horas y garantía por escrito.</p><a href="/contacto">Contacto</a>
            <script src="{server}chat/widget.js" data-connection="web" async></script></body></html>
            """;
        listener.Prefixes.Add(Origin + "/");
        listener.Start();
        _ = Serve();
    }

    public string Origin { get; }

    public static Site Open(Uri server)
    {
        return new Site(FreePort.Next(), server);
    }

    public void Dispose() => listener.Close();

    private async Task Serve()
    {
        try
        {
            while (listener.IsListening)
            {
                var http = await listener.GetContextAsync();
                try
                {
                    await Show(http.Response);
                }
                catch (HttpListenerException)
                {
                    // The browser has gone on to the next page.
                }
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Show(HttpListenerResponse answer)
    {
        answer.ContentType = "text/html; charset=utf-8";
        await answer.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(page));
        answer.Close();
    }
}
