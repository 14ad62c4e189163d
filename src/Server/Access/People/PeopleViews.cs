using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.People;

/// <summary>A member of the staff as colleagues see them; what is for administrators alone is null for everybody else.</summary>
internal sealed record StaffBody
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    /// <summary>Viewer, User, Manager or Admin.</summary>
    public required string Role { get; init; }

    /// <summary>What they do for customers.</summary>
    public required IReadOnlyList<string> JobRoles { get; init; }

    /// <summary><c>invited</c>, <c>active</c> or <c>deactivated</c>.</summary>
    public required string Status { get; init; }

    public required string CreatedAt { get; init; }

    /// <summary>Counts the changes; send it in If-Match with one.</summary>
    public required long Version { get; init; }

    /// <summary><c>all</c>, <c>portfolio</c> or <c>named</c>. For administrators.</summary>
    public string? Reach { get; init; }

    /// <summary>The customers of reach <c>named</c>. For administrators.</summary>
    public IReadOnlyList<string>? Customers { get; init; }

    /// <summary>The end of an invitation that nobody has followed yet. For administrators.</summary>
    public string? InvitedUntil { get; init; }

    /// <summary>Their last request, to the minute. For administrators.</summary>
    public string? LastSeenAt { get; init; }

    public string? DeactivatedAt { get; init; }

    public static StaffBody Of(ListedPersonRow row, bool forAdministrator)
    {
        var body = new StaffBody
        {
            Id = new PersonId(row.PersonId).ToString(),
            Name = row.Name,
            Email = row.Email,
            Role = row.Role,
            JobRoles = row.JobRoles,
            Status = row.DeactivatedAt is not null ? "deactivated" : row.JoinedAt is null ? "invited" : "active",
            CreatedAt = Text(row.CreatedAt)!,
            Version = row.Version,
            DeactivatedAt = Text(row.DeactivatedAt),
        };
        return !forAdministrator ? body : body with
        {
            Reach = row.Reach,
            Customers = [.. row.ReachCustomers.Select(customer => new CustomerId(customer).ToString())],
            InvitedUntil = row.JoinedAt is null ? Text(row.InvitedUntil) : null,
            LastSeenAt = Text(row.LastSeenAt),
        };
    }

    /// <summary>What the ledger keeps of a person.</summary>
    public static object Recorded(Person person) => new
    {
        name = person.Name,
        email = person.Email,
        role = person.Role.ToString(),
        jobRoles = person.JobRoles,
        reach = person.Reach.Word,
        customers = person.Reach.Customers.Select(customer => customer.ToString()),
    };

    private static string? Text(DateTimeOffset? time) => time is { } value ? Rfc3339.Format(Instant.FromDateTimeOffset(value)) : null;
}

/// <summary>The lists of people.</summary>
internal sealed class PeopleViews(Database database)
{
    /// <summary>A page of the staff, by name; those who left included.</summary>
    public async Task<Page<StaffBody>> List(Caller caller, string? holds, IReadOnlyList<string>? after, int limit, CancellationToken cancel)
    {
        var rows = await database.ForCustomer(CustomerId.Installation, work => PeopleStore.List(work, null, holds, after, limit + 1), cancel);
        var shown = rows.Take(limit).Select(row => StaffBody.Of(row, IsAdministrator(caller))).ToList();
        return new Page<StaffBody>(shown, rows.Count > limit ? PageCursor.Write(rows[limit - 1].SortName, shown[^1].Id) : null);
    }

    /// <summary>One person; <see langword="null"/> when there is nobody of that id.</summary>
    public async Task<StaffBody?> One(Caller caller, PersonId person, CancellationToken cancel) =>
        await database.ForCustomer(CustomerId.Installation, work => PeopleStore.List(work, person, null, null, 1), cancel) is [var row]
            ? StaffBody.Of(row, IsAdministrator(caller))
            : null;

    private static bool IsAdministrator(Caller caller) => caller.Role == StaffRole.Admin || caller.Kind == CallerKind.CommandLine;
}
