using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Cairn.Server.Platform;

/// <summary>
/// Serves the web application that <c>Web.targets</c> builds, and puts the security headers of every answer in place.
/// Pages are those addresses that no endpoint claims and that do not look like the API, an asset or a probe;
/// each of them gets the same <c>index.html</c>, whose router knows the rest, and those of the portal <c>portal.html</c>.
/// </summary>
internal static class WebApp
{
    /// <summary>What a browser may load: this server alone. Mantine writes its variables in a style element, hence the one exception.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>A year. Not said on the machine's own name, where it would hold for every other program that is tried there.</summary>
    private const string StayWithTls = "max-age=31536000; includeSubDomains";

    private const string Revalidate = "no-cache";
    private const string Immutable = "public,max-age=31536000,immutable";
    private const string Manifest = "cairn.staticwebassets";

    /// <summary>First segments that are never a page: a wrong address below them must stay a 404.</summary>
    private static readonly string[] NotPages = ["/v1", "/openapi", "/assets", "/docs", "/healthz", "/readyz", "/metrics"];

    /// <summary>Adds headers, assets, pages and the API reference to <paramref name="app"/>; call it before endpoints are mapped.</summary>
    public static void UseCairnWeb(this WebApplication app)
    {
        UseHeaders(app);
        var assets = MapAssets(app);
        var index = Page.Read(assets, "index.html");
        var reference = Page.Read(assets, "docs.html");
        var problems = Page.Of(ProblemsPage.Render());
        var portal = Page.Read(assets, "portal.html");
        app.Use((context, next) =>
        {
            // Routing has spoken already. An endpoint that refuses the method counts as one, so 405 stays 405.
            var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
            if (context.GetEndpoint() is not null || !isRead)
            {
                return next(context);
            }

            var path = context.Request.Path;
            if (reference is not null && (path == "/docs" || path == "/docs/"))
            {
                return reference.SendAsync(context);
            }

            if (path == ProblemsPage.Path)
            {
                return problems.SendAsync(context);
            }

            if (!IsPage(path))
            {
                return next(context);
            }

            // The customers' own people get a page of their own, which knows nothing of the staff's.
            return portal is not null && path.StartsWithSegments("/portal") ? portal.SendAsync(context)
                : index is not null ? index.SendAsync(context)
                : path == "/" ? SayNotBuiltAsync(context)
                : next(context);
        });
    }

    /// <summary>Whether an address that no endpoint claims is one of the application's own. A name with an extension is a missing file.</summary>
    internal static bool IsPage(PathString path) =>
        !NotPages.Any(first => path.StartsWithSegments(first))
        && !Path.HasExtension(path.Value);

    private static void UseHeaders(WebApplication app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        // Addresses name customers and events: no other site learns them. "no-referrer" would also hide the origin
        // that a check against forged requests may want to see.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps && !IsThisMachine(context.Request.Host.Host))
        {
            headers.StrictTransportSecurity = StayWithTls;
        }

        if (context.Request.Path.StartsWithSegments("/assets"))
        {
            // Vite names these files by their content, which MapStaticAssets does not know and would let expire.
            context.Response.OnStarting(() =>
            {
                if (context.Response.StatusCode is 200 or 206 or 304)
                {
                    headers.CacheControl = Immutable;
                }

                return Task.CompletedTask;
            });
        }

        return next(context);
    });

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>
    /// Maps what the build found, wherever the process was started from: the content root is the current directory,
    /// while the files lie beside the program (published) or where its build manifest says (not published).
    /// </summary>
    private static IFileProvider? MapAssets(WebApplication app)
    {
        var directory = AppContext.BaseDirectory;
        var endpoints = Path.Combine(directory, Manifest + ".endpoints.json");
        if (!File.Exists(endpoints))
        {
            return null;
        }

        var published = Path.Combine(directory, "wwwroot");
        var runtime = Path.Combine(directory, Manifest + ".runtime.json");
        if (File.Exists(runtime))
        {
            if (!HasItsDirectories(runtime))
            {
                return null;
            }

            // Without this a build that is not published answers compressed files with 200 and an empty body.
            app.Configuration[WebHostDefaults.StaticWebAssetsKey] = runtime;
            StaticWebAssetsLoader.UseStaticWebAssets(app.Environment, app.Configuration);
        }
        else if (Directory.Exists(published))
        {
            app.Environment.WebRootPath = published;
            app.Environment.WebRootFileProvider = new PhysicalFileProvider(published);
        }

        // In Development the server would otherwise compress each answer anew, badly, and never answer 304.
        app.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        app.MapStaticAssets(endpoints).RequirePolicy(Policies.Public);
        return app.Environment.WebRootFileProvider;
    }

    /// <summary>A build without the web application leaves the manifest of an earlier one behind, whose directories are gone.</summary>
    private static bool HasItsDirectories(string manifest)
    {
        using var stream = File.OpenRead(manifest);
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.GetProperty("ContentRoots").EnumerateArray().All(root => Directory.Exists(root.GetString()));
    }

    private static Task SayNotBuiltAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = Revalidate;
        return context.Response.WriteAsync(
            "The web application was not built into this server; build it without -p:BuildWeb=false. The API is under /v1.\n");
    }

    /// <summary>One HTML file, held in memory: it is small, and it names the assets that this very process serves. The tag is weak because it stands for both forms.</summary>
    private sealed record Page(byte[] Body, byte[] Compressed, EntityTagHeaderValue Tag)
    {
        private const string Brotli = "br";

        public static Page? Read(IFileProvider? files, string name)
        {
            if (files?.GetFileInfo(name) is not { Exists: true } file)
            {
                return null;
            }

            using var stream = file.CreateReadStream();
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            return Of(memory.ToArray());
        }

        private static byte[] Compress(byte[] body)
        {
            using var memory = new MemoryStream();
            using (var brotli = new BrotliStream(memory, CompressionLevel.SmallestSize))
            {
                brotli.Write(body);
            }

            return memory.ToArray();
        }

        public static Page Of(byte[] body) =>
            new(body, Compress(body), new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..32]}\"", isWeak: true));

        public Task SendAsync(HttpContext context)
        {
            var response = context.Response;
            // A browser that kept an old page would ask for assets that are gone.
            response.Headers.CacheControl = Revalidate;
            response.Headers.Vary = "Accept-Encoding";
            response.GetTypedHeaders().ETag = Tag;
            if (context.Request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Compare(Tag, useStrongComparison: false)))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }

            response.ContentType = "text/html; charset=utf-8";
            var isCompressed = context.Request.GetTypedHeaders().AcceptEncoding.Any(one => one.Value == Brotli && one.Quality is null or > 0);
            var body = isCompressed ? Compressed : Body;
            if (isCompressed)
            {
                response.Headers.ContentEncoding = Brotli;
            }

            response.ContentLength = body.Length;
            return HttpMethods.IsHead(context.Request.Method)
                ? Task.CompletedTask
                : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
        }
    }
}
