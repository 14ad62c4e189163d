using Cairn.Domain.Plans;
using FsCheck;
using FsCheck.Fluent;
using static Cairn.Domain.Tests.Plans.SomePlan;

namespace Cairn.Domain.Tests.Plans;

/// <summary>What holds for every plan and everything that is asked of it, checked against <see cref="NaiveSchedule"/>.</summary>
public sealed class ReflowProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(400);

    private static ReflowResult? Run((Plan Plan, ReflowRequest Request) some)
    {
        var result = Reflow.Run(some.Plan, some.Request, Index(), Monday);
        return result.IsOk && result.Value.IsPossible ? result.Value : null;
    }

    private static void ForAll(Func<(Plan Plan, ReflowRequest Request), ReflowResult, bool> law) =>
        Check.One(Many, Prop.ForAll(SomePlan.Any.ToArbitrary(), some => Run(some) is not { } result || law(some, result)));

    private static HashSet<PlanItemId> Asked(ReflowRequest request) => [.. request.Changes.Where(change => change.Start is not null && change.Item is not null).Select(change => change.Item!.Value)];

    private static HashSet<PlanItemId> Named(ReflowRequest request) => [.. request.Changes.Where(change => change.Item is not null).Select(change => change.Item!.Value)];

    [Fact]
    public void Without_conflicts_no_dependency_is_violated() => ForAll((_, result) =>
        result.Conflicts.Count > 0
        || NaiveSchedule.Pairs(result.Plan).Where(pair => pair.Then.State != PlanItemState.Done).All(NaiveSchedule.IsKept));

    [Fact]
    public void What_is_violated_is_a_conflict_of_something_that_stays() => ForAll((some, result) =>
    {
        var stays = result.Conflicts.Select(conflict => conflict.Item).ToHashSet();
        var asked = Asked(some.Request);
        return result.Conflicts.All(conflict => result.Plan.Items.Single(item => item.Id == conflict.Item) is { } item && (item.IsPinned || !item.IsLive || asked.Contains(item.Id)))
            && NaiveSchedule.Pairs(result.Plan).Where(pair => pair.Then.IsLive && !NaiveSchedule.IsKept(pair)).All(pair => stays.Contains(pair.Then.Id));
    });

    [Fact]
    public void Done_items_never_move_and_pinned_and_undated_ones_only_when_they_are_named() => ForAll((some, result) =>
    {
        var named = Named(some.Request);
        return some.Plan.Items.Zip(result.Plan.Items).All(pair =>
            (pair.First.IsLive && (named.Contains(pair.First.Id) || pair.First is { IsPinned: false, Start: not null }))
            || (pair.First.Start == pair.Second.Start && pair.First.Finish == pair.Second.Finish));
    });

    [Fact]
    public void Nothing_becomes_earlier_unless_it_is_named_or_the_start_does_or_pull_is_asked() => ForAll((some, result) =>
        some.Request.Pull || some.Request.Changes.Any(change => change.PlanStart is not null)
        || some.Plan.Items.Zip(result.Plan.Items).Where(pair => !Named(some.Request).Contains(pair.First.Id)).All(pair => pair.Second.Start is null || pair.Second.Start >= pair.First.Start));

    [Fact]
    public void No_moved_item_could_begin_a_day_earlier() => ForAll((some, result) =>
    {
        if (result.Conflicts.Count > 0 || some.Request.Changes.Any(change => change.PlanStart is not null))
        {
            return true;
        }

        var asked = Asked(some.Request);
        return result.Moves.Where(move => !asked.Contains(move.Item) && move.From is { } from && move.To.Start > from.Start).All(move =>
        {
            var earlier = result.Plan with
            {
                Items = [.. result.Plan.Items.Select(item => item.Id != move.Item ? item with { IsPinned = true } : item with
                {
                    Start = NaiveSchedule.Shift(item.Start!.Value, -1), Finish = NaiveSchedule.Shift(item.Finish!.Value, -1), IsPinned = true,
                })],
            };
            return earlier.Reflow().Conflicts.Any(conflict => conflict.Item == move.Item)
                || NaiveSchedule.Shift(move.To.Start, -1) < move.From!.Value.Start
                || IsHeldByItsDay(earlier, move.Item);
        });
    });

    // A point that is a day earlier may be allowed there itself and still not be, because what follows it on its day would have to wait.
    private static bool IsHeldByItsDay(Plan plan, PlanItemId item) => plan.Items.Single(one => one.Id == item).IsPoint && NaiveSchedule.Pairs(plan).Any(pair => pair.Then.Id == item && !NaiveSchedule.IsKept(pair));

    [Fact]
    public void A_second_reflow_moves_nothing() => ForAll((_, result) =>
        result.Conflicts.Any(conflict => conflict.Kind == ConflictKind.AskedTooEarly) || result.Plan.Reflow() is { Moves.Count: 0, Effect.IsNothing: true });

    [Fact]
    public void Carrying_out_is_what_the_preview_said() => ForAll((some, result) =>
    {
        var again = Run(some)!;
        var moves = result.Moves.ToDictionary(move => move.Item, move => move.To);
        return again.Plan.Items.Zip(result.Plan.Items).All(pair => ItemSchedule.Of(pair.First).Describes(pair.Second))
            && some.Plan.Items.Zip(result.Plan.Items).All(pair => moves.TryGetValue(pair.First.Id, out var to)
                ? (to.Start, to.Finish) == (pair.Second.Start, pair.Second.Finish)
                : (pair.First.Start, pair.First.Finish) == (pair.Second.Start, pair.Second.Finish));
    });

    [Fact]
    public void Undo_restores_exactly() => ForAll((some, result) =>
    {
        var undone = Reflow.Undo(result.Plan, result.Effect).Value;
        return undone.Start == some.Plan.Start && undone.Items.Zip(some.Plan.Items).All(pair =>
            ItemSchedule.Of(pair.First).Describes(pair.Second) && pair.First.Why.SequenceEqual(pair.Second.Why));
    });

    [Fact]
    public void The_order_in_which_items_are_listed_does_not_matter() => ForAll((some, result) =>
    {
        var turned = some.Plan with { Items = [.. some.Plan.Items.Reverse()], Phases = [.. some.Plan.Phases.Reverse()] };
        var other = Run((turned, some.Request))!;
        return other.Plan.Items.Reverse().Zip(result.Plan.Items).All(pair => ItemSchedule.Of(pair.First).Describes(pair.Second) && Texts(pair.First).SequenceEqual(Texts(pair.Second)))
            && other.Moves.Select(move => move.Item).SequenceEqual(result.Moves.Select(move => move.Item))
            && other.CriticalPath.SequenceEqual(result.CriticalPath);

        static IEnumerable<string> Texts(PlanItem item) => item.Why.Select(step => step.Text);
    });

    [Fact]
    public void Working_days_are_kept_and_every_moved_item_says_why() => ForAll((some, result) =>
        result.Moves.All(move => move.Why.Count > 0 && result.Plan.Items.Single(item => item.Id == move.Item) is { } item
            && (item.IsPinned || Index().Count(move.To.Start, move.To.Finish) == Math.Max(1, item.WorkingDays))));
}
