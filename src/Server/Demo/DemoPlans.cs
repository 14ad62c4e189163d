using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using Cairn.Domain.Plans;
using Cairn.Server.Plans;
using Cairn.Server.Plans.Hours;
using Cairn.Server.Plans.Reflows;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Demo;

/// <summary>A plan of the demo: which playbook, and on which of its days today is. Below 1 it is still to begin.</summary>
internal sealed record DemoPlan(string Customer, string Playbook, int Day)
{
    /// <summary>The plans of the demo, in states that fit their customers.</summary>
    public static IReadOnlyList<DemoPlan> All { get; } =
    [
        new(Flagship, "implementation-30-day", 18),
        new("Northgate Logistics", "warehouse-onboarding-90-day", 11),
        new("Signalhouse", "implementation-30-day", 29),
        new("Maple Street Retail", "value-implementation-21-day", -8),
        new("Lumen Learning", "workflow-platform-90-day", 124),
    ];

    /// <summary>The customer whose plan has slipped, was moved, and is shown in full.</summary>
    public const string Flagship = "Fernhill Outdoor";
}

/// <summary>Starts the demo's plans as many days ago as they are old, and lets time have passed: work done, hours logged, a task that slipped, reflows.</summary>
internal sealed class DemoPlans(IServiceProvider services, DemoStaff staff)
{
    /// <summary>Items that should be done and are not, on a plan that runs.</summary>
    private const int Late = 2;

    private readonly SavePlan save = services.GetRequiredService<SavePlan>();

    /// <summary>Starts the plan of a customer, if it is to have one.</summary>
    /// <param name="customer">Whose plan.</param>
    /// <param name="record">What the demo says of the customer.</param>
    /// <param name="number">The customer's place in the list, which decides who of the staff acts.</param>
    /// <param name="today">Today.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>What came of it, for people; <see langword="null"/> when there is no plan.</returns>
    public async Task<string?> Start(CustomerId customer, DemoCustomer record, int number, LocalDate today, CancellationToken cancel)
    {
        if (DemoPlan.All.FirstOrDefault(plan => plan.Customer == record.Name) is not { } wanted)
        {
            return null;
        }

        var order = new PlanStartOrder(wanted.Playbook, null, today.PlusDays(1 - wanted.Day), $"{record.Name}: {(wanted.Playbook.Contains("implementation", StringComparison.Ordinal) ? "implementation" : "onboarding")}");
        var lead = staff.Actor(0);
        var made = Fits(await services.GetRequiredService<StartPlan>().Run(customer, order, lead, null, cancel));
        TypedId.TryParse<PlanId>(made.Id, out var id);
        var place = (customer, id);
        if (wanted.Customer == DemoPlan.Flagship)
        {
            // What was done before the slip, the slip, and what was done since.
            await Pass(place, today.PlusDays(-7), 0, staff.Actor(1), cancel);
            await Slip(place, today, lead, cancel);
            await ChangeOnesMind(place, staff.Actor(1), cancel);
        }

        await Pass(place, today, wanted.Day > 100 ? 0 : Late, staff.Actor(1 + (number % 2)), cancel);
        await LogHours(place, today, staff.Actor(3 + (number % 2)), cancel);
        return $"day {wanted.Day} of {made.Playbook.Title}";
    }

    /// <summary>Lets everything that ended before a day be done on its last day, but for a few that are late; the latest of them is half done.</summary>
    private Task<bool> Pass((CustomerId Customer, PlanId Plan) place, LocalDate today, int late, Actor by, CancellationToken cancel) => Change(place, by, plan =>
    {
        var over = plan.Items.Where(item => item.IsLive && item.Finish < today).OrderByDescending(item => item.Finish).ToList();
        var behind = over.Where(item => item.Kind is ItemKinds.Task or ItemKinds.Deliverable).Take(late).Select(item => item.Id).ToList();
        var begun = plan.Items.Where(item => item.State == PlanItemState.Open && item.Kind == ItemKinds.Task && item.Start < today && item.Finish >= today).Select(item => item.Id).ToHashSet();
        return plan with
        {
            Items =
            [
                .. plan.Items.Select(item => behind.Contains(item.Id) ? item with { State = PlanItemState.InProgress, PercentDone = 50 }
                    : item.IsLive && item.Finish < today ? Done(item)
                    : begun.Contains(item.Id) ? item with { State = PlanItemState.InProgress, PercentDone = 30 }
                    : item),
            ],
        };
    }, cancel);

    private static PlanItem Done(PlanItem item) => item with
    {
        State = PlanItemState.Done,
        PercentDone = 100,
        DoneOn = item.Finish,
        Checklist = [.. item.Checklist.Select(entry => entry with { IsDone = true, By = "The team", At = item.Finish!.Value.AtMidnight().InUtc().ToInstant() })],
    };

    /// <summary>A task takes longer than planned, and what follows moves.</summary>
    private async Task Slip((CustomerId Customer, PlanId Plan) place, LocalDate today, Actor by, CancellationToken cancel)
    {
        var plan = await Find(place, cancel);
        var followed = plan.Items.SelectMany(item => item.After).Select(one => one.Item).ToHashSet();
        var slipped = plan.Items.Where(item => item.IsLive && item.Kind == ItemKinds.Task && followed.Contains(item.Id) && item.Finish >= today.PlusDays(-7))
            .OrderBy(item => item.Finish).ThenByDescending(item => item.EffortHours ?? 0).FirstOrDefault();
        if (slipped is not null)
        {
            await Reflow(place, plan, new ReflowChange { Item = slipped.Id, WorkingDays = slipped.WorkingDays + 2 }, "Two of the five sources came without their history; the rest takes two more days.", by, cancel);
        }
    }

    /// <summary>Somebody moves a meeting, and then takes it back.</summary>
    private async Task ChangeOnesMind((CustomerId Customer, PlanId Plan) place, Actor by, CancellationToken cancel)
    {
        var plan = await Find(place, cancel);
        if (plan.Items.Where(item => item.IsLive && item.Kind is ItemKinds.Meeting or ItemKinds.Task).OrderByDescending(item => item.Start).FirstOrDefault() is not { Start: { } start } last)
        {
            return;
        }

        var moved = await Reflow(place, plan, new ReflowChange { Item = last.Id, Start = start.PlusDays(2) }, "The sponsor travels that week.", by, cancel);
        TypedId.TryParse<ReflowId>(moved.Reflow.Id, out var reflow);
        Fits(await services.GetRequiredService<ReverseReflow>().Run((place.Customer, place.Plan, moved.Plan.Version), reflow, by, null, cancel));
    }

    private async Task<ReflowedBody> Reflow((CustomerId Customer, PlanId Plan) place, Plan plan, ReflowChange change, string reason, Actor by, CancellationToken cancel) =>
        Fits(await services.GetRequiredService<ReflowPlan>().Run(
            (place.Customer, place.Plan, plan.Version), (_, _) => new ReflowOrder(new ReflowRequest([change]), reason, AcceptsConflicts: true), by, null, cancel));

    /// <summary>Hours on what was worked on, a little more than planned on every third.</summary>
    private async Task LogHours((CustomerId Customer, PlanId Plan) place, LocalDate today, Actor by, CancellationToken cancel)
    {
        var log = services.GetRequiredService<LogTime>();
        var worked = (await Find(place, cancel)).Items.Where(item => item is { EffortHours: > 0, IsCustomers: false, Start: not null } && item.PercentDone > 0).OrderBy(item => item.Start).Take(25);
        foreach (var (at, item) in worked.Index())
        {
            var hours = Math.Clamp(Math.Round(item.EffortHours!.Value * item.PercentDone / 100 * (at % 3 == 0 ? 1.25m : 0.9m) * 4) / 4, 0.25m, 8);
            var day = LocalDate.Min(item.Finish!.Value, today);
            Fits(await log.Log(place, item.Id, _ => new TimeEntryDraft(day, hours, null, null), by, null, cancel));
        }
    }

    private async Task<Plan> Find((CustomerId Customer, PlanId Plan) place, CancellationToken cancel) =>
        await services.GetRequiredService<Database>().ForCustomer(place.Customer, work => PlansStore.Find(work, place.Customer, place.Plan), cancel)
        ?? throw new InvalidOperationException("A plan of the demo is gone.");

    /// <summary>Changes items as if it had been done day by day: how far each was is noted on the day it was.</summary>
    private async Task<bool> Change((CustomerId Customer, PlanId Plan) place, Actor by, Func<Plan, Plan> change, CancellationToken cancel) =>
        Fits(await save.Run<bool>(place, by, (_, found) =>
        {
            var after = change(found.Plan);
            var before = found.Plan.Items.ToDictionary(item => item.Id);
            var done = after.Items.Where(item => item.DoneOn is not null && before[item.Id].DoneOn is null).ToList();
            return Task.FromResult<Outcome<PlanChange>>(new PlanChange(after, new RecordChange("plan.changed", by, "plan", found.Plan.Id.ToString())
            {
                SubjectName = found.Plan.Title,
                After = new { done = done.Count },
            })
            {
                Also = async (work, plan) =>
                {
                    foreach (var day in done.GroupBy(item => item.DoneOn!.Value))
                    {
                        await PlansStore.PutProgress(work, place.Customer, plan.Id, [.. day], day.Key);
                    }
                },
            });
        }, (_, _) => Task.FromResult(true), cancel));

    private static T Fits<T>(Outcome<T> outcome) => outcome.IsOk
        ? outcome.Value
        : throw new InvalidOperationException($"The demo's plan does not fit: {outcome.Problem.Detail} {string.Join(' ', outcome.Problem.Faults.Take(3).Select(fault => $"{fault.Pointer} {fault.Detail}"))}");
}
