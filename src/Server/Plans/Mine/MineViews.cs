using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Plans.Mine;

/// <summary>An item in somebody's day.</summary>
internal sealed record MyItemBody
{
    public required PersonBody Customer { get; init; }

    public required MyPlanBody Plan { get; init; }

    public required string Id { get; init; }

    /// <summary>The key of its phase.</summary>
    public required string Phase { get; init; }

    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required string State { get; init; }

    public required int PercentDone { get; init; }

    public required string Start { get; init; }

    public required string Finish { get; init; }

    /// <summary>Time of day in the customer's zone.</summary>
    public required string? At { get; init; }

    public required int? Minutes { get; init; }

    public required decimal? EffortHours { get; init; }

    public required decimal LoggedHours { get; init; }

    public required bool Pinned { get; init; }

    /// <summary>Whether it should be done and is not.</summary>
    public required bool Late { get; init; }

    public required long Version { get; init; }
}

/// <summary>The plan of an item in somebody's day.</summary>
internal sealed record MyPlanBody(string Id, string Title);

/// <summary>What is somebody's to do, over all customers in their reach.</summary>
/// <param name="Date">Which day was asked for; null for today where each customer is.</param>
/// <param name="Overdue">Should be done and is not.</param>
/// <param name="Today">The day lies between start and finish.</param>
/// <param name="Next">Begins within the two weeks after the day.</param>
/// <param name="Meetings">The day's meetings, by their time; they are not in the other lists.</param>
internal sealed record MyDayBody(string? Date, IReadOnlyList<MyItemBody> Overdue, IReadOnlyList<MyItemBody> Today, IReadOnlyList<MyItemBody> Next, IReadOnlyList<MyItemBody> Meetings);

/// <summary>Somebody's own items.</summary>
internal sealed class MineViews(Database database, IBusinessCalendars calendars, ICustomerLookup customers, Clock clock)
{
    /// <summary>Items that begin within so many days after the day are shown as next.</summary>
    private const int DaysAhead = 14;

    private const int MostItems = 1_000;

    public async Task<MyDayBody> Of(Caller caller, PersonId person, LocalDate? date, CancellationToken cancel)
    {
        var now = clock.Now;
        // A day further than any zone is from here covers today everywhere.
        var horizon = (date ?? now.InUtc().Date.PlusDays(1)).PlusDays(DaysAhead);
        var rows = await database.ForCaller(caller, work => work.List<MyItemRow>(
            """
            select i.customer_id, i.plan_id, p.title as plan_title, i.item_id, i.kind, i.phase_key, i.title, i.state, i.percent_done, i.start_date, i.finish_date,
                i.at_minute, i.minutes, i.effort_hours, i.is_pinned, i.version,
                coalesce((select sum(t.hours) from plans_time_entries t
                    where t.customer_id = i.customer_id and t.plan_id = i.plan_id and t.item_id = i.item_id and t.removed_at is null), 0) as logged_hours
            from plans_items i join plans_plans p on p.customer_id = i.customer_id and p.plan_id = i.plan_id
            where i.owner_id = @person and i.state in ('open', 'in-progress') and p.state = 'active' and i.start_date <= @horizon
            order by i.finish_date, i.at_minute nulls first, i.customer_id, i.plan_id, i.ordinal limit @MostItems
            """,
            new { person = person.Value, horizon = horizon.ToDateOnly(), MostItems }), cancel);

        var whose = rows.Select(row => row.CustomerId).Distinct().ToList();
        var about = new Dictionary<Guid, (string Name, LocalDate Today)>();
        foreach (var customer in whose)
        {
            var id = new CustomerId(customer);
            var today = date ?? await database.ForCustomer(id, async work => new PlanDay(await calendars.Of(work, id), now).Today, cancel);
            about[customer] = (await customers.NameOf(id, cancel), today);
        }

        var placed = rows.Select(row => (Row: row, Body: row.ToBody(about[row.CustomerId].Name, about[row.CustomerId].Today), Place: row.PlaceOn(about[row.CustomerId].Today, DaysAhead))).ToList();
        return new MyDayBody(
            PlanText.Of(date), In(DayPlace.Overdue), In(DayPlace.Today), [.. In(DayPlace.Next).OrderBy(item => item.Start, StringComparer.Ordinal)],
            [.. In(DayPlace.Meeting).OrderBy(item => item.At, StringComparer.Ordinal)]);

        IReadOnlyList<MyItemBody> In(DayPlace place) => [.. placed.Where(one => one.Place == place).Select(one => one.Body)];
    }
}

/// <summary>Where an item stands in somebody's day.</summary>
internal enum DayPlace
{
    /// <summary>Too far ahead.</summary>
    Later,

    /// <summary>Should be done and is not.</summary>
    Overdue,

    /// <summary>To be worked on.</summary>
    Today,

    /// <summary>Begins soon.</summary>
    Next,

    /// <summary>A meeting of the day.</summary>
    Meeting,
}

/// <summary>Somebody's item as stored.</summary>
internal sealed class MyItemRow
{
    private const int MinutesOfAnHour = 60;

    public Guid CustomerId { get; init; }

    public Guid PlanId { get; init; }

    public string PlanTitle { get; init; } = "";

    public Guid ItemId { get; init; }

    public string Kind { get; init; } = "";

    public string PhaseKey { get; init; } = "";

    public string Title { get; init; } = "";

    public string State { get; init; } = "";

    public int PercentDone { get; init; }

    public DateOnly StartDate { get; init; }

    public DateOnly FinishDate { get; init; }

    public int? AtMinute { get; init; }

    public int? Minutes { get; init; }

    public decimal? EffortHours { get; init; }

    public decimal LoggedHours { get; init; }

    public bool IsPinned { get; init; }

    public long Version { get; init; }

    public DayPlace PlaceOn(LocalDate day, int daysAhead)
    {
        var (start, finish) = (LocalDate.FromDateOnly(StartDate), LocalDate.FromDateOnly(FinishDate));
        return finish < day ? DayPlace.Overdue
            : start > day.PlusDays(daysAhead) ? DayPlace.Later
            : start > day ? DayPlace.Next
            : Kind == ItemKinds.Meeting ? DayPlace.Meeting
            : DayPlace.Today;
    }

    public MyItemBody ToBody(string customerName, LocalDate today) => new()
    {
        Customer = new PersonBody(new CustomerId(CustomerId).ToString(), customerName),
        Plan = new MyPlanBody(new PlanId(PlanId).ToString(), PlanTitle),
        Id = new PlanItemId(ItemId).ToString(),
        Phase = PhaseKey,
        Kind = Kind,
        Title = Title,
        State = State,
        PercentDone = PercentDone,
        Start = PlanText.Of(LocalDate.FromDateOnly(StartDate)),
        Finish = PlanText.Of(LocalDate.FromDateOnly(FinishDate)),
        At = AtMinute is { } minute ? PlanText.Of(new LocalTime(minute / MinutesOfAnHour, minute % MinutesOfAnHour)) : null,
        Minutes = Minutes,
        EffortHours = EffortHours,
        LoggedHours = LoggedHours,
        Pinned = IsPinned,
        Late = LocalDate.FromDateOnly(FinishDate) < today,
        Version = Version,
    };
}
