using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Calendars;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Customers.Calendars;

/// <summary>Writes and removes versions of a customer's calendar.</summary>
internal sealed class ChangeCalendars(Database database, LedgerAppender ledger, Clock clock, ICustomerLookup customers, HolidayTables holidays)
{
    /// <summary>What was written.</summary>
    /// <param name="Row">The version as it stands now.</param>
    /// <param name="IsNew">Whether none began on that day before.</param>
    public sealed record Written(CalendarRow Row, bool IsNew);

    /// <summary>A version of a calendar, as somebody saw it.</summary>
    public sealed record RecordVersion(CustomerId Customer, LocalDate ValidFrom, long Version);

    /// <param name="expected">The version that a change of an existing calendar is based on; a refusal of its own when there is none in the request.</param>
    /// <param name="faults">What reading the input found already, so that one answer tells all.</param>
    public async Task<Outcome<Written>> Put(CustomerId customer, CalendarDraft draft, Outcome<long> expected, Actor actor, InputFaults faults, CancellationToken cancel)
    {
        var zone = await customers.ZoneOf(customer, cancel);
        holidays.Check(draft.HolidayCountry, draft.HolidayRegion, faults);
        var made = CalendarRules.Check(draft, zone.Id, faults);
        if (!made.IsOk)
        {
            return made.Problem;
        }

        var calendar = made.Value;
        return await database.ForCustomer<Outcome<Written>>(customer, async work =>
        {
            await CustomersStore.Lock(work, customer);
            var before = await CalendarsStore.Find(work, customer, calendar.ValidFrom);
            if (before is not null && !expected.IsOk)
            {
                return expected.Problem;
            }

            if (before is not null && before.Version != expected.Value)
            {
                return CustomersProblems.LostRace(before.Version);
            }

            if (before is null && (await CalendarsStore.List(work, customer)).Count >= CalendarRules.MostVersions)
            {
                return CustomersProblems.TooManyOf("versions of its calendar", CalendarRules.MostVersions);
            }

            return await Save(work, customer, before, calendar, actor);
        }, cancel);
    }

    /// <summary>
    /// Adds closed days to a version. A date that is closed there already keeps its name.
    /// </summary>
    public Task<Outcome<Written>> AddClosedDays(RecordVersion at, IReadOnlyList<ClosedDay> days, Actor actor, CancellationToken cancel) =>
        database.ForCustomer<Outcome<Written>>(at.Customer, async work =>
        {
            await CustomersStore.Lock(work, at.Customer);
            if (await CalendarsStore.Find(work, at.Customer, at.ValidFrom) is not { } before)
            {
                return CustomersProblems.CalendarNotFound;
            }

            if (before.Version != at.Version)
            {
                return CustomersProblems.LostRace(before.Version);
            }

            var calendar = before.ToCalendar().WithClosedDays(days);
            return calendar.IsOk ? await Save(work, at.Customer, before, calendar.Value, actor) : calendar.Problem;
        }, cancel);

    /// <returns>The refusal, or <see langword="null"/>.</returns>
    public Task<Problem?> Remove(CustomerId customer, LocalDate validFrom, long version, Actor actor, CancellationToken cancel) =>
        database.ForCustomer(customer, async work =>
        {
            await CustomersStore.Lock(work, customer);
            if (await CalendarsStore.Find(work, customer, validFrom) is not { } row)
            {
                return CustomersProblems.CalendarNotFound;
            }

            if (row.Version != version)
            {
                return CustomersProblems.LostRace(row.Version);
            }

            await CalendarsStore.Remove(work, customer, validFrom);
            await Record(work, customer, validFrom, actor, RecordedCalendar.Of(row.ToCalendar()), null);
            return null;
        }, cancel);

    private async Task<Written> Save(DbWork work, CustomerId customer, CalendarRow? before, CustomerCalendar calendar, Actor actor)
    {
        var changed = before is null ? null : ChangedMembers.Between(RecordedCalendar.Of(before.ToCalendar()), RecordedCalendar.Of(calendar));
        if (changed is null or { Any: true })
        {
            await CalendarsStore.Put(work, customer, calendar, (before?.Version ?? 0) + 1, actor, clock.NowMilliseconds);
            await Record(work, customer, calendar.ValidFrom, actor, changed?.Was, changed is null ? RecordedCalendar.Of(calendar) : changed.Became);
        }

        return new Written((await CalendarsStore.Find(work, customer, calendar.ValidFrom))!, before is null);
    }

    private Task Record(DbWork work, CustomerId customer, LocalDate validFrom, Actor actor, object? before, object? after)
    {
        var action = before is null ? "calendar.created" : after is null ? "calendar.removed" : "calendar.changed";
        return ledger.Record(work, customer, new RecordChange(action, actor, "calendar", CustomerBody.Text(validFrom)!) { Before = before, After = after });
    }
}
