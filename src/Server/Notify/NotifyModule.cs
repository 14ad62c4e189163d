using Cairn.Server.Platform;

namespace Cairn.Server.Notify;

/// <summary>The front door of Notify: messages to people, by the inbox in the application and by mail.</summary>
internal static class NotifyModule
{
    public static IServiceCollection Add(IServiceCollection services) => services
        .AddSingleton<IOutbox, Outbox>()
        .AddSingleton<SmtpMail>()
        .AddSingleton<SendTestMail>()
        .AddSingleton<SendAgain>()
        .AddSingleton<ReadInbox>()
        .AddSingleton<DeliverMessages>();

    /// <summary>What only a running server needs.</summary>
    public static IServiceCollection AddJobs(IServiceCollection services) => services
        .AddSingleton<MessageSignals>()
        .AddSingleton<INotificationListener>(provider => provider.GetRequiredService<MessageSignals>())
        .AddSingleton<InboxStream>()
        .AddHostedService<DeliveriesJob>();

    public static void Map(IEndpointRouteBuilder routes) => NotifyEndpoints.Map(routes);
}
