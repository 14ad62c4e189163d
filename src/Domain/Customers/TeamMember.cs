using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Customers;

/// <summary>Names one person's place in a customer's team: <c>tmb_…</c>.</summary>
public readonly record struct TeamMemberId(Guid Value) : ITypedId<TeamMemberId>
{
    /// <inheritdoc/>
    public static string Prefix => "tmb";

    /// <inheritdoc/>
    public static TeamMemberId Of(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => TypedId.Format(this);
}

/// <summary>A member of the staff who works for a customer in one job role, for a while. Several may share a role.</summary>
/// <param name="Id">Which place in the team.</param>
/// <param name="Details">Who, as what, when.</param>
/// <param name="CreatedAt">Since when it is recorded.</param>
/// <param name="Version">Counts the changes, from 1.</param>
public sealed record TeamMember(TeamMemberId Id, TeamMemberDetails Details, Instant CreatedAt, long Version);

/// <summary>Who works for a customer, as what, from which day to which.</summary>
/// <param name="Person">The member of the staff.</param>
/// <param name="Role">One of <see cref="JobRoles"/>.</param>
/// <param name="From">The first day, in the customer's zone.</param>
/// <param name="Until">The last day, included; <see langword="null"/> while no end is known.</param>
public sealed record TeamMemberDetails(PersonId Person, string Role, LocalDate From, LocalDate? Until)
{
    /// <summary>Whether they work for the customer on a day.</summary>
    public bool IsOn(LocalDate day) => From <= day && (Until is not { } until || day <= until);

    /// <summary>Whether this says the same of the same person for some day.</summary>
    public bool Overlaps(TeamMemberDetails other) =>
        Person == other.Person && Role == other.Role
        && (other.Until is not { } theirEnd || From <= theirEnd) && (Until is not { } ourEnd || other.From <= ourEnd);
}

/// <summary>What somebody writes about a place in a team, unchecked.</summary>
/// <param name="Person">The id of a member of the staff; required.</param>
/// <param name="Role">One of <see cref="JobRoles"/>; required.</param>
/// <param name="From">The first day; today when absent.</param>
/// <param name="Until">The last day, if an end is known.</param>
public sealed record TeamMemberDraft(string? Person, string? Role, string? From, string? Until);

/// <summary>What a place in a team takes.</summary>
public static class TeamRules
{
    /// <summary>The most places of one team, past ones included.</summary>
    public const int MostMembers = 500;

    /// <summary>The roles of which the first that is filled owns the customer.</summary>
    public static IReadOnlyList<string> OwnerRoles { get; } = ["csm", "csm-lead", "vp-customer-success"];

    /// <summary>Checks a draft. That the person exists is for the caller to find out.</summary>
    public static Outcome<TeamMemberDetails> Check(TeamMemberDraft draft, LocalDate today, InputFaults faults)
    {
        PersonId person = default;
        if (draft.Person is null)
        {
            faults.Add("/person", InputFaults.MemberMissing, "'person' is required: the id of a member of the staff (per_…).");
        }
        else if (!TypedId.TryParse(draft.Person, out person))
        {
            faults.Add("/person", "person-unknown", "No member of the staff has that id.");
        }

        if (draft.Role is null)
        {
            faults.Add("/role", InputFaults.MemberMissing, $"'role' is required: one of {string.Join(", ", JobRoles.All)}.");
        }

        var role = faults.OneOf("/role", draft.Role, JobRoles.All, "job-role-unknown") ?? "";
        var from = CustomerRules.Date("/from", draft.From, faults) ?? today;
        var until = CustomerRules.Date("/until", draft.Until, faults);
        if (until < from)
        {
            faults.Add("/until", "date-order", "'until' lies before the first day.");
        }

        return faults.Any ? faults.ToProblem() : new TeamMemberDetails(person, role, from, until);
    }

    /// <summary>Who owns the customer among those who work for it on a day: the CSM, else the lead; the longest-serving of several.</summary>
    public static TeamMember? OwnerOf(IEnumerable<TeamMember> team, LocalDate day) => team
        .Where(member => member.Details.IsOn(day) && OwnerRoles.Contains(member.Details.Role))
        .OrderBy(member => OwnerRoles.ToList().IndexOf(member.Details.Role)).ThenBy(member => member.Details.From).ThenBy(member => member.Id.Value)
        .FirstOrDefault();
}
