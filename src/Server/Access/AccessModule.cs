using Cairn.Server.Access.Portal;
using Cairn.Server.Platform;

namespace Cairn.Server.Access;

/// <summary>The front door of Access: API keys, people, sessions.</summary>
internal static class AccessModule
{
    public static IServiceCollection Add(IServiceCollection services) => PortalModule.Add(services)
        .AddSingleton<CustomerScope>()
        .AddSingleton<KnownApiKeys>()
        .AddSingleton<ICallerRecognizer, RecognizeCaller>()
        .AddSingleton<Passwords>()
        .AddSingleton<SignInGuard>()
        .AddSingleton<CreateApiKey>()
        .AddSingleton<RevokeApiKey>()
        .AddSingleton<LimitApiKey>()
        .AddSingleton<SignIn>()
        .AddSingleton<SignOut>()
        .AddSingleton<SetUpAdministrator>()
        .AddSingleton<EnsureAdministrator>()
        .AddSingleton<AccessViews>()
        .AddSingleton<IPeopleLookup, AccessDirectory>();

    /// <summary>What only a running server needs; a command line process does without.</summary>
    public static IServiceCollection AddJobs(IServiceCollection services) => PortalModule.AddJobs(services)
        .AddSingleton<INotificationListener, HearRevocations>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        AccessEndpoints.Map(routes);
        PortalModule.Map(routes);
    }
}
