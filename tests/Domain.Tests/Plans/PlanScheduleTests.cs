using Cairn.Domain.Foundation.Playbooks;
using Cairn.Domain.Plans;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using static Cairn.Domain.Tests.Plans.SomePlan;

namespace Cairn.Domain.Tests.Plans;

public sealed class PlanScheduleTests
{
    private static LocalDate Day(int number) => Index().DateOf(number);

    private static PlanSchedule At(Plan plan, LocalDate? today = null) => PlanSchedule.Of(plan, Index(), today ?? Monday);

    /// <summary>Plans of open work alone, where a day is a day.</summary>
    private static Gen<Plan> Work => SomePlan.Tidy.Select(plan =>
    {
        var tasks = plan with { Items = [.. plan.Items.Select(item => item with { Kind = ItemKinds.Task, WorkingDays = Math.Max(1, item.WorkingDays) })] };
        return tasks.Reflow().Plan;
    });

    [Fact]
    public void Slack_is_by_how_much_an_item_can_be_late_before_the_plan_ends_later() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Work.ToArbitrary(), plan =>
    {
        var schedule = At(plan);
        var finish = plan.Items.Max(item => item.Finish)!.Value;
        return plan.Items.All(item =>
        {
            var slack = schedule.SlackOf(item.Id)!.Value.SlackDays;
            return slack >= 0
                && NaiveSchedule.FinishIfLate(plan, item.Id, slack) == finish
                && NaiveSchedule.FinishIfLate(plan, item.Id, slack + 1) > finish;
        });
    }));

    [Fact]
    public void The_critical_path_is_exactly_what_delays_the_plan_by_a_day() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Work.ToArbitrary(), plan =>
    {
        var finish = plan.Items.Max(item => item.Finish)!.Value;
        var naive = plan.Items.Where(item => NaiveSchedule.FinishIfLate(plan, item.Id, 1) > finish).Select(item => item.Id).ToHashSet();
        return naive.SetEquals(At(plan).CriticalPath) && naive.Count > 0;
    }));

    [Fact]
    public void A_known_network_has_the_slack_of_the_textbook()
    {
        // Two ways from 1 to 5: over 2 (4 days) and over 3 and 4 (1 + 1 days).
        var plan = Of(Task(1, 0, 2), Task(2, 2, 4, After(1)), Task(3, 2, 1, After(1)), Task(4, 3, 1, After(3)), Task(5, 6, 1, After(2), After(4)));
        var schedule = At(plan);

        new[] { 1, 2, 3, 4, 5 }.Select(number => schedule.SlackOf(Id(number))!.Value.SlackDays).ShouldBe([0, 0, 2, 2, 0]);
        schedule.CriticalPath.ShouldBe([Id(1), Id(2), Id(5)]);
        schedule.SlackOf(Id(3))!.Value.LatestFinish.ShouldBe(Day(4));
    }

    [Fact]
    public void What_comes_before_a_pinned_date_has_slack_up_to_it_and_less_than_none_beyond()
    {
        var pinned = Milestone(2, 6, After(1)) with { IsPinned = true };
        var plan = Of(Task(1, 0, 2), pinned, Task(3, 20));

        At(plan).SlackOf(Id(1))!.Value.SlackDays.ShouldBe(4, "Days 2 to 5 are free: a milestone at the beginning of its day.");
        At(plan.Reflow(new ReflowChange { Item = Id(1), Start = Day(8) }).Plan).SlackOf(Id(1))!.Value.SlackDays.ShouldBeLessThan(0);
    }

    [Fact]
    public void What_is_done_cancelled_or_undated_has_no_slack()
    {
        var schedule = At(Of(Task(1, 0) with { State = PlanItemState.Done }, Task(2, 0) with { State = PlanItemState.Cancelled }, Task(3, 0) with { Start = null, Finish = null }, Task(4, 3)));

        new[] { 1, 2, 3 }.ShouldAllBe(number => schedule.SlackOf(Id(number)) == null);
        schedule.CriticalPath.ShouldBe([Id(4)]);
    }

    [Fact]
    public void The_forecast_takes_what_is_late_as_finished_today_and_holds_no_promise()
    {
        var goLive = Milestone(3, 8, After(2)) with { IsPinned = true };
        var plan = Of(Task(1, 0, 3), Task(2, 3, 5, After(1)), goLive) with { GoLive = Id(3) };

        At(plan, Day(2)).ForecastGoLive.ShouldBe(Day(8));
        var late = At(plan, Day(5));
        late.ForecastOf(Id(1)).ShouldBe(Day(5));
        late.ForecastGoLive.ShouldBe(Day(10), "Item 2 takes days 6 to 10.");
        var outlook = PlanOutlook.GoLive(plan, late);
        (outlook.Baseline, outlook.SlipDays, outlook.IsWithinTolerance).ShouldBe((Day(8), Period.DaysBetween(Day(8), Day(10)), false));
        PlanOutlook.Explain("go-live", outlook, plan, Day(5)).Steps[0].Parts.ShouldHaveSingleItem().Text.ShouldContain("'Item 1'");
    }

    [Fact]
    public void A_plan_without_dates_or_with_a_circle_has_no_forecast()
    {
        At(Of()).ForecastFinish.ShouldBeNull();
        At(Of(Task(1, 0, 1, After(2)), Task(2, 0, 1, After(1)))).ForecastFinish.ShouldBeNull();
    }
}
