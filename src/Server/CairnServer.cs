using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cairn.Server.Access;
using Cairn.Server.Customers;
using Cairn.Server.Ingest;
using Cairn.Server.Notify;
using Cairn.Server.Plans;
using Cairn.Server.Platform;
using Cairn.Server.Playbooks;
using Cairn.Server.Receipts;
using Microsoft.AspNetCore.HttpOverrides;

namespace Cairn.Server;

/// <summary>How the server listens.</summary>
/// <param name="Urls">Addresses, for instance <c>http://localhost:5080</c>.</param>
/// <param name="CertificatePath">A PEM certificate for https addresses.</param>
/// <param name="KeyPath">Its PEM key.</param>
/// <param name="IsBehindProxy">A proxy in front terminates TLS, so plain HTTP beyond loopback is meant.</param>
internal sealed record ListenOptions(IReadOnlyList<string> Urls, string? CertificatePath = null, string? KeyPath = null, bool IsBehindProxy = false)
{
    /// <summary>The default, because passkeys and secure cookies need <c>localhost</c> or TLS.</summary>
    public const string DefaultUrl = PublicAddress.Default;

    /// <summary>Refuses what would send keys and payloads in clear over a network.</summary>
    public void Check()
    {
        foreach (var url in Urls)
        {
            var address = BindingAddress.Parse(url);
            var isPlain = address.Scheme.Equals("http", StringComparison.OrdinalIgnoreCase);
            if (isPlain && !IsBehindProxy && !IsLoopback(address.Host))
            {
                throw new InstallationException(
                    $"{url} would carry keys and payloads unprotected. Give --cert and --key for https, listen on http://localhost:5080, or say --trusted-proxy when a proxy in front terminates TLS.");
            }

            if (!isPlain && (CertificatePath is null || KeyPath is null))
            {
                throw new InstallationException($"{url} needs a certificate: give --cert FILE.pem and --key FILE.pem.");
            }
        }
    }

    /// <summary>The certificate for https; <see langword="null"/> when none is given.</summary>
    /// <exception cref="InstallationException">A file is not there or holds no such thing; the message names both.</exception>
    public X509Certificate2? Certificate()
    {
        try
        {
            return CertificatePath is null ? null : X509Certificate2.CreateFromPemFile(CertificatePath, KeyPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InstallationException($"The certificate cannot be used: --cert {CertificatePath} and --key {KeyPath} must be PEM files that belong together. {e.Message}", e);
        }
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}

/// <summary>The web server over an opened installation: the same for <c>serve</c>, the demo and the tests.</summary>
internal static class CairnServer
{
    /// <summary>How long requests in flight may take to end when the server stops.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(20);

    /// <summary>Builds the server and maps everything; the caller starts it and disposes it.</summary>
    public static async Task<WebApplication> Build(Installation installation, ListenOptions listen, CancellationToken cancel)
    {
        listen.Check();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "cairn" });
        Configure(builder, listen);
        Composition.Add(builder.Services, installation);
        ReceiptsModule.AddJobs(builder.Services);
        AccessModule.AddJobs(builder.Services);
        IngestModule.AddJobs(builder.Services);
        NotifyModule.AddJobs(builder.Services);
        PlansModule.AddJobs(builder.Services);
        builder.Services.AddSingleton(new PublicAddress(installation.Options.PublicUrl, listen.Urls[0]));
        builder.Services.AddHostedService<NotificationsJob>();
        builder.Services.AddSingleton<LiveStream>();
        if (installation.Embedded is { } embedded)
        {
            embedded.Restarted += installation.Database.ForgetConnections;
            builder.Services.AddHostedService(services => new DatabaseSupervisor(embedded, services.GetRequiredService<ILogger<DatabaseSupervisor>>()));
        }

        var app = builder.Build();
        await Composition.FirstStart(app.Services, cancel);
        Map(app, listen);
        return app;
    }

    private static void Configure(WebApplicationBuilder builder, ListenOptions listen)
    {
        builder.Configuration.AddInMemoryCollection([new("ReloadStaticAssetsAtRuntime", "false")]);
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Npgsql", LogLevel.Warning)
            // Its only messages are of information level, but while it is on every request gets an Activity for them.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.WebHost.UseUrls([.. listen.Urls]);
        builder.WebHost.UseStaticWebAssets();
        // A request is read, and its answer sent, on the pool's thread that heard of it, instead of one hop each. That is safe
        // because no handler blocks; the thread that polls the sockets stays apart (decision 0013).
        builder.WebHost.UseSockets(sockets =>
        {
            sockets.UnsafePreferInlineScheduling = true;
            // One call less a request, for 4 KiB a connection that waits.
            sockets.WaitForDataBeforeAllocatingBuffer = false;
        });
        var certificate = listen.Certificate();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.RequestHeaderEncodingSelector = header => IngestModule.HeaderEncoding(header)!;
            if (certificate is not null)
            {
                kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate);
            }
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Drain);
        builder.Services.ConfigureHttpJsonOptions(json => JsonShape.Apply(json.SerializerOptions));
        ApiDocument.Add(builder.Services);
    }

    private static void Map(WebApplication app, ListenOptions listen)
    {
        if (listen.IsBehindProxy)
        {
            // Said by --trusted-proxy: whoever reaches this address is the proxy, and its headers tell the client's scheme, host and address.
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All };
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
            app.UseForwardedHeaders(forwarded);
        }

        app.UseProblems();
        app.UseCairnWeb();
        app.UseCallers();
        HealthEndpoints.Map(app);
        ApiDocument.Map(app);
        AccessModule.Map(app);
        CustomersModule.Map(app);
        PlaybooksModule.Map(app);
        IngestModule.Map(app);
        ReceiptsModule.Map(app);
        NotifyModule.Map(app);
        PlansModule.Map(app);
        Policies.RequireStated(app);
    }
}

/// <summary>Keeps the embedded database running as long as the server runs.</summary>
internal sealed class DatabaseSupervisor(EmbeddedPostgres embedded, ILogger<DatabaseSupervisor> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => embedded.SuperviseAsync(log, stoppingToken);
}
