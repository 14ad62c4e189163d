using Cairn.Server.Access.Keys;
using Cairn.Server.Access.People;
using Cairn.Server.Access.Sessions;
using Cairn.Server.Access.Passkeys;
using Cairn.Server.Access.SecondFactors;
using Cairn.Server.Access.SingleSignOn;
using Cairn.Server.Access.Portal;
using Cairn.Server.Platform;

namespace Cairn.Server.Access;

/// <summary>The front door of Access: API keys, people, sessions.</summary>
internal static class AccessModule
{
    public static IServiceCollection Add(IServiceCollection services, CairnOptions options) => AddSingleSignOn(AddPeople(AddOwn(PortalModule.Add(services))), options);

    private static IServiceCollection AddPeople(IServiceCollection services) => services
        .AddSingleton<CommonPasswords>()
        .AddSingleton<Permissions>()
        .AddSingleton<PeopleViews>()
        .AddSingleton<People.InvitePerson>()
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
        .AddSingleton<ResetSecondFactors>()
        .AddSingleton<FinishSecondStep>()
        .AddSingleton<ProveAgain>()
        .AddSingleton<SecondFactorDemand>()
        .AddSingleton<SecondFactorsViews>()
        .AddSingleton<AddPasskey>()
        .AddSingleton<UsePasskey>()
        .AddSingleton<ChangePasskey>()
        .AddSingleton<UnlinkIdentity>();

    /// <summary>Only where an operator configured a provider; a mistake in that stops the program here, with the reason.</summary>
    private static IServiceCollection AddSingleSignOn(IServiceCollection services, CairnOptions options) =>
        ProviderOptions.FromEnvironment(name => options.SingleSignOn.GetValueOrDefault(name) is { Length: > 0 } value ? value : null) is not { } provider
            ? services
            : services
                .AddSingleton(provider)
                .AddSingleton<IdentityProvider>()
                .AddSingleton<BeginSingleSignOn>()
                .AddSingleton<FinishSingleSignOn>()
                .AddSingleton<AdmitIdentity>();

    /// <summary>What only a running server needs; a command line process does without.</summary>
    public static IServiceCollection AddJobs(IServiceCollection services) => PortalModule.AddJobs(services)
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
        SecondFactorsEndpoints.Map(routes);
        PasskeysEndpoints.Map(routes);
        SingleSignOnEndpoints.Map(routes);
        PortalModule.Map(routes);
    }
}
