using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Customers.Team;

/// <summary>A place in a team as stored.</summary>
internal sealed class TeamRow
{
    public Guid CustomerId { get; init; }

    public Guid MemberId { get; init; }

    public Guid PersonId { get; init; }

    public string JobRole { get; init; } = "";

    public DateOnly FromDate { get; init; }

    public DateOnly? UntilDate { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public long Version { get; init; }

    public DateTimeOffset? RemovedAt { get; init; }

    /// <summary>The customer's zone, in which the days are meant.</summary>
    public string TimeZone { get; init; } = "";

    public TeamMember ToMember() => new(
        new TeamMemberId(MemberId),
        new TeamMemberDetails(
            new PersonId(PersonId), JobRole, LocalDate.FromDateOnly(FromDate), UntilDate is { } until ? LocalDate.FromDateOnly(until) : null),
        Instant.FromDateTimeOffset(CreatedAt),
        Version);

    /// <summary>Which day a moment falls on where the customer is.</summary>
    public LocalDate DayAt(Instant moment) => moment.InZone(CustomersDirectory.ZoneNamed(TimeZone)).Date;
}

/// <summary>The SQL of teams.</summary>
internal static class TeamStore
{
    private const string Columns =
        """
        t.customer_id, t.member_id, t.person_id, t.job_role, t.from_date, t.until_date, t.created_at, t.version, t.removed_at,
        (select c.time_zone from customers_customers c where c.customer_id = t.customer_id) as time_zone
        """;

    /// <summary>Everybody who is, was or will be in the team, without the removed places.</summary>
    public static Task<IReadOnlyList<TeamRow>> List(DbWork work, CustomerId customer) => work.List<TeamRow>(
        $"select {Columns} from customers_team t where t.customer_id = @customer and t.removed_at is null order by t.from_date, t.member_id",
        new { customer = customer.Value });

    /// <summary>The teams of several customers.</summary>
    public static Task<IReadOnlyList<TeamRow>> OfCustomers(DbWork work, Guid[] customers) => work.List<TeamRow>(
        $"select {Columns} from customers_team t where t.customer_id = any(@customers) and t.removed_at is null", new { customers });

    /// <summary>Every place of one person, whoever's team it is in.</summary>
    public static Task<IReadOnlyList<TeamRow>> OfPerson(DbWork work, PersonId person) => work.List<TeamRow>(
        $"select {Columns} from customers_team t where t.person_id = @person and t.removed_at is null", new { person = person.Value });

    /// <summary>One place, a removed one too.</summary>
    public static Task<TeamRow?> Find(DbWork work, CustomerId customer, TeamMemberId member) => work.Maybe<TeamRow>(
        $"select {Columns} from customers_team t where t.customer_id = @customer and t.member_id = @member",
        new { customer = customer.Value, member = member.Value });

    public static Task Add(DbWork work, CustomerId customer, TeamMember member) => work.Execute(
        """
        insert into customers_team (customer_id, member_id, person_id, job_role, from_date, until_date, created_at, version)
        values (@customer, @member, @person, @role, @from::date, @until::date, @createdAt, @version)
        """,
        Parameters(customer, member));

    /// <summary>Writes all members over the version before; a removed place is there again.</summary>
    public static Task Update(DbWork work, CustomerId customer, TeamMember member) => work.Execute(
        """
        update customers_team set
            person_id = @person, job_role = @role, from_date = @from::date, until_date = @until::date, version = @version, removed_at = null
        where customer_id = @customer and member_id = @member
        """,
        Parameters(customer, member));

    public static Task Remove(DbWork work, CustomerId customer, TeamMemberId member, Instant now) => work.Execute(
        "update customers_team set removed_at = @now, version = version + 1 where customer_id = @customer and member_id = @member",
        new { customer = customer.Value, member = member.Value, now = now.ToDateTimeOffset() });

    private static object Parameters(CustomerId customer, TeamMember member) => new
    {
        customer = customer.Value,
        member = member.Id.Value,
        person = member.Details.Person.Value,
        role = member.Details.Role,
        from = CustomerBody.Text(member.Details.From),
        until = CustomerBody.Text(member.Details.Until),
        createdAt = member.CreatedAt.ToDateTimeOffset(),
        version = member.Version,
    };
}
