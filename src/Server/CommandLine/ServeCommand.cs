using System.CommandLine;
using Cairn.Server.Platform;

namespace Cairn.Server.CommandLine;

/// <summary><c>cairn serve</c>: the server until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create(CommandContext context)
    {
        var urls = new Option<string>("--urls") { Description = "Addresses to listen on, separated by ';'", HelpName = "URL", DefaultValueFactory = _ => ListenOptions.DefaultUrl };
        var certificate = new Option<FileInfo?>("--cert") { Description = "PEM certificate for https", HelpName = "FILE" };
        var key = new Option<FileInfo?>("--key") { Description = "PEM key of the certificate", HelpName = "FILE" };
        var proxy = new Option<bool>("--trusted-proxy") { Description = "A proxy in front terminates TLS: allow plain HTTP beyond loopback" };
        var command = new Command(
            "serve",
            """
            Start the server.

            The first start makes the database, the master key and the log's name in the data directory, and prints a
            one-time link for the first administrator (or takes CAIRN_ADMIN_EMAIL and CAIRN_ADMIN_PASSWORD).

            Examples:
              cairn serve
              cairn serve --data /srv/cairn --urls http://localhost:5080
              cairn serve --urls https://cairn.example.com --cert cert.pem --key key.pem
              ConnectionStrings__Cairn="Host=db;Username=cairn;Database=cairn" cairn serve
            """)
        { urls, certificate, key, proxy };
        command.SetAction((parsed, cancel) => context.Guard(parsed, async (output, stop) =>
        {
            var listen = new ListenOptions(
                parsed.GetValue(urls)!.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                parsed.GetValue(certificate)?.FullName,
                parsed.GetValue(key)?.FullName,
                parsed.GetValue(proxy));
            return await Run(context.OptionsOf(parsed), listen, FirstAdministrator.Named.FromEnvironment(), output, Console.Error, _ => Task.CompletedTask, stop);
        }, cancel));
        return command;
    }

    /// <summary>Serves until <paramref name="stop"/>; <paramref name="whenStarted"/> runs once requests are answered.</summary>
    public static async Task<int> Run(
        CairnOptions options, ListenOptions listen, FirstAdministrator.Named administrator, Output output, TextWriter? progress, Func<WebApplication, Task> whenStarted, CancellationToken stop)
    {
        listen.Check();
        if (File.Exists(options.Data.FullName))
        {
            throw new InstallationException($"{options.Data.FullName} is a file. Give a directory with --data.");
        }

        options.Data.Create();
        using var alone = ServerLock.TryTake(options.Data);
        if (alone is null && options.IsEmbedded)
        {
            output.Error("already-serving", $"Another server runs on {options.Data.FullName}. Stop it first, or give another --data.");
            return CommandContext.Failed;
        }

        await using var installation = await Installation.Open(options, progress, stop);
        await using var app = await CairnServer.Build(installation, listen, stop);
        await FirstAdministrator.Ensure(app.Services, listen.Urls[0], administrator, stop);
        try
        {
            await app.StartAsync(stop);
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new InstallationException($"{string.Join(", ", listen.Urls)} is in use. Give another address with --urls.", e);
        }

        alone?.Publish(app.Urls.First());
        output.Result(new { urls = app.Urls, data = options.Data.FullName }, console =>
            Console.Out.WriteLine($"Cairn {SystemMetadata.ProgramVersion} answers at {string.Join(", ", app.Urls)}  (Ctrl-C stops it)"));
        await whenStarted(app);
        await app.WaitForShutdownAsync(stop);
        return CommandContext.Done;
    }
}
