using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using NodaTime;

namespace Cairn.Domain.Plans;

/// <summary>What a plan is made of, beside the playbook.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title; the playbook's when <see langword="null"/>.</param>
/// <param name="NextItem">Makes an id for each item.</param>
/// <param name="Owners">Who of the staff has which role.</param>
public sealed record PlanOrder(PlanId Id, string? Title, Func<PlanItemId> NextItem, IReadOnlyDictionary<string, PersonId> Owners);

/// <summary>
/// Makes a plan from a compiled playbook. Its dates are the playbook's, moved forward just enough where one of its own rules
/// asks for it, so that a new plan never violates what it says about itself; each item that was moved says why.
/// </summary>
public static class PlanMaking
{
    /// <summary>Makes the plan; a refusal when it would be too large or its items wait for one another in a circle.</summary>
    public static Outcome<Plan> From(CompiledPlaybook playbook, PlanOrder order, BusinessDayIndex index)
    {
        if (playbook.Items.Count > PlanLimits.MostItems)
        {
            return PlansProblems.TooManyItems;
        }

        var ids = playbook.Items.ToDictionary(item => item.Id, _ => order.NextItem());
        var items = playbook.Items.Select(item => Item(item, ids, order.Owners)).ToList();
        var plan = new Plan
        {
            Id = order.Id,
            Title = order.Title ?? playbook.Title,
            Source = new PlanSource(playbook.Playbook, playbook.Version, playbook.ContentSha256, playbook.Title),
            Start = playbook.Start,
            GoLive = GoLiveOf(playbook) is { } goLive ? ids[goLive] : null,
            Phases = [.. playbook.Phases.Select(phase => new PlanPhase(phase.Id, phase.Title, phase.Goal, phase.After, phase.Start, phase.Finish))],
            Items = items,
            Budget = playbook.Budget,
            OurHours = playbook.OurHours,
            CustomerHours = playbook.CustomerHours,
            Targets = playbook.Targets,
        };
        return Settle(plan, index) ?? (Outcome<Plan>)PlansProblems.PlaybookHasCycle;
    }

    /// <summary>The item that is the go-live: what the playbook says, else a milestone or meeting that is called so.</summary>
    private static string? GoLiveOf(CompiledPlaybook playbook) =>
        playbook.GoLive is { } stated && playbook.Items.Any(item => item.Id == stated) ? stated
        : playbook.Items.FirstOrDefault(item => item.Id == "go-live")?.Id;

    private static PlanItem Item(CompiledItem item, Dictionary<string, PlanItemId> ids, IReadOnlyDictionary<string, PersonId> owners) => new()
    {
        Id = ids[item.Id],
        Key = item.Id,
        Kind = item.Kind,
        Phase = item.Phase,
        Title = item.Title,
        Details = item.Details,
        Role = item.Role,
        IsCustomers = item.IsCustomers,
        Owner = item is { Role: { } role, IsCustomers: false } && owners.TryGetValue(role, out var person) ? person : null,
        Audience = item.Audience,
        Start = item.Start,
        Finish = item.Finish,
        At = item.At,
        Minutes = item.Time is { } time ? (int)time.TotalMinutes : null,
        WorkingDays = item.Kind == ItemKinds.Milestone ? 0 : Math.Max(1, item.WorkingDays),
        EffortHours = item.EffortHours,
        After =
        [
            .. item.After.Where(before => ids.ContainsKey(before.Item)).Select(before => new PlanDependency(ids[before.Item], PlanWords.DependencyKindOf(before.Kind), before.LagDays)),
        ],
        Checklist = [.. item.Checklist.Select((text, at) => new ChecklistEntry($"{at + 1}", text))],
        Why = item.Why,
    };

    /// <summary>Lets everything follow what it follows, and makes what comes out the baseline.</summary>
    private static Plan? Settle(Plan plan, BusinessDayIndex index)
    {
        var network = PlanNetwork.Of(plan.Items, plan.Phases);
        if (network.Cycle.Count > 0)
        {
            return null;
        }

        var draft = ReflowDraft.Of(plan, new ReflowRequest([]), index);
        var times = PlanSchedule.Times(network, item => NodeTime.Of(item, index));
        ForwardPass.Run(network, times);
        var settled = ReflowMoves.Collect(new ReflowRun(plan, draft, network, network), times, new ReflowReasons(network, times, index), index);
        var moved = settled.Moves.ToDictionary(move => move.Item, move => move.Why);
        var compiled = plan.Items.ToDictionary(item => item.Id, item => item.Why);
        return plan with
        {
            Items =
            [
                .. settled.Items.Select(item => item with
                {
                    BaselineStart = item.Start,
                    BaselineFinish = item.Finish,
                    Why = moved.TryGetValue(item.Id, out var why) ? [.. compiled[item.Id], .. why] : item.Why,
                }),
            ],
            Phases = [.. plan.Phases.Select(phase => WithBaseline(phase, settled.Items))],
        };
    }

    private static PlanPhase WithBaseline(PlanPhase phase, IReadOnlyList<PlanItem> items)
    {
        var within = items.Where(item => item.Phase == phase.Key && item.Start is not null).ToList();
        return within.Count == 0
            ? phase
            : phase with { BaselineStart = within.Min(item => item.Start!.Value), BaselineFinish = within.Max(item => item.Finish!.Value) };
    }
}
