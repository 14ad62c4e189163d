using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Customers.Team;

/// <summary>Puts members of the staff into a customer's team, changes their places, removes and restores them.</summary>
internal sealed class ChangeTeam(Database database, LedgerAppender ledger, Clock clock, ICustomerLookup customers, IPeopleLookup people)
{
    /// <param name="faults">What reading the input found already, so that one answer tells all.</param>
    public async Task<Outcome<TeamMember>> Add(CustomerId customer, TeamMemberDraft draft, Actor actor, InputFaults faults, CancellationToken cancel)
    {
        var details = TeamRules.Check(draft, await Today(customer, cancel), faults);
        if (!details.IsOk)
        {
            return details.Problem;
        }

        if (await Person(details.Value.Person, cancel) is not { IsActive: true } person)
        {
            return CustomersProblems.PersonUnknown;
        }

        var member = new TeamMember(new TeamMemberId(NewId.Next()), details.Value, clock.NowMilliseconds, Version: 1);
        return await database.ForCustomer<Outcome<TeamMember>>(customer, async work =>
        {
            if (await Refuse(work, customer, member) is { } problem)
            {
                return problem;
            }

            await TeamStore.Add(work, customer, member);
            await ledger.Record(work, customer, new RecordChange("team-member.created", actor, "team-member", member.Id.ToString())
            {
                SubjectName = person.Name,
                After = TeamMemberBody.Recorded(member, person),
            });
            return member;
        }, cancel);
    }

    /// <param name="place">Which place of which customer's team, at which version.</param>
    /// <param name="change">Lays the change over the place as it is, and notes what it cannot read.</param>
    public async Task<Outcome<TeamMember>> Change(
        RecordPlace<TeamMemberId> place, Func<TeamMemberDraft, InputFaults, TeamMemberDraft> change, Actor actor, CancellationToken cancel)
    {
        var today = await Today(place.Customer, cancel);
        var names = (await people.Staff(cancel)).ToDictionary(person => person.Id);
        return await database.ForCustomer<Outcome<TeamMember>>(place.Customer, async work =>
        {
            var found = await Load(work, place);
            if (!found.IsOk)
            {
                return found.Problem;
            }

            var before = found.Value;
            var faults = new InputFaults();
            var details = TeamRules.Check(change(TeamInput.DraftOf(before.Details), faults), today, faults);
            if (!details.IsOk)
            {
                return details.Problem;
            }

            var after = before with { Details = details.Value, Version = before.Version + 1 };
            if (!names.TryGetValue(after.Details.Person, out var person) || (!person.IsActive && after.Details.Person != before.Details.Person))
            {
                return CustomersProblems.PersonUnknown;
            }

            var changed = ChangedMembers.Between(TeamMemberBody.Recorded(before, names[before.Details.Person]), TeamMemberBody.Recorded(after, person));
            if (!changed.Any)
            {
                return before;
            }

            if (await Refuse(work, place.Customer, after) is { } problem)
            {
                return problem;
            }

            await TeamStore.Update(work, place.Customer, after);
            await ledger.Record(work, place.Customer, new RecordChange("team-member.changed", actor, "team-member", after.Id.ToString())
            {
                SubjectName = person.Name,
                Before = changed.Was,
                After = changed.Became,
            });
            return after;
        }, cancel);
    }

    /// <returns>The refusal, or <see langword="null"/>.</returns>
    public async Task<Problem?> Remove(RecordPlace<TeamMemberId> place, Actor actor, CancellationToken cancel)
    {
        var names = (await people.Staff(cancel)).ToDictionary(person => person.Id);
        return await database.ForCustomer(place.Customer, async work =>
        {
            var found = await Load(work, place);
            if (!found.IsOk)
            {
                return found.Problem;
            }

            var person = names[found.Value.Details.Person];
            await TeamStore.Remove(work, place.Customer, place.Id, clock.NowMilliseconds);
            await ledger.Record(work, place.Customer, new RecordChange("team-member.removed", actor, "team-member", place.Id.ToString())
            {
                SubjectName = person.Name,
                Before = TeamMemberBody.Recorded(found.Value, person),
            });
            return null;
        }, cancel);
    }

    /// <summary>Brings a removed place back as it was, unless it overlaps with one that came since. One that is there stays as it is.</summary>
    public async Task<Outcome<TeamMember>> Restore(CustomerId customer, TeamMemberId id, Actor actor, CancellationToken cancel)
    {
        var names = (await people.Staff(cancel)).ToDictionary(person => person.Id);
        return await database.ForCustomer<Outcome<TeamMember>>(customer, async work =>
        {
            await CustomersStore.Lock(work, customer);
            if (await TeamStore.Find(work, customer, id) is not { } row)
            {
                return CustomersProblems.TeamMemberNotFound;
            }

            var member = row.ToMember();
            if (row.RemovedAt is null)
            {
                return member;
            }

            member = member with { Version = member.Version + 1 };
            if (await Refuse(work, customer, member) is { } problem)
            {
                return problem;
            }

            var person = names[member.Details.Person];
            await TeamStore.Update(work, customer, member);
            await ledger.Record(work, customer, new RecordChange("team-member.restored", actor, "team-member", id.ToString())
            {
                SubjectName = person.Name,
                After = TeamMemberBody.Recorded(member, person),
            });
            return member;
        }, cancel);
    }

    /// <summary>Why the place cannot stand beside the others of the team; holds off other changes of it.</summary>
    private static async Task<Problem?> Refuse(DbWork work, CustomerId customer, TeamMember member)
    {
        await CustomersStore.Lock(work, customer);
        var others = (await TeamStore.List(work, customer)).Select(row => row.ToMember()).Where(other => other.Id != member.Id).ToList();
        return others.Count >= TeamRules.MostMembers ? CustomersProblems.TooManyOf("places in its team", TeamRules.MostMembers)
            : others.Exists(other => other.Details.Overlaps(member.Details)) ? CustomersProblems.TeamMemberOverlaps
            : null;
    }

    private static async Task<Outcome<TeamMember>> Load(DbWork work, RecordPlace<TeamMemberId> place)
    {
        await CustomersStore.Lock(work, place.Customer);
        return await TeamStore.Find(work, place.Customer, place.Id) is not { RemovedAt: null } row ? CustomersProblems.TeamMemberNotFound
            : row.Version != place.Version ? CustomersProblems.LostRace(row.Version)
            : row.ToMember();
    }

    private async Task<StaffName?> Person(PersonId id, CancellationToken cancel) => (await people.Staff(cancel)).FirstOrDefault(person => person.Id == id);

    private async Task<LocalDate> Today(CustomerId customer, CancellationToken cancel) => clock.Now.InZone(await customers.ZoneOf(customer, cancel)).Date;
}
