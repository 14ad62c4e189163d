namespace Cairn.Server.Access.Portal;

/// <summary>What Access registers for the portal.</summary>
internal static class PortalModule
{
    public static IServiceCollection Add(IServiceCollection services) => services
        .AddSingleton<RecognizePortalCaller>()
        .AddSingleton<PortalMail>()
        .AddSingleton<InvitePerson>()
        .AddSingleton<ChangePortalPerson>()
        .AddSingleton<PortalAskGuard>()
        .AddSingleton<AskForLink>()
        .AddSingleton<EnterPortal>()
        .AddSingleton<LeavePortal>()
        .AddSingleton<ShareRecord>()
        .AddSingleton<SeeAsPerson>()
        .AddSingleton<ShareViews>()
        .AddSingleton<PortalViews>();

    public static IServiceCollection AddJobs(IServiceCollection services) => services.AddHostedService<SignInLinksJob>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        PortalPeopleEndpoints.Map(routes);
        SharesEndpoints.Map(routes);
        PortalEndpoints.Map(routes);
    }
}
