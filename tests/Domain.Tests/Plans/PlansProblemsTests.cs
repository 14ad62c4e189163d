using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using Cairn.Domain.Plans;
using NodaTime;
using static Cairn.Domain.Tests.Plans.SomePlan;

namespace Cairn.Domain.Tests.Plans;

/// <summary>What plans refuse, a row each.</summary>
public sealed class PlansProblemsTests
{
    private static readonly PlanEditor By = new("Ida", Instant.FromUnixTimeSeconds(0), Monday);

    public static TheoryData<string, string, PlanItemDraft> Items
    {
        get
        {
            var standing = PlanItemDraft.Of(Task(1, 0));
            return new()
            {
                { "/title", InputFaults.MemberMissing, standing with { Title = null } },
                { "/state", "plan-item-state-unknown", standing with { State = "lost" } },
                { "/percentDone", "number-out-of-range", standing with { PercentDone = 101 } },
                { "/role", "job-role-unknown", standing with { Role = "boss" } },
                { "/owner", "person-unknown", standing with { Owner = "Ida" } },
                { "/audience", "audience-unknown", standing with { Audience = "all" } },
                { "/effortHours", "hours-unusable", standing with { EffortHours = 0.001m } },
                { "/checklist", "checklist-entry-unknown", standing with { Checklist = new Dictionary<string, bool> { ["9"] = true } } },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Items))]
    public void What_an_item_does_not_take(string pointer, string code, PlanItemDraft draft)
    {
        var fault = PlanItemEdit.Change(Task(1, 0), draft, true, By, new InputFaults()).Problem.ShouldNotBeNull().Faults.ShouldHaveSingleItem();
        (fault.Pointer, fault.Code).ShouldBe((pointer, code));
    }

    public static TheoryData<string, string, AddedItemDraft> Added
    {
        get
        {
            var fine = new AddedItemDraft { Kind = "task", Phase = "one", Details = new PlanItemDraft { Title = "New" } };
            return new()
            {
                { "/kind", "plan-item-kind-unknown", fine with { Kind = "party" } },
                { "/phase", "plan-phase-unknown", fine with { Phase = "never" } },
                { "/start", "date-too-far", fine with { Start = Monday.PlusYears(20) } },
                { "/finish", "date-order", fine with { Start = Monday, Finish = Monday.PlusDays(-1) } },
                { "/workingDays", "working-days-unusable", fine with { Start = Monday, WorkingDays = 0 } },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Added))]
    public void What_a_new_item_does_not_take(string pointer, string code, AddedItemDraft draft)
    {
        var fault = PlanAddition.Add(Of(Task(1, 0)), draft, Id(9), Index(), new InputFaults()).Problem.ShouldNotBeNull().Faults.ShouldHaveSingleItem();
        (fault.Pointer, fault.Code).ShouldBe((pointer, code));
    }

    [Fact]
    public void A_plan_takes_a_bounded_number_of_items_and_none_in_a_circle()
    {
        var full = Of([.. Enumerable.Range(0, PlanLimits.MostItems).Select(number => Task(number, 0))]);
        PlanAddition.Add(full, new AddedItemDraft(), Id(-2), Index(), new InputFaults()).Problem?.Code.ShouldBe("too-many-plan-items");

        CompiledItem Item(string id, string after) => new()
        {
            Id = id, Kind = ItemKinds.Task, Phase = "one", Title = id, Audience = "internal", Start = Monday, Finish = Monday, FirstDay = 1, LastDay = 1, WorkingDays = 1, After = [new CompiledDependency(after)],
        };
        var circle = new CompiledPlaybook
        {
            Playbook = "circle", Version = 1, ContentSha256 = "", Title = "Circle", Kind = "growth", Start = Monday, Finish = Monday, Phases = [], Items = [Item("a", "b"), Item("b", "a")],
        };
        var number = 0;
        PlanMaking.From(circle, new PlanOrder(new PlanId(Guid.Empty), null, () => Id(++number), new Dictionary<string, PersonId>()), Index()).Problem?.Code.ShouldBe("playbook-has-cycle");
    }

    [Fact]
    public void A_plan_that_is_made_keeps_its_own_rules_and_says_what_it_moved()
    {
        CompiledItem Item(string id, LocalDate day, params string[] after) => new()
        {
            Id = id, Kind = ItemKinds.Task, Phase = "one", Title = id, Audience = "internal", Start = day, Finish = day, FirstDay = 1, LastDay = 1, WorkingDays = 1,
            After = [.. after.Select(one => new CompiledDependency(one))], Why = [new DerivationStep("Day 1")],
        };
        var playbook = new CompiledPlaybook
        {
            Playbook = "early", Version = 3, ContentSha256 = new string('a', 64), Title = "Early", Kind = "growth", Start = Monday, Finish = Monday,
            Phases = [new CompiledPhase { Id = "one", Title = "One", Start = Monday, Finish = Monday }], Items = [Item("a", Monday), Item("b", Monday, "a")],
        };
        var number = 0;
        var plan = PlanMaking.From(playbook, new PlanOrder(new PlanId(Guid.Empty), null, () => Id(++number), new Dictionary<string, PersonId>()), Index()).Value;

        plan.Items[1].Start.ShouldBe(Monday.PlusDays(1));
        plan.Items[1].BaselineStart.ShouldBe(Monday.PlusDays(1));
        plan.Items[1].Why.Select(step => step.Text).ShouldBe(["Day 1", "Follows 'a', which ends on Monday 2 March 2026.", "So it is on Tuesday 3 March 2026."]);
        plan.Source.Version.ShouldBe(3);
        plan.Reflow().Moves.ShouldBeEmpty();
    }
}
