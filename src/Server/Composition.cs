using Cairn.Domain.Foundation;
using Cairn.Server.Access;
using Cairn.Server.Customers;
using Cairn.Server.Ingest;
using Cairn.Server.Notify;
using Cairn.Server.Plans;
using Cairn.Server.Platform;
using Cairn.Server.Playbooks;
using Cairn.Server.Receipts;

namespace Cairn.Server;

/// <summary>Puts the modules together, the same way for the server and for every command.</summary>
internal static class Composition
{
    /// <summary>Registers every module. Background jobs are the server's own and are added by it.</summary>
    public static void Add(IServiceCollection services, Installation installation)
    {
        services.AddSingleton(installation);
        services.AddSingleton(installation.Options);
        services.AddSingleton(installation.Database);
        services.AddSingleton(installation.Box);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Clock>();
        services.AddSingleton(new PublicAddress(installation.Options.PublicUrl, ListenOptions.DefaultUrl));
        services.AddSingleton<SystemMetadata>();
        services.AddSingleton<LedgerSecrets>();
        services.AddSingleton<LedgerWakeUp>();
        services.AddSingleton<RateLimiter>();
        services.AddSingleton<RotateMasterKey>();
        services.AddSingleton<OutboundHttp>();
        services.AddSingleton<LedgerAppender>();
        services.AddSingleton<Idempotency>();
        services.AddSingleton<PortalReads>();
        AccessModule.Add(services, installation.Options);
        CustomersModule.Add(services);
        PlaybooksModule.Add(services);
        ReceiptsModule.Add(services);
        IngestModule.Add(services);
        NotifyModule.Add(services);
        PlansModule.Add(services);
    }

    /// <summary>The services of a command, which has no web host.</summary>
    public static ServiceProvider Build(Installation installation)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddSimpleConsole(console => console.SingleLine = true)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning));
        Add(services, installation);
        return services.BuildServiceProvider();
    }

    /// <summary>What happens once in the life of an installation: the log's name, the signing key, the installation's own log. Safe to call at every start.</summary>
    public static async Task FirstStart(IServiceProvider services, CancellationToken cancel)
    {
        var database = services.GetRequiredService<Database>();
        var options = services.GetRequiredService<CairnOptions>();
        var ledger = services.GetRequiredService<LedgerAppender>();
        await database.ForOperator(async work =>
        {
            // One at a time: two programs at their first start must not open the installation's log twice.
            await work.Execute("select pg_advisory_xact_lock(@number)", new { number = 0x0CA1_0002L });
            await InstallationSettings.EnsureLogName(work, options.LogName);
            await services.GetRequiredService<SigningKeys>().Ensure(work);
            if (!await InstallationSettings.HasOwnLog(work))
            {
                await ledger.OpenLog(work, CustomerId.Installation, await InstallationSettings.LogName(work));
                await ledger.Record(work, CustomerId.Installation, new RecordChange("installation.started", Actor.System, "installation", CustomerId.Installation.ToString())
                {
                    After = new { version = SystemMetadata.ProgramVersion },
                });
            }

            return true;
        }, cancel);
    }

    /// <summary>Signs checkpoints over what a command appended, for when no server runs that would.</summary>
    public static async Task PublishAll(IServiceProvider services, CancellationToken cancel)
    {
        var publisher = services.GetRequiredService<LogPublisher>();
        foreach (var customer in await services.GetRequiredService<Database>().ForOperator(ReceiptsStore.Unpublished, cancel))
        {
            await publisher.Publish(CustomerId.Of(customer), cancel);
        }
    }
}
