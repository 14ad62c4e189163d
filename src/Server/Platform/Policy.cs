using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

/// <summary>Who may call a route. Every mapped route states one; a route without one is refused at start.</summary>
/// <param name="Name">How the authorisation matrix names it.</param>
internal sealed record Policy(string Name)
{
    /// <summary>The API-key scopes of which one is enough; empty when no key may.</summary>
    public IReadOnlyList<string> AnyScope { get; init; } = [];

    /// <summary>The least role of the staff who may; <see langword="null"/> when no person may.</summary>
    public StaffRole? LeastRole { get; init; }

    /// <summary>Whether a key that belongs to a customer is refused, because the route reaches beyond one customer.</summary>
    public bool IsOperatorOnly { get; init; }

    /// <summary>Whether a person who reaches only some customers is refused, because what comes of it is none of theirs.</summary>
    public bool TakesFullReach { get; init; }

    /// <summary>Whether it is a page of the portal, for the customer's own people and for nobody else. No other route is for them.</summary>
    public bool IsPortal { get; init; }

    /// <summary>The roles at the customer (<see cref="Domain.Foundation.PortalRoles"/>) of which one is needed in the portal; empty when any will do.</summary>
    public IReadOnlyList<string> PortalRoles { get; init; } = [];

    /// <summary>Whether nobody needs to be recognised at all.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Why this caller may not; <see langword="null"/> when they may. That the customer is theirs is checked by <see cref="CustomerScope"/>.</summary>
    public Problem? Refuse(Caller caller)
    {
        switch (caller.Kind)
        {
            case var _ when IsPublic:
            case CallerKind.CommandLine:
                return null;
            case CallerKind.Anonymous:
                return PlatformProblems.AuthenticationRequired;
            case CallerKind.PortalPerson:
                return !IsPortal ? PlatformProblems.StaffRequired
                    : PortalRoles.Count > 0 && !PortalRoles.Any(caller.PortalRoles.Contains) ? PlatformProblems.PortalRoleMissing(PortalRoles)
                    : null;
            case var _ when IsPortal:
                return PlatformProblems.PortalPersonRequired;
            case CallerKind.Person:
                return LeastRole is not { } least ? PlatformProblems.KeyRequired
                    : caller.Role is not { } role || role < least ? PlatformProblems.RoleMissing(least)
                    : TakesFullReach && caller.Reach is not null ? PlatformProblems.ReachLimited
                    : null;
            case CallerKind.ApiKey:
                return AnyScope.Count == 0 ? PlatformProblems.PersonRequired
                    : !AnyScope.Any(caller.Scopes.Contains) ? PlatformProblems.ScopeMissing(AnyScope)
                    : IsOperatorOnly && !caller.IsOperator ? PlatformProblems.OperatorRequired
                    : null;
            default:
                throw new InvalidOperationException($"No policy knows the caller kind {caller.Kind}.");
        }
    }
}

/// <summary>All policies there are; the authorisation matrix lists them against every route.</summary>
internal static class Policies
{
    /// <summary>Health, sign-in, documentation, static files: nobody's data.</summary>
    public static Policy Public { get; } = new("public") { IsPublic = true };

    /// <summary>Hand in events.</summary>
    public static Policy IngestEvents { get; } = new("ingest-events") { AnyScope = [Scopes.Ingest], LeastRole = StaffRole.User };

    /// <summary>Read a customer's events, receipts, log and audit trail.</summary>
    public static Policy ReadRecords { get; } = new("read-records") { AnyScope = [Scopes.Read], LeastRole = StaffRole.Viewer };

    /// <summary>Read customers and what belongs to their record; an integration that only manages them needs no access to their events.</summary>
    public static Policy ReadCustomers { get; } = new("read-customers") { AnyScope = [Scopes.Read, Scopes.Admin], LeastRole = StaffRole.Viewer };

    /// <summary>See who is on the staff, by name, to choose from.</summary>
    public static Policy ReadStaffNames { get; } = new("read-staff-names") { AnyScope = [Scopes.Read, Scopes.Admin], LeastRole = StaffRole.Viewer, IsOperatorOnly = true };

    /// <summary>Create customers.</summary>
    public static Policy CreateCustomers { get; } = new("create-customers") { AnyScope = [Scopes.Admin], LeastRole = StaffRole.Manager, IsOperatorOnly = true, TakesFullReach = true };

    /// <summary>Change what the vendor keeps about customers.</summary>
    public static Policy EditCustomers { get; } = new("edit-customers") { AnyScope = [Scopes.Admin], LeastRole = StaffRole.User, IsOperatorOnly = true };

    /// <summary>Create, list and revoke a customer's keys; a customer's own admin key may do so for that customer.</summary>
    public static Policy ManageKeys { get; } = new("manage-keys") { AnyScope = [Scopes.Admin], LeastRole = StaffRole.Manager };

    /// <summary>Say what events of a type must look like and what they mean; the customer's own admin key may too.</summary>
    public static Policy ManageEventTypes { get; } = new("manage-event-types") { AnyScope = [Scopes.Admin], LeastRole = StaffRole.User };

    /// <summary>Decide how much a key may send; the customer's own keys may not.</summary>
    public static Policy LimitKeys { get; } = new("limit-keys") { AnyScope = [Scopes.Admin], LeastRole = StaffRole.Manager, IsOperatorOnly = true };

    /// <summary>Erase payloads for good; the customer decides over its own data, so its own admin key may too.</summary>
    public static Policy ErasePayloads { get; } = new("erase-payloads") { AnyScope = [Scopes.Admin], LeastRole = StaffRole.Admin };

    /// <summary>What concerns the whole installation.</summary>
    public static Policy Administer { get; } = new("administer") { AnyScope = [Scopes.Admin], LeastRole = StaffRole.Admin, IsOperatorOnly = true };

    /// <summary>See who is on the staff; for people only, since a key has no colleagues.</summary>
    public static Policy ReadPeople { get; } = new("read-people") { LeastRole = StaffRole.Viewer };

    /// <summary>Invite people, say what they may do and whose records they reach, end their access. Never for a key: it could make itself an administrator.</summary>
    public static Policy ManagePeople { get; } = new("manage-people") { LeastRole = StaffRole.Admin };

    /// <summary>Create, change and end the operator's own keys; never for a key, which could give itself more scopes.</summary>
    public static Policy ManageOperatorKeys { get; } = new("manage-operator-keys") { LeastRole = StaffRole.Admin };

    /// <summary>See how mail fares, and send it again.</summary>
    public static Policy ManageMessages { get; } = new("manage-messages") { AnyScope = [Scopes.Admin], LeastRole = StaffRole.Manager, IsOperatorOnly = true, TakesFullReach = true };

    /// <summary>Read playbooks and check texts; they are the vendor's, so no customer's key may.</summary>
    public static Policy ReadPlaybooks { get; } = new("read-playbooks") { AnyScope = [Scopes.Read, Scopes.Admin], LeastRole = StaffRole.Viewer, IsOperatorOnly = true };

    /// <summary>Write the installation's own versions of playbooks, by which everybody's plans are made.</summary>
    public static Policy ManagePlaybooks { get; } = new("manage-playbooks") { AnyScope = [Scopes.Admin], LeastRole = StaffRole.Manager, IsOperatorOnly = true, TakesFullReach = true };

    /// <summary>One's own session: any person, no key.</summary>
    public static Policy SignedIn { get; } = new("signed-in") { LeastRole = StaffRole.Viewer };

    /// <summary>See who a customer's people in the portal are, and what is shared with them.</summary>
    public static Policy ReadPortal { get; } = new("read-portal") { AnyScope = [Scopes.Admin], LeastRole = StaffRole.Viewer, IsOperatorOnly = true };

    /// <summary>Invite a customer's people to the portal and decide what is shared with them.</summary>
    public static Policy ManagePortal { get; } = new("manage-portal") { AnyScope = [Scopes.Admin], LeastRole = StaffRole.User, IsOperatorOnly = true };

    /// <summary>Look through the eyes of a customer's person: Managers and above, and whoever is in the customer's team, which the use case checks. No key has eyes.</summary>
    public static Policy SeeAsPortalPerson { get; } = new("see-as-portal-person") { LeastRole = StaffRole.Viewer };

    /// <summary>See customers' plans. Not for a customer's own key: a plan holds what is internal, and what is shared is in the portal.</summary>
    public static Policy ReadPlans { get; } = new("read-plans") { AnyScope = [Scopes.Read, Scopes.Admin], LeastRole = StaffRole.Viewer, IsOperatorOnly = true };

    /// <summary>Start plans, change their items and dates, log time, tick checklists.</summary>
    public static Policy EditPlans { get; } = new("edit-plans") { AnyScope = [Scopes.Admin], LeastRole = StaffRole.User, IsOperatorOnly = true };

    /// <summary>Any page of the portal.</summary>
    public static Policy Portal { get; } = new("portal") { IsPortal = true };

    /// <summary>States who may call a route (or every route of a group), and with that the refusals that follow from it.</summary>
    public static TBuilder RequirePolicy<TBuilder>(this TBuilder builder, Policy policy)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.WithMetadata(policy);
        // Recognising a caller takes the database, so whatever is not public may find it away.
        return policy.IsPublic
            ? builder
            : builder.Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Refuses to start with a route that states no policy. Call it once everything is mapped.</summary>
    public static void RequireStated(IEndpointRouteBuilder routes)
    {
        var unstated = routes.DataSources
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<Policy>() is null)
            .Select(endpoint => endpoint.DisplayName ?? endpoint.RoutePattern.RawText)
            .ToList();
        if (unstated.Count > 0)
        {
            throw new InvalidOperationException("These routes state no policy; add .RequirePolicy(Policies.…): " + string.Join("; ", unstated));
        }
    }
}
