using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Plans;

/// <summary>
/// Open, unpinned items move forward just enough; done, pinned and undated ones stay; conflicts are listed; nothing is
/// half-applied; each moved item says why.
/// </summary>
/// <remarks>
/// "Just enough" is the first business day on which nothing that the item follows forbids it, and never one before its own:
/// a gap that was planned stays, so a plan is not pressed together. Two things make an item earlier: a change that names it,
/// and a plan start that moves, which shifts everything by the same number of business days. With
/// <see cref="ReflowRequest.Pull"/> also what followed directly on its predecessor follows directly again. Working days stay
/// as they are; dates are those of the calendar as it is now, so a new holiday moves what lies on it.
/// </remarks>
public static class Reflow
{
    /// <summary>Works out what a request does to a plan.</summary>
    /// <param name="plan">The plan as it is.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="index">The customer's calendar.</param>
    /// <param name="today">Today in the customer's zone, for the forecasts.</param>
    /// <returns>What happens, with its conflicts; a refusal when the request names what is not there or cannot be changed.</returns>
    public static Outcome<ReflowResult> Run(Plan plan, ReflowRequest request, BusinessDayIndex index, LocalDate today)
    {
        var faults = new InputFaults();
        ReflowRules.Check(plan, request, faults);
        if (faults.Any)
        {
            return faults.ToProblem();
        }

        var draft = ReflowDraft.Of(plan, request, index);
        if (draft.Conflicts.Count > 0)
        {
            return Refused(plan, draft.Conflicts);
        }

        var network = PlanNetwork.Of(draft.Items, plan.Phases);
        if (network.Cycle.Count > 0)
        {
            return Refused(plan, [CycleOf(network)]);
        }

        var before = PlanNetwork.Of(plan.Items, plan.Phases);
        return Carry(new ReflowRun(plan, draft, before, network), index, today, request.Pull);
    }

    /// <summary>Takes a reflow back: every item that it changed is as it was, to the day.</summary>
    /// <returns>The plan; a refusal when something that it changed was changed or done since.</returns>
    public static Outcome<Plan> Undo(Plan plan, ReflowEffect effect)
    {
        var left = effect.After.ToDictionary(item => item.Item);
        var restored = effect.Before.ToDictionary(item => item.Item);
        var overtaken = plan.Items.Where(item => left.TryGetValue(item.Id, out var was) && (!was.Describes(item) || !MayGoBack(item, restored[item.Id]))).ToList();
        if (overtaken.Count > 0 || plan.Start != effect.StartAfter)
        {
            return PlansProblems.ReflowOvertaken([.. overtaken.Select(item => item.Title)]);
        }

        return plan with
        {
            Start = effect.StartBefore,
            Items = [.. plan.Items.Select(item => restored.TryGetValue(item.Id, out var was) ? was.PutOn(item) : item)],
        };
    }

    private static bool MayGoBack(PlanItem item, ItemSchedule to) => item.IsLive || (item.Start == to.Start && item.Finish == to.Finish);

    private static ReflowResult Carry(ReflowRun run, BusinessDayIndex index, LocalDate today, bool doesPull)
    {
        // What stood in the way before the change is no news; and whoever followed directly may have to follow again.
        var old = PlanSchedule.Times(run.Before, item => NodeTime.Of(item, index));
        var places = old.Select(time => time.First).ToArray();
        var known = run.Before.Cycle.Count > 0 ? [] : ForwardPass.Run(run.Before, old);
        var pulls = doesPull ? old.Select((time, node) => time.Role == NodeRole.Moves && time.Need != NodeTime.None && time.Need >= places[node]).ToArray() : [];

        var times = PlanSchedule.Times(run.Network, item => run.Draft.TimeOf(item, index));
        var violations = ForwardPass.Run(run.Network, times, pulls);
        var reasons = new ReflowReasons(run.Network, times, index);
        var collected = ReflowMoves.Collect(run, times, reasons, index);
        var plan = run.Plan with { Start = run.Draft.PlanStart, Items = collected.Items };

        var was = PlanSchedule.Of(run.Plan, run.Before, index, today);
        var becomes = PlanSchedule.Of(plan, index, today);
        var oldObstacles = known.Select(violation => Obstacle(run.Before, violation)).ToHashSet();
        return new ReflowResult
        {
            Plan = plan,
            Moves = collected.Moves,
            Conflicts = [.. violations.Select(violation => ConflictOf(run, violation, reasons) with { IsNew = !oldObstacles.Contains(Obstacle(run.Network, violation)) })],
            Effect = collected.Effect,
            GoLive = new ExpectedDate(was.ForecastGoLive, becomes.ForecastGoLive),
            Finish = new ExpectedDate(was.ForecastFinish, becomes.ForecastFinish),
            CriticalPath = becomes.CriticalPath,
        };
    }

    private static (int Node, int From) Obstacle(PlanNetwork network, Violation violation) => (violation.Node, network.Before(violation.Node)[violation.Link].From);

    private static PlanConflict ConflictOf(ReflowRun run, Violation violation, ReflowReasons reasons)
    {
        var item = run.Network.Items[violation.Node];
        var (predecessor, words, until) = reasons.Obstacle(violation);
        var (kind, sentence) = item.State == PlanItemState.Done
            ? (ConflictKind.DoneTooEarly, $"'{item.Title}' is done, though it follows {words}, which is still to come on {PlanDates.Say(until)}. What is done stays; take the dependency away if there is none.")
            : run.Draft.IsAsked(item.Id)
            ? (ConflictKind.AskedTooEarly, $"'{item.Title}' is put on {PlanDates.Say(item.Start!.Value)}, but follows {words} ({PlanDates.Say(until)}). Choose a later day, or take the dependency away.")
            : (ConflictKind.PinnedTooEarly, $"'{item.Title}' is pinned to {PlanDates.Say(item.Start!.Value)}, but follows {words} ({PlanDates.Say(until)}). Unpin it, or make what comes before it shorter.");
        return new PlanConflict(item.Id, kind, sentence) { Predecessor = predecessor };
    }

    private static PlanConflict CycleOf(PlanNetwork network)
    {
        var names = network.Cycle.Select(node => network.IsItem(node) ? $"'{network.Items[node].Title}'" : $"phase '{network.PhaseOf(node).Title}'").Distinct().ToList();
        var first = network.Cycle.First(network.IsItem);
        return new PlanConflict(network.Items[first].Id, ConflictKind.Cycle, $"These would wait for one another in a circle: {string.Join(", ", names)}. Leave out one of the dependencies between them.");
    }

    private static ReflowResult Refused(Plan plan, IReadOnlyList<PlanConflict> conflicts) => new()
    {
        Plan = plan,
        Conflicts = conflicts,
        Effect = new ReflowEffect(plan.Start, plan.Start, [], []),
    };
}

/// <summary>What a reflow works with: the plan, what is asked of it, and its network before and afterwards.</summary>
internal sealed record ReflowRun(Plan Plan, ReflowDraft Draft, PlanNetwork Before, PlanNetwork Network);
