using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using Cairn.Domain.Plans;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Cairn.Domain.Tests.Plans;

/// <summary>Monday to Friday, with a few named holidays.</summary>
internal sealed class Weekdays(params (LocalDate Day, string Name)[] holidays) : IBusinessDays
{
    private readonly Dictionary<LocalDate, string> holidays = holidays.ToDictionary(one => one.Day, one => one.Name);

    public string? WhyClosed(LocalDate day) =>
        holidays.TryGetValue(day, out var name) ? name : day.DayOfWeek >= IsoDayOfWeek.Saturday ? day.DayOfWeek.ToString() : null;
}

/// <summary>Plans for tests: any will do unless a test says otherwise.</summary>
internal static class SomePlan
{
    /// <summary>A Monday.</summary>
    public static readonly LocalDate Monday = new(2026, 3, 2);

    public static readonly Weekdays Calendar = new((new LocalDate(2026, 4, 3), "Good Friday"), (new LocalDate(2026, 4, 6), "Easter Monday"), (new LocalDate(2026, 3, 17), "Stock taking"));

    public static BusinessDayIndex Index() => new(Calendar, Monday);

    public static PlanItemId Id(int number) => new(new Guid(number + 1, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0));

    /// <summary>Work on some business days, counted from the Monday.</summary>
    public static PlanItem Task(int number, int day, int workingDays = 1, params PlanDependency[] after)
    {
        var index = Index();
        var first = index.OnOrAfter(Monday) + day;
        return new PlanItem
        {
            Id = Id(number),
            Key = $"item-{number}",
            Kind = ItemKinds.Task,
            Phase = "one",
            Title = $"Item {number}",
            Start = index.DateOf(first),
            Finish = index.DateOf(first + workingDays - 1),
            WorkingDays = workingDays,
            After = after,
            BaselineStart = index.DateOf(first),
            BaselineFinish = index.DateOf(first + workingDays - 1),
        };
    }

    /// <summary>A milestone on a business day.</summary>
    public static PlanItem Milestone(int number, int day, params PlanDependency[] after) =>
        Task(number, day, 1, after) with { Kind = ItemKinds.Milestone, WorkingDays = 0 };

    public static PlanDependency After(int number, DependencyKind kind = DependencyKind.FinishToStart, int lag = 0) => new(Id(number), kind, lag);

    public static Plan Of(params PlanItem[] items) => new()
    {
        Id = new PlanId(Guid.Parse("0195a000-0000-7000-8000-000000000001")),
        Title = "A plan",
        Source = new PlanSource("any", 1, new string('0', 64), "Any"),
        Start = Monday,
        Phases = [new PlanPhase("one", "One", null, [], Monday, Monday), new PlanPhase("two", "Two", null, ["one"], Monday, Monday)],
        Items = items,
    };

    public static ReflowResult Reflow(this Plan plan, params ReflowChange[] changes) => plan.Reflow(pull: false, changes);

    public static ReflowResult Reflow(this Plan plan, bool pull, params ReflowChange[] changes)
    {
        var result = Domain.Plans.Reflow.Run(plan, new ReflowRequest(changes, pull), Index(), plan.Start);
        result.IsOk.ShouldBeTrue(result.Problem?.Detail);
        return result.Value;
    }

    public static PlanItem Item(this Plan plan, int number) => plan.Items.Single(item => item.Id == Id(number));

    /// <summary>Plans of up to thirty items, tied in all four ways, some done, pinned, cancelled or undated, in two phases, with something asked of them.</summary>
    public static Gen<(Plan Plan, ReflowRequest Request)> Any { get; } =
        from count in Gen.Choose(1, 30)
        from items in Gen.CollectToArray(Enumerable.Range(0, count), number => AnyItem(number, count))
        from changes in AnyChange(items).ListOf()
        from pull in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select (Of(items), new ReflowRequest([.. changes.Take(4).DistinctBy(change => change.Item)], pull));

    /// <summary>The same with nothing but open work on the days that it follows from, as a plan is when it is made.</summary>
    public static Gen<Plan> Tidy { get; } =
        from some in Any
        let open = Of([.. some.Plan.Items.Select(item => item with { State = PlanItemState.Open, PercentDone = 0, DoneOn = null, IsPinned = false, Start = item.Start ?? Monday, Finish = item.Finish ?? item.Start ?? Monday })])
        let result = Domain.Plans.Reflow.Run(open, new ReflowRequest([]), Index(), Monday)
        where result.IsOk && result.Value.Conflicts.Count == 0
        select result.Value.Plan;

    private static Gen<PlanItem> AnyItem(int number, int count) =>
        from day in Gen.Choose(0, 40)
        from workingDays in Gen.Choose(1, 6)
        from kind in Gen.Frequency((5, Gen.Constant(ItemKinds.Task)), (2, Gen.Constant(ItemKinds.Milestone)), (1, Gen.Constant(ItemKinds.Meeting)))
        from standing in Gen.Choose(0, 19)
        from phase in Gen.Choose(0, 3)
        from after in AnyDependency(number).ListOf()
        let item = kind == ItemKinds.Milestone ? Milestone(number, day) : Task(number, day, kind == ItemKinds.Meeting ? 1 : workingDays) with { Kind = kind }
        let isDone = standing is 0 or 1
        select item with
        {
            // The later half may be in the phase behind, so that no item waits for itself through a phase.
            Phase = phase == 0 && number > count / 2 ? "two" : "one",
            After = [.. after.Where(one => one is not null).Take(3).DistinctBy(one => (one!.Item, one.Kind)).Select(one => one!)],
            State = isDone ? PlanItemState.Done : standing == 2 ? PlanItemState.Cancelled : standing == 3 ? PlanItemState.InProgress : PlanItemState.Open,
            PercentDone = isDone ? 100 : 0,
            DoneOn = standing == 1 ? item.Finish : null,
            IsPinned = standing is 4 or 5,
            Start = standing == 6 ? null : item.Start,
            Finish = standing == 6 ? null : item.Finish,
        };

    // Only what comes earlier in the list, so that there is no circle; circles have tests of their own.
    private static Gen<PlanDependency?> AnyDependency(int number) => number == 0
        ? Gen.Constant<PlanDependency?>(null)
        : from before in Gen.Choose(0, number - 1)
          from kind in Gen.Elements(Enum.GetValues<DependencyKind>())
          from lag in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(-3, 4)))
          select (PlanDependency?)After(before, kind, lag);

    private static Gen<ReflowChange> AnyChange(PlanItem[] items) =>
        from number in Gen.Choose(0, items.Length - 1)
        from what in Gen.Choose(0, 5)
        from day in Gen.Choose(-5, 50)
        let item = items[number]
        select item.IsLive
            ? what switch
            {
                0 or 1 => new ReflowChange { Item = item.Id, Start = Monday.PlusDays(day) },
                2 => item.Kind == ItemKinds.Task ? new ReflowChange { Item = item.Id, WorkingDays = 1 + Math.Abs(day % 9) } : new ReflowChange { Item = item.Id, Pinned = false },
                3 => new ReflowChange { Item = item.Id, Pinned = day % 2 == 0 },
                4 => new ReflowChange { PlanStart = Monday.PlusDays(day) },
                _ => new ReflowChange { Item = item.Id, Finish = item.Kind == ItemKinds.Task ? item.Start?.PlusDays(Math.Abs(day)) : null, Start = item.Start },
            }
            : new ReflowChange { Item = item.Id, Pinned = false };
}
