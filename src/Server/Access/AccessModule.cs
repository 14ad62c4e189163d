using Cairn.Server.Access.SecondFactors;
using Cairn.Server.Platform;

namespace Cairn.Server.Access;

/// <summary>The front door of Access: API keys, people, sessions.</summary>
internal static class AccessModule
{
    public static IServiceCollection Add(IServiceCollection services) => services
        .AddSingleton<CustomerScope>()
        .AddSingleton<KnownApiKeys>()
        .AddSingleton<ICallerRecognizer, RecognizeCaller>()
        .AddSingleton<Passwords>()
        .AddSingleton<SignInGuard>()
        .AddSingleton<CreateApiKey>()
        .AddSingleton<RevokeApiKey>()
        .AddSingleton<LimitApiKey>()
        .AddSingleton<SignIn>()
        .AddSingleton<AdmitPerson>()
        .AddSingleton<SignOut>()
        .AddSingleton<SetUpAdministrator>()
        .AddSingleton<EnsureAdministrator>()
        .AddSingleton<AccessViews>()
        .AddSingleton<IPeopleLookup, AccessDirectory>()
        .AddSingleton<Tickets>()
        .AddSingleton<FreshProof>()
        .AddSingleton<TotpCodes>()
        .AddSingleton<EnrolTotp>()
        .AddSingleton<RemoveTotp>()
        .AddSingleton<RenewRecoveryCodes>()
        .AddSingleton<FinishSecondStep>()
        .AddSingleton<ProveAgain>()
        .AddSingleton<SecondFactorDemand>()
        .AddSingleton<SecondFactorsViews>();

    /// <summary>What only a running server needs; a command line process does without.</summary>
    public static IServiceCollection AddJobs(IServiceCollection services) => services
        .AddSingleton<INotificationListener, HearRevocations>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        AccessEndpoints.Map(routes);
        SecondFactorsEndpoints.Map(routes);
    }
}
