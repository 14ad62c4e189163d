using Cairn.Server.Access.Keys;
using Cairn.Server.Access.People;
using Cairn.Server.Access.Sessions;
using Cairn.Server.Platform;

namespace Cairn.Server.Access;

/// <summary>The front door of Access: API keys, people, sessions.</summary>
internal static class AccessModule
{
    public static IServiceCollection Add(IServiceCollection services) => AddPeople(AddOwn(services));

    private static IServiceCollection AddPeople(IServiceCollection services) => services
        .AddSingleton<CommonPasswords>()
        .AddSingleton<Permissions>()
        .AddSingleton<PeopleViews>()
        .AddSingleton<InvitePerson>()
        .AddSingleton<ChangePerson>()
        .AddSingleton<DeactivatePerson>()
        .AddSingleton<SetPassword>()
        .AddSingleton<ChangePassword>()
        .AddSingleton<PasswordResets>()
        .AddSingleton<SignInFailures>()
        .AddSingleton<RotateApiKey>()
        .AddSingleton<EndSessions>()
        .AddSingleton<ChangeSessionLimits>();

    private static IServiceCollection AddOwn(IServiceCollection services) => services
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
    public static IServiceCollection AddJobs(IServiceCollection services) => services
        .AddHostedService<PasswordResetsJob>()
        .AddHostedService<SignInFailuresJob>()
        .AddHostedService<PurgeSessionsJob>()
        .AddSingleton<INotificationListener, HearRevocations>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        // A list that is missing stops the start, not the first password.
        routes.ServiceProvider.GetRequiredService<CommonPasswords>();
        AccessEndpoints.Map(routes);
        ApiKeysEndpoints.Map(routes);
        SessionsEndpoints.Map(routes);
        PeopleEndpoints.Map(routes);
        PasswordEndpoints.Map(routes);
    }
}
