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
    }

    public static void Map(IEndpointRouteBuilder routes) => IngestEndpoints.Map(routes);

    /// <summary>How the web server reads a header's bytes; <see langword="null"/> leaves it to the server.</summary>
    public static System.Text.Encoding? HeaderEncoding(string header) => CloudEventReader.EncodingOf(header);
}
