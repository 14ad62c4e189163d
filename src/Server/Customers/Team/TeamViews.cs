using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Customers.Team;

/// <summary>A customer's owner and whether it is one of the caller's own.</summary>
internal sealed record Ownership(OwnerBody? Owner, bool? IsMine);

/// <summary>The reading side of teams.</summary>
internal sealed class TeamViews(Database database, Clock clock, IPeopleLookup people)
{
    /// <summary>Everybody in the team: current, coming and past, in the order of the roles.</summary>
    public async Task<IReadOnlyList<TeamMemberBody>> Team(CustomerId customer, CancellationToken cancel)
    {
        var rows = await database.ForCustomer(customer, work => TeamStore.List(work, customer), cancel);
        return await Shown(rows, cancel);
    }

    public async Task<TeamMemberBody?> One(CustomerId customer, TeamMemberId member, CancellationToken cancel) =>
        await database.ForCustomer(customer, work => TeamStore.Find(work, customer, member), cancel) is { RemovedAt: null } row
            ? (await Shown([row], cancel))[0]
            : null;

    /// <summary>Who can be chosen for a team: everybody on the staff who has not left.</summary>
    public async Task<IReadOnlyList<ColleagueBody>> Colleagues(CancellationToken cancel) =>
        [.. (await people.Staff(cancel)).Where(person => person.IsActive).Select(person => new ColleagueBody(person.Id.ToString(), person.Name))];

    /// <summary>The staff by id. Ask before a transaction: it takes one of its own.</summary>
    public async Task<IReadOnlyDictionary<PersonId, StaffName>> Names(CancellationToken cancel) => (await people.Staff(cancel)).ToDictionary(person => person.Id);

    /// <summary>Who owns these customers today, in their own zones.</summary>
    public async Task<IReadOnlyDictionary<Guid, Ownership>> OwnershipOf(
        Caller caller, DbWork work, Guid[] customers, IReadOnlyDictionary<PersonId, StaffName> names)
    {
        PersonId? own = caller.Kind == CallerKind.Person && TypedId.TryParse<PersonId>(caller.Actor.Id, out var id) ? id : null;
        var now = clock.Now;
        var teams = (await TeamStore.OfCustomers(work, customers)).ToLookup(row => row.CustomerId);
        return customers.ToDictionary(customer => customer, customer => Of(teams[customer].ToList(), own, now, names));
    }

    private static Ownership Of(List<TeamRow> team, PersonId? own, Instant now, IReadOnlyDictionary<PersonId, StaffName> names)
    {
        var current = team.Where(row => row.ToMember().Details.IsOn(row.DayAt(now))).Select(row => row.ToMember()).ToList();
        var owner = current.Count == 0 ? null : TeamRules.OwnerOf(current, team[0].DayAt(now));
        return new Ownership(
            owner is null ? null : new OwnerBody(owner.Details.Person.ToString(), names.GetValueOrDefault(owner.Details.Person)?.Name ?? "?", owner.Details.Role),
            own is { } me ? current.Exists(member => member.Details.Person == me) : null);
    }

    private async Task<IReadOnlyList<TeamMemberBody>> Shown(IReadOnlyList<TeamRow> rows, CancellationToken cancel)
    {
        var names = await Names(cancel);
        var now = clock.Now;
        var roles = JobRoles.All.ToList();
        return
        [
            .. rows.OrderBy(row => roles.IndexOf(row.JobRole)).ThenBy(row => row.FromDate).ThenBy(row => row.MemberId)
                .Select(row => TeamMemberBody.Of(row.ToMember(), row.DayAt(now), names)),
        ];
    }
}
