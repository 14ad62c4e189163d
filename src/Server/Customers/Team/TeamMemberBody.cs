using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Customers.Team;

/// <summary>A member of the staff by name.</summary>
/// <param name="Id">Who: <c>per_…</c>.</param>
/// <param name="Name">Their name.</param>
internal sealed record ColleagueBody(string Id, string Name);

/// <summary>A member of the staff in a customer's team, as the API shows them.</summary>
internal sealed record TeamMemberBody
{
    public required string Id { get; init; }

    public required ColleagueBody Person { get; init; }

    /// <summary>One of the job roles.</summary>
    public required string Role { get; init; }

    /// <summary>The first day, in the customer's zone.</summary>
    public required string From { get; init; }

    /// <summary>The last day, included; null while no end is known.</summary>
    public required string? Until { get; init; }

    /// <summary><c>past</c>, <c>current</c> or <c>coming</c>, as of today.</summary>
    public required string When { get; init; }

    /// <summary>Counts the changes; send it in If-Match with a change.</summary>
    public required long Version { get; init; }

    public static TeamMemberBody Of(TeamMember member, LocalDate today, IReadOnlyDictionary<PersonId, StaffName> names) => new()
    {
        Id = member.Id.ToString(),
        Person = new ColleagueBody(member.Details.Person.ToString(), names.GetValueOrDefault(member.Details.Person)?.Name ?? "?"),
        Role = member.Details.Role,
        From = CustomerBody.Text(member.Details.From)!,
        Until = CustomerBody.Text(member.Details.Until),
        When = member.Details.IsOn(today) ? "current" : member.Details.From > today ? "coming" : "past",
        Version = member.Version,
    };

    /// <summary>What the ledger keeps of a place in a team.</summary>
    public static RecordedTeamMember Recorded(TeamMember member, StaffName person) => new(
        member.Details.Person.ToString(), person.Name, member.Details.Role, CustomerBody.Text(member.Details.From)!, CustomerBody.Text(member.Details.Until));
}

/// <summary>A place in a team as the ledger keeps it, with the name that the person had then.</summary>
internal sealed record RecordedTeamMember(string Person, string PersonName, string Role, string From, string? Until);

/// <summary>What may be written about a place in a team.</summary>
internal sealed record WriteTeamMemberBody
{
    /// <summary>The id of a member of the staff; required.</summary>
    public string? Person { get; init; }

    /// <summary>A job role such as csm, csm-lead, csm-technical, engineer, support; required.</summary>
    public string? Role { get; init; }

    /// <summary>The first day; today when absent.</summary>
    public string? From { get; init; }

    /// <summary>The last day, included.</summary>
    public string? Until { get; init; }
}

/// <summary>Reads a place in a team from JSON, whole or as a change (RFC 7396).</summary>
internal static class TeamInput
{
    public static TeamMemberDraft Over(JsonInput input, TeamMemberDraft draft)
    {
        string? Text(string name, string? standing) => input.Has(name) ? input.Text(name) : input.Skip(name, standing);

        var read = new TeamMemberDraft(Text("person", draft.Person), Text("role", draft.Role), Text("from", draft.From), Text("until", draft.Until));
        input.Finish();
        return read;
    }

    public static TeamMemberDraft DraftOf(TeamMemberDetails details) => new(
        details.Person.ToString(), details.Role, CustomerBody.Text(details.From), CustomerBody.Text(details.Until));
}
