using Cairn.Server.Ingest.Entities;
using Cairn.Server.Ingest.Imports;
using Cairn.Server.Ingest.Live;
using Cairn.Server.Ingest.Portal;
using Cairn.Server.Ingest.Quality;
using Cairn.Server.Ingest.Schemas;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest;

/// <summary>The front door of the ingest module.</summary>
internal static class IngestModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<IngestWriter>();
        services.AddSingleton<IngestStore>();
        services.AddSingleton<IngestEvents>();
        services.AddSingleton<IngestStream>();
        services.AddSingleton<PostEvents>();
        services.AddSingleton<EventTypes>();
        services.AddSingleton<EventGate>();
        services.AddSingleton<ChangeEventTypes>();
        services.AddSingleton(provider => EventModels.Load(provider.GetRequiredService<CairnOptions>()));
        services.AddSingleton<FoldEntities>();
        services.AddSingleton<LogFollowers>();
        services.AddSingleton<QualityFollower>();
        services.AddSingleton<IngestMeter>();
        services.AddSingleton<WatchQuality>();
        services.AddSingleton<ReadQuality>();
        services.AddSingleton<ImportQueue>();
        services.AddSingleton<RunImport>();
        services.AddSingleton<IShareable, ShareableReceipts>();
        services.AddSingleton<IShareable, ShareableQuality>();
    }

    /// <summary>How the web server reads a header's bytes; <see langword="null"/> leaves it to the server.</summary>
    public static System.Text.Encoding? HeaderEncoding(string header) => CloudEventReader.EncodingOf(header);

    /// <summary>The jobs of a running server.</summary>
    public static void AddJobs(IServiceCollection services)
    {
        services.AddSingleton<ILogFollower>(provider => provider.GetRequiredService<FoldEntities>());
        services.AddSingleton<ILogFollower>(provider => provider.GetRequiredService<QualityFollower>());
        services.AddHostedService<FollowLogsJob>();
        services.AddHostedService<QualityJob>();
        services.AddHostedService<ImportsJob>();
        services.AddSingleton<LogSignals>();
        services.AddSingleton<INotificationListener>(provider => provider.GetRequiredService<LogSignals>());
        services.AddSingleton<EventsStream>();
        services.AddHostedService<AnnounceLogsJob>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Models with faults are refused at the start, not at the first event.
        routes.ServiceProvider.GetRequiredService<EventModels>();
        IngestEndpoints.Map(routes);
        EntitiesEndpoints.Map(routes);
        SchemasEndpoints.Map(routes);
        QualityEndpoints.Map(routes);
        ImportsEndpoints.Map(routes);
        StreamEndpoints.Map(routes);
        PortalQualityEndpoints.Map(routes);
    }
}
