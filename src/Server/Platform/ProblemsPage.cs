using System.Text;
using Markdig;

namespace Cairn.Server.Platform;

/// <summary>The page that the <c>type</c> of every problem points to: <c>docs/api/problems.md</c>, which a test keeps complete, as HTML.</summary>
internal static class ProblemsPage
{
    public const string Path = "/docs/problems";

    public static byte[] Render()
    {
        using var stream = typeof(ProblemsPage).Assembly.GetManifestResourceStream("problems.md")
            ?? throw new InvalidOperationException("The program was built without docs/api/problems.md.");
        using var reader = new StreamReader(stream);
        var body = Markdown.ToHtml(reader.ReadToEnd(), new MarkdownPipelineBuilder().UsePipeTables().Build());
        return Encoding.UTF8.GetBytes(
            $$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <script src="/boot.js"></script>
            <link rel="icon" href="/favicon.svg" type="image/svg+xml">
            <title>Problems · Cairn</title>
            <style>
            html { --page: #ffffff; --bar: #f6f6f7; --text: #1b1b1f; --soft: #4a4a53; --line: #e1e1e6; --mark: #efeefe; --link: #453dc4; scroll-padding-top: 64px; }
            html[data-mantine-color-scheme="dark"] { --page: #121317; --bar: #0b0c0e; --text: #e7e7ea; --soft: #bdbec6; --line: #25262c; --mark: #22213f; --link: #aaa6f8; color-scheme: dark; }
            body { margin: 0; background: var(--page); color: var(--text); font: 14px/1.6 "Inter Variable", ui-sans-serif, system-ui, sans-serif; }
            header { position: sticky; top: 0; display: flex; align-items: center; gap: 10px; height: 48px; padding: 0 16px; border-bottom: 1px solid var(--line); background: var(--bar); font-size: 13px; }
            header a { display: flex; align-items: center; gap: 9px; color: inherit; font-weight: 600; font-size: 14px; text-decoration: none; }
            header span { color: var(--soft); }
            header .more { margin-left: auto; font-weight: 400; font-size: 13px; }
            main { max-width: 860px; margin: 0 auto; padding: 24px 16px 80px; }
            h1 { font-size: 22px; } h2 { font-size: 16px; margin: 40px 0 8px; }
            a { color: var(--link); }
            table { width: 100%; border-collapse: collapse; } th { text-align: left; color: var(--soft); font-weight: 500; font-size: 12px; }
            th, td { padding: 8px 12px 8px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
            td:first-child { width: 14em; } tr:has(a:target) { background: var(--mark); }
            code, pre { font: 12.5px/1.5 ui-monospace, "SF Mono", Menlo, "DejaVu Sans Mono", monospace; } code { overflow-wrap: anywhere; }
            pre { overflow-x: auto; padding: 12px; border: 1px solid var(--line); border-radius: 8px; background: var(--bar); }
            @media (max-width: 40em) { td, th { display: block; width: auto !important; border: 0; padding: 0 0 4px; } thead { display: none; } tr { display: block; padding: 10px 0; border-bottom: 1px solid var(--line); } }
            </style>
            </head>
            <body>
            <header><a href="/"><img src="/favicon.svg" alt="" width="22" height="22">Cairn</a><span>Problems</span><a class="more" href="/docs">API reference</a></header>
            <main>
            {{body}}</main>
            </body>
            </html>
            """);
    }
}
