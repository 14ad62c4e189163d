using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using Cairn.Domain.Plans;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using static Cairn.Domain.Tests.Plans.SomePlan;

namespace Cairn.Domain.Tests.Plans;

public sealed class PlanProgressTests
{
    private static LocalDate Day(int number) => Index().DateOf(number);

    [Fact]
    public void An_item_weighs_its_effort_or_else_its_working_days_or_minutes()
    {
        PlanProgress.WeightOf(Task(1, 0, 3) with { EffortHours = 5 }).ShouldBe(5);
        PlanProgress.WeightOf(Task(1, 0, 3)).ShouldBe(24);
        PlanProgress.WeightOf(Task(1, 0) with { Kind = ItemKinds.Meeting, Minutes = 90 }).ShouldBe(1.5m);
        PlanProgress.WeightOf(Milestone(1, 0)).ShouldBe(0);
        PlanProgress.WeightOf(Task(1, 0) with { State = PlanItemState.Cancelled }).ShouldBe(0);
    }

    [Fact]
    public void A_quarter_of_the_plan_is_planned_on_a_quarter_of_its_days()
    {
        var plan = Of(Task(1, 0, 8));
        var progress = PlanProgress.Of(plan, [], Index(), Day(1));

        progress.Planned.ShouldBe(25);
        progress.Earned.ShouldBe(0);
        progress.Curve[^1].Planned.ShouldBe(100);
    }

    [Fact]
    public void Earned_is_what_was_done_on_the_day_it_was_done_and_days_to_come_have_none()
    {
        var plan = Of(Task(1, 0, 2) with { State = PlanItemState.Done, PercentDone = 100, DoneOn = Day(3) }, Task(2, 2, 2));
        var progress = PlanProgress.Of(plan, [new ProgressMark(Id(1), Day(1), 40), new ProgressMark(Id(1), Day(3), 100)], Index(), Day(3));

        progress.Curve.Single(point => point.Date == Day(1)).Earned.ShouldBe(20);
        progress.Curve.Single(point => point.Date == Day(2)).Earned.ShouldBe(20);
        progress.Earned.ShouldBe(50);
        PlanProgress.Of(plan, [], Index(), Day(0)).Curve[^1].Earned.ShouldBeNull();
        progress.Explain(plan).Steps[1].Parts.ShouldHaveSingleItem().Value.ShouldBe("16");
    }

    [Fact]
    public void The_planned_curve_never_falls_and_ends_at_100() => Prop.ForAll(SomePlan.Any.ToArbitrary(), some =>
    {
        var curve = PlanProgress.Of(some.Plan, [], Index(), Monday).Curve;
        return curve.Count == 0 || (Math.Abs(curve[^1].Planned - 100) <= 0.1m && curve.Zip(curve.Skip(1)).All(pair => pair.First.Planned <= pair.Second.Planned));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Hours_are_added_up_by_role_and_a_weekly_budget_by_the_weeks_it_lasts()
    {
        var plan = Of(Task(1, 0, 7) with { Role = "csm", EffortHours = 10, PercentDone = 40, State = PlanItemState.InProgress }, Task(2, 7) with { Role = "csm", EffortHours = 4, State = PlanItemState.Done, PercentDone = 100 }) with
        {
            Budget = [new RoleBudget("csm", false, 8, true), new RoleBudget("it", true, 5, false)],
            OurHours = 30,
        };
        var entry = new LoggedHours(new TimeEntryId(Guid.Empty), Id(1), "csm", false, Day(5), 2.5m);

        var hours = PlanHours.Of(plan, [entry, entry with { Date = Day(0) }]);
        hours.Roles[0].ShouldBe(new RoleHours("csm", false, 16, 5, 6));
        hours.Roles[0].Forecast.ShouldBe(11);
        hours.Ours.ShouldBe(new SideHours(30, 5, 6));
        hours.Customers.ShouldBe(new SideHours(5, 0, 0));
        hours.Weeks.Select(week => week.From).ShouldBe([Monday, Monday.PlusDays(7)]);
    }

    [Fact]
    public void An_item_is_ready_when_what_it_follows_is_done_through_what_is_cancelled_and_through_phases()
    {
        var plan = Of(Task(1, 0), Task(2, 1, 1, After(1)) with { State = PlanItemState.Cancelled }, Task(3, 2, 1, After(2)), Task(4, 3) with { Phase = "two" }, Task(5, 0, 1, After(1, DependencyKind.StartToStart)));
        PlanReadiness.ReadyIn(plan).ShouldBe([Id(1), Id(5)], ignoreOrder: true);

        Plan Done(Plan standing, int number) => standing with { Items = [.. standing.Items.Select(item => item.Id == Id(number) ? item with { State = PlanItemState.Done, PercentDone = 100 } : item)] };
        var first = Done(plan, 1);
        PlanReadiness.NewlyReady(plan, first).ShouldHaveSingleItem().Id.ShouldBe(Id(3));
        PlanReadiness.NewlyReady(Done(first, 3), Done(Done(first, 3), 5)).ShouldHaveSingleItem().Id.ShouldBe(Id(4), "The phase before is finished.");
    }

    public static TheoryData<string, int?, bool, PlanItemState, int> Steps => new()
    {
        { "open", 40, true, PlanItemState.InProgress, 40 },
        { "open", 100, true, PlanItemState.Done, 100 },
        { "done", null, false, PlanItemState.Done, 100 },
        { "in-progress", null, false, PlanItemState.InProgress, 0 },
        { "cancelled", null, false, PlanItemState.Cancelled, 0 },
        { "done", 30, true, PlanItemState.Done, 100 },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void State_and_share_done_agree(string state, int? percent, bool saysPercent, PlanItemState expected, int share)
    {
        var item = Task(1, 0);
        var by = new PlanEditor("Ida", Instant.FromUnixTimeSeconds(0), Day(4));
        var changed = PlanItemEdit.Change(item, PlanItemDraft.Of(item) with { State = state, PercentDone = percent ?? 0 }, saysPercent, by, new InputFaults()).Value;

        (changed.State, changed.PercentDone).ShouldBe((expected, share));
        changed.DoneOn.ShouldBe(expected == PlanItemState.Done ? Day(4) : null);
    }
}
