using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using Cairn.Domain.Plans;
using NodaTime;
using static Cairn.Domain.Tests.Plans.SomePlan;

namespace Cairn.Domain.Tests.Plans;

public sealed class ReflowTests
{
    private static LocalDate Day(int number) => Index().DateOf(number);

    public static TheoryData<DependencyKind, int, int> Ties => new()
    {
        // The first is on days 5 to 7, the second was on 1 and 2 and takes two days: on which does it begin?
        { DependencyKind.FinishToStart, 0, 8 },
        { DependencyKind.FinishToStart, 2, 10 },
        { DependencyKind.FinishToStart, -1, 7 },
        { DependencyKind.StartToStart, 0, 5 },
        { DependencyKind.StartToStart, 1, 6 },
        { DependencyKind.FinishToFinish, 0, 6 },
        { DependencyKind.FinishToFinish, 3, 9 },
        // It ends where the other begins: on the day before.
        { DependencyKind.StartToFinish, 0, 3 },
        { DependencyKind.StartToFinish, 1, 4 },
    };

    [Theory]
    [MemberData(nameof(Ties))]
    public void An_open_item_moves_forward_just_enough(DependencyKind kind, int lag, int begins)
    {
        var result = Of(Task(1, 5, 3), Task(2, 1, 2, After(1, kind, lag))).Reflow();

        var item = result.Plan.Item(2);
        (item.Start, item.Finish).ShouldBe((Day(begins), Day(begins + 1)));
        result.Conflicts.ShouldBeEmpty();
        result.Moves.ShouldHaveSingleItem().Item.ShouldBe(Id(2));
    }

    [Fact]
    public void A_gap_that_was_planned_stays_and_nothing_becomes_earlier_by_itself()
    {
        var plan = Of(Task(1, 0, 3), Task(2, 6, 2, After(1)));

        plan.Reflow(new ReflowChange { Item = Id(1), WorkingDays = 5 }).Plan.Item(2).Start.ShouldBe(Day(6));
        plan.Reflow(new ReflowChange { Item = Id(1), WorkingDays = 1 }).Plan.Item(2).Start.ShouldBe(Day(6));
    }

    [Fact]
    public void With_pull_what_followed_directly_follows_directly_again_and_a_gap_stays_where_it_is()
    {
        var plan = Of(Task(1, 0, 3), Task(2, 3, 2, After(1)), Milestone(3, 4, After(2)), Task(4, 9, 1, After(2)));

        var pulled = plan.Reflow(pull: true, new ReflowChange { Item = Id(1), WorkingDays = 1 }).Plan;

        pulled.Item(2).Start.ShouldBe(Day(1));
        pulled.Item(3).Start.ShouldBe(Day(2));
        pulled.Item(4).Start.ShouldBe(Day(9));
    }

    [Fact]
    public void A_point_may_fall_on_the_day_that_it_waits_for_and_then_holds_up_the_next_day()
    {
        var result = Of(Task(1, 2, 3), Milestone(2, 0, After(1)), Task(3, 0, 1, After(2)), Milestone(4, 0, After(2))).Reflow();

        result.Plan.Item(2).Start.ShouldBe(Day(4), "The milestone falls on the day on which the work ends.");
        result.Plan.Item(3).Start.ShouldBe(Day(5), "It is reached at the end of that day, so what follows begins on the next.");
        result.Plan.Item(4).Start.ShouldBe(Day(4), "A second point may fall on the same day.");
    }

    [Fact]
    public void Work_may_begin_on_the_day_of_a_point_that_waited_for_nothing_on_it()
    {
        var kickoff = Milestone(1, 0) with { Kind = ItemKinds.Meeting, WorkingDays = 1 };
        var result = Of(kickoff, Task(2, 0, 2, After(1)), Milestone(3, 0, After(1))).Reflow();

        result.Moves.ShouldBeEmpty();
        result.Plan.Reflow(new ReflowChange { Item = Id(1), Start = Day(3) }).Plan.Item(2).Start.ShouldBe(Day(3));
    }

    [Fact]
    public void Done_pinned_and_undated_items_stay_and_conflicts_say_so()
    {
        var done = Task(2, 1, 1, After(1)) with { State = PlanItemState.Done, PercentDone = 100, DoneOn = Day(1) };
        var pinned = Task(3, 3, 1, After(1)) with { IsPinned = true };
        var undated = Task(4, 0, 1, After(1)) with { Start = null, Finish = null };
        var behind = Task(5, 4, 1, After(4));

        var result = Of(Task(1, 0), done, pinned, undated, behind).Reflow(new ReflowChange { Item = Id(1), Start = Day(6) });

        foreach (var number in new[] { 2, 3, 4 })
        {
            result.Plan.Item(number).ShouldBe(Of(Task(1, 0), done, pinned, undated, behind).Item(number));
        }

        result.Plan.Item(5).Start.ShouldBe(Day(7), "What has no dates passes on what it follows.");
        result.Conflicts.Select(conflict => (conflict.Item, conflict.Kind, conflict.IsNew)).ShouldBe(
            [(Id(2), ConflictKind.DoneTooEarly, true), (Id(3), ConflictKind.PinnedTooEarly, true)], ignoreOrder: true);
        result.Conflicts.ShouldAllBe(conflict => conflict.Predecessor == Id(1));
        result.IsPossible.ShouldBeTrue();
        result.NeedsAcceptance.ShouldBeTrue();
    }

    [Fact]
    public void A_conflict_that_was_there_before_keeps_nobody_from_anything()
    {
        var plan = Of(Task(1, 5), Task(2, 3, 1, After(1)) with { IsPinned = true }, Task(3, 0));

        var result = plan.Reflow(new ReflowChange { Item = Id(3), Start = Day(2) });

        result.Conflicts.ShouldHaveSingleItem().IsNew.ShouldBeFalse();
        result.NeedsAcceptance.ShouldBeFalse();
    }

    [Fact]
    public void An_item_is_put_where_somebody_asked_even_if_that_is_too_early()
    {
        var result = Of(Task(1, 0, 5), Task(2, 5, 1, After(1)), Task(3, 6, 1, After(2))).Reflow(new ReflowChange { Item = Id(2), Start = Day(2) });

        result.Plan.Item(2).Start.ShouldBe(Day(2));
        result.Plan.Item(3).Start.ShouldBe(Day(6));
        var conflict = result.Conflicts.ShouldHaveSingleItem();
        (conflict.Kind, conflict.Predecessor).ShouldBe((ConflictKind.AskedTooEarly, Id(1)));
        conflict.Detail.ShouldContain("Friday 6 March 2026");
    }

    [Fact]
    public void A_circle_is_refused_with_its_members_and_nothing_changes()
    {
        var plan = Of(Task(1, 0), Task(2, 1, 1, After(1)), Task(3, 2, 1, After(2)), Task(4, 3, 1, After(3)));

        var result = plan.Reflow(new ReflowChange { Item = Id(1), AddDependency = After(3) });

        var conflict = result.Conflicts.ShouldHaveSingleItem();
        conflict.Kind.ShouldBe(ConflictKind.Cycle);
        conflict.Detail.ShouldContain("'Item 1'");
        conflict.Detail.ShouldContain("'Item 3'");
        conflict.Detail.ShouldNotContain("'Item 4'", Case.Sensitive, "It waits for the circle and is not in it.");
        result.IsPossible.ShouldBeFalse();
        result.Plan.ShouldBe(plan);
        result.Effect.IsNothing.ShouldBeTrue();
    }

    [Fact]
    public void An_end_before_its_beginning_is_refused()
    {
        var result = Of(Task(1, 4, 2)).Reflow(new ReflowChange { Item = Id(1), Finish = Day(3) });

        result.Conflicts.ShouldHaveSingleItem().Kind.ShouldBe(ConflictKind.FinishBeforeStart);
        result.IsPossible.ShouldBeFalse();
    }

    [Fact]
    public void The_reason_names_what_is_followed_the_lag_and_the_holiday()
    {
        var plan = Of(Task(1, 20), Task(2, 22, 3, After(1, lag: 1)));
        // Day 22 after the Monday is Thursday 2 April (Stock taking lies before it); Good Friday and Easter Monday follow.
        Day(22).ShouldBe(new LocalDate(2026, 4, 2));

        var move = plan.Reflow(new ReflowChange { Item = Id(1), Start = Day(22) }).Moves.Single(one => one.Item == Id(2));

        move.To.Start.ShouldBe(new LocalDate(2026, 4, 8));
        move.Why.Select(step => step.Text).ShouldBe(
        [
            "Follows 'Item 1', which ends on Thursday 2 April 2026.",
            "1 business day later.",
            "Friday 3 April 2026: closed, Good Friday",
            "Saturday 4 April 2026: closed",
            "Sunday 5 April 2026: closed",
            "Monday 6 April 2026: closed, Easter Monday",
            "So it starts on Wednesday 8 April 2026 and, with 3 working days, ends on Friday 10 April 2026.",
        ]);
    }

    [Fact]
    public void A_phase_begins_after_the_one_before_it_and_says_why()
    {
        var result = Of(Task(1, 0, 5), Task(2, 3, 1) with { Phase = "two" }, Milestone(3, 0) with { Phase = "two" }).Reflow();

        result.Plan.Item(2).Start.ShouldBe(Day(5));
        result.Plan.Item(3).Start.ShouldBe(Day(4), "A point may fall on the day on which the phase before ends.");
        result.Moves[1].Why[0].Text.ShouldBe("Follows 'Item 1' of the phases before, which ends on Friday 6 March 2026.");
    }

    [Fact]
    public void What_follows_a_cancelled_item_follows_what_that_followed()
    {
        var result = Of(Task(1, 4), Task(2, 5, 1, After(1)) with { State = PlanItemState.Cancelled }, Task(3, 0, 1, After(2))).Reflow();

        result.Plan.Item(3).Start.ShouldBe(Day(5));
        result.Moves.Single().Why[0].Text.ShouldBe("Follows 'Item 1' (through 'Item 2', which is cancelled), which ends on Friday 6 March 2026.");
    }

    [Fact]
    public void What_was_done_early_or_late_counts_from_the_day_it_was_done()
    {
        var done = Task(1, 0, 5) with { State = PlanItemState.Done, PercentDone = 100 };
        var plan = Of(done with { DoneOn = Day(7) }, Task(2, 5, 1, After(1)));

        plan.Reflow().Plan.Item(2).Start.ShouldBe(Day(8));
        Of(done with { DoneOn = Day(2) }, Task(2, 5, 1, After(1))).Reflow(pull: true).Plan.Item(2).Start.ShouldBe(Day(5), "It did not follow directly on what was done early.");
    }

    [Fact]
    public void A_changed_start_shifts_what_is_open_and_keeps_the_distances()
    {
        var pinned = Task(3, 9) with { IsPinned = true };
        var plan = Of(Task(1, 0, 2), Task(2, 4, 2, After(1)), pinned);

        var later = plan.Reflow(new ReflowChange { PlanStart = Monday.PlusDays(2) });
        later.Plan.Start.ShouldBe(Monday.PlusDays(2));
        (later.Plan.Item(1).Start, later.Plan.Item(2).Start, later.Plan.Item(3).Start).ShouldBe((Day(2), Day(6), Day(9)));
        later.Moves[0].Why[0].Text.ShouldBe("The plan's first day moves from Monday 2 March 2026 to Wednesday 4 March 2026: 2 business days later.");

        var back = later.Plan.Reflow(new ReflowChange { PlanStart = Monday }).Plan;
        (back.Item(1).Start, back.Item(2).Start).ShouldBe((Day(0), Day(4)));
    }

    [Fact]
    public void A_pinned_item_may_be_on_a_closed_day_and_an_open_one_may_not()
    {
        var saturday = new LocalDate(2026, 3, 7);
        var plan = Of(Task(1, 4), Task(2, 5, 1, After(1)), Task(3, 6, 1, After(2)));

        var pinned = plan.Reflow(new ReflowChange { Item = Id(2), Start = saturday, Pinned = true });
        (pinned.Plan.Item(2).Start, pinned.Plan.Item(2).Finish).ShouldBe((saturday, saturday));
        pinned.Conflicts.ShouldBeEmpty();
        pinned.Plan.Reflow().Moves.ShouldBeEmpty();

        var open = plan.Reflow(new ReflowChange { Item = Id(2), Start = saturday });
        open.Plan.Item(2).Start.ShouldBe(new LocalDate(2026, 3, 9));
    }

    [Fact]
    public void A_new_holiday_moves_what_lies_on_it()
    {
        var plan = Of(Task(1, 3), Task(2, 4, 1, After(1)));
        var strike = new BusinessDayIndex(new Weekdays((Day(3), "Strike")), Monday);

        var result = Domain.Plans.Reflow.Run(plan, new ReflowRequest([]), strike, Monday).Value;

        result.Plan.Item(1).Start.ShouldBe(Day(4));
        result.Plan.Item(2).Start.ShouldBe(Day(5));
        result.Moves[0].Why[0].Text.ShouldBe("Thursday 5 March 2026: closed, Strike");
    }

    public static TheoryData<string, string, ReflowChange> Faulty => new()
    {
        { "/changes/0/item", "plan-item-unknown", new ReflowChange { Item = Id(99), Start = Monday } },
        { "/changes/0/item", "plan-item-over", new ReflowChange { Item = Id(2), Start = Monday } },
        { "/changes/0/start", "date-too-far", new ReflowChange { Item = Id(1), Start = Monday.PlusYears(11) } },
        { "/changes/0/planStart", "date-too-far", new ReflowChange { PlanStart = Monday.PlusYears(-11) } },
        { "/changes/0/workingDays", "working-days-unusable", new ReflowChange { Item = Id(1), WorkingDays = 0 } },
        { "/changes/0/workingDays", "working-days-unusable", new ReflowChange { Item = Id(3), WorkingDays = 2 } },
        { "/changes/0/finish", "milestone-has-one-day", new ReflowChange { Item = Id(3), Finish = Monday.PlusDays(30) } },
        { "/changes/0/addDependency/item", "plan-item-unknown", new ReflowChange { Item = Id(1), AddDependency = After(98) } },
        { "/changes/0/addDependency/item", "plan-item-follows-itself", new ReflowChange { Item = Id(1), AddDependency = After(1) } },
        { "/changes/0/addDependency/lagDays", "number-out-of-range", new ReflowChange { Item = Id(1), AddDependency = After(3, lag: 501) } },
        { "/changes/0", InputFaults.MemberMissing, new ReflowChange() },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void What_a_change_does_not_take_is_a_fault_with_its_place(string pointer, string code, ReflowChange change)
    {
        var plan = Of(Task(1, 0), Task(2, 1) with { State = PlanItemState.Done, PercentDone = 100 }, Milestone(3, 4));

        var fault = Domain.Plans.Reflow.Run(plan, new ReflowRequest([change]), Index(), Monday).Problem.ShouldNotBeNull().Faults.ShouldHaveSingleItem();
        (fault.Pointer, fault.Code).ShouldBe((pointer, code));
    }

    [Fact]
    public void Undo_restores_dates_pins_dependencies_and_reasons_exactly()
    {
        var plan = Of(Task(1, 0) with { Why = [new DerivationStep("Day 1")] }, Task(2, 1, 2, After(1)));
        var result = plan.Reflow(
            new ReflowChange { Item = Id(1), Start = Day(4), Pinned = true },
            new ReflowChange { Item = Id(2), RemoveDependency = After(1), AddDependency = After(1, DependencyKind.StartToStart, 1), WorkingDays = 4 });
        result.Plan.Item(2).Start.ShouldBe(Day(5));

        var undone = Domain.Plans.Reflow.Undo(result.Plan, result.Effect).Value;
        undone.Items.Select(ItemSchedule.Of).Zip(plan.Items).ShouldAllBe(pair => pair.First.Describes(pair.Second) && pair.First.Why == pair.Second.Why);
    }

    [Fact]
    public void What_was_done_or_moved_since_cannot_be_undone()
    {
        var plan = Of(Task(1, 0), Task(2, 1, 1, After(1)));
        var result = plan.Reflow(new ReflowChange { Item = Id(1), Start = Day(4) });

        var done = result.Plan with { Items = [.. result.Plan.Items.Select(item => item.Id == Id(2) ? item with { State = PlanItemState.Done, PercentDone = 100 } : item)] };
        var problem = Domain.Plans.Reflow.Undo(done, result.Effect).Problem.ShouldNotBeNull();
        problem.Code.ShouldBe("reflow-overtaken");
        problem.Detail.ShouldContain("'Item 2'");
        Domain.Plans.Reflow.Undo(result.Plan with { Start = Monday.PlusDays(1) }, result.Effect).Problem?.Code.ShouldBe("reflow-overtaken");
        Domain.Plans.Reflow.Undo(result.Plan.Reflow(new ReflowChange { Item = Id(2), Start = Day(9) }).Plan, result.Effect).Problem?.Code.ShouldBe("reflow-overtaken");
    }
}
