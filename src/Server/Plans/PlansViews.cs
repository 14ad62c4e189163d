using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Plans.Hours;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans;

/// <summary>Plans as they are shown.</summary>
internal sealed class PlansViews(Database database, IBusinessCalendars calendars, IPeopleLookup people, Clock clock)
{
    /// <summary>A customer's plans, the newest first, each worked out.</summary>
    public async Task<IReadOnlyList<PlanSummaryBody>> List(CustomerId customer, CancellationToken cancel)
    {
        var names = await Names(cancel);
        return await database.ForCustomer<IReadOnlyList<PlanSummaryBody>>(customer, async work =>
        {
            var summaries = new List<PlanSummaryBody>();
            foreach (var row in await PlansStore.List(work, customer))
            {
                if (await PlansStore.Find(work, customer, new PlanId(row.PlanId)) is { } plan)
                {
                    summaries.Add((await Show(work, customer, plan, names)).Summary());
                }
            }

            return summaries;
        }, cancel);
    }

    /// <summary>One plan with everything in it.</summary>
    public async Task<PlanView?> One(CustomerId customer, PlanId plan, CancellationToken cancel)
    {
        var names = await Names(cancel);
        return await database.ForCustomer(
            customer, async work => await PlansStore.Find(work, customer, plan) is { } found ? await Show(work, customer, found, names) : null, cancel);
    }

    /// <summary>A plan with what is needed to show it, within a transaction.</summary>
    public async Task<PlanView> Show(DbWork work, CustomerId customer, Plan plan, IReadOnlyDictionary<PersonId, StaffName> names) =>
        new(customer, plan, await Today(work, customer), names)
        {
            Marks = await PlansStore.Marks(work, customer, plan.Id),
            Logged = await HoursStore.ByItem(work, customer, plan.Id),
        };

    /// <summary>The customer's calendar now.</summary>
    public async Task<PlanDay> Today(DbWork work, CustomerId customer) => new(await calendars.Of(work, customer), clock.NowMilliseconds);

    /// <summary>The staff by id. Ask before a transaction: it takes one of its own.</summary>
    public async Task<IReadOnlyDictionary<PersonId, StaffName>> Names(CancellationToken cancel) => (await people.Staff(cancel)).ToDictionary(person => person.Id);
}
