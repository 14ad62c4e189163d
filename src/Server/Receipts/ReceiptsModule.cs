namespace Cairn.Server.Receipts;

/// <summary>The front door of the receipts module.</summary>
internal static class ReceiptsModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<LogPublisher>();
        services.AddSingleton<FindReceipt>();
        services.AddSingleton<VerifyReceipt>();
        services.AddSingleton<EraseReceipt>();
        services.AddSingleton<ReadAuditTrail>();
        services.AddSingleton<ReadActivity>();
        services.AddSingleton<BatchReceipts>();
        services.AddSingleton<VerifyLog>();
        services.AddSingleton<ExportLog>();
    }

    /// <summary>The jobs of a running server.</summary>
    public static void AddJobs(IServiceCollection services)
    {
        services.AddHostedService<PublishJob>();
        services.AddHostedService<VerificationJob>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        ReceiptsEndpoints.Map(routes);
        LogEndpoints.Map(routes);
        ActivityEndpoints.Map(routes);
    }
}
