using Cairn.Domain.Foundation.Playbooks;
using NodaTime;

namespace Cairn.Domain.Plans;

/// <summary>What an item's dates mean for the plan.</summary>
/// <param name="SlackDays">By how many business days it can be later without moving the plan's finish or missing a pinned date; negative when a pinned date is missed already.</param>
/// <param name="LatestFinish">The last day on which it can end so.</param>
public readonly record struct ItemSlack(int SlackDays, LocalDate LatestFinish)
{
    /// <summary>Whether any delay of it delays the plan.</summary>
    public bool IsCritical => SlackDays <= 0;
}

/// <summary>
/// A plan as it stands, worked out: slack and critical path from the planned dates, and the forecast. The forecast takes
/// what is late as finished today at the earliest, lets everything open follow what comes before it, and holds no date that
/// somebody only promised: a pinned item moves in it like any other. What is not late takes as long as planned.
/// </summary>
public sealed class PlanSchedule
{
    private readonly Plan plan;
    private readonly PlanNetwork network;
    private readonly Dictionary<PlanItemId, ItemSlack> slack = [];
    private readonly Dictionary<PlanItemId, LocalDate> forecast = [];

    private PlanSchedule(Plan plan, PlanNetwork network)
    {
        this.plan = plan;
        this.network = network;
    }

    /// <summary>The items without slack that are still to be done, by their dates. They are what decides when the plan ends.</summary>
    public IReadOnlyList<PlanItemId> CriticalPath { get; private set; } = [];

    /// <summary>When the last item ends as things stand; <see langword="null"/> when nothing has a date.</summary>
    public LocalDate? ForecastFinish { get; private set; }

    /// <summary>When go-live is as things stand; <see langword="null"/> without a go-live.</summary>
    public LocalDate? ForecastGoLive => plan.GoLive is { } item && forecast.TryGetValue(item, out var day) ? day : null;

    /// <summary>The slack of an item that is still to be done and has dates; <see langword="null"/> for every other.</summary>
    public ItemSlack? SlackOf(PlanItemId item) => slack.TryGetValue(item, out var found) ? found : null;

    /// <summary>When an item ends as things stand; <see langword="null"/> for one without dates or cancelled.</summary>
    public LocalDate? ForecastOf(PlanItemId item) => forecast.TryGetValue(item, out var day) ? day : null;

    /// <summary>Works a plan out. A plan whose items wait for one another in a circle has no slack and no forecast.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="index">The customer's calendar.</param>
    /// <param name="today">Today in the customer's zone.</param>
    public static PlanSchedule Of(Plan plan, BusinessDayIndex index, LocalDate today) =>
        Of(plan, PlanNetwork.Of(plan.Items, plan.Phases), index, today);

    internal static PlanSchedule Of(Plan plan, PlanNetwork network, BusinessDayIndex index, LocalDate today)
    {
        var schedule = new PlanSchedule(plan, network);
        if (network.Cycle.Count == 0)
        {
            schedule.FindSlack(index);
            schedule.LookAhead(index, index.OnOrAfter(today));
        }

        return schedule;
    }

    private void FindSlack(BusinessDayIndex index)
    {
        var times = Times(network, item => NodeTime.Of(item, index, isHeld: true));
        ForwardPass.Run(network, times);
        var finish = LastDay(times);
        if (finish == NodeTime.None)
        {
            return;
        }

        var late = BackwardPass.Run(network, times, finish);
        for (var node = 0; node < network.Items.Length; node++)
        {
            if (late[node] != BackwardPass.NoSlack)
            {
                slack[network.Items[node].Id] = new ItemSlack(late[node], index.DateOf(times[node].Last + late[node]));
            }
        }

        CriticalPath =
        [
            .. network.Items.Where(item => slack.TryGetValue(item.Id, out var found) && found.IsCritical)
                .OrderBy(item => item.Start).ThenBy(item => item.Finish).ThenBy(item => item.Id.Value).Select(item => item.Id),
        ];
    }

    private void LookAhead(BusinessDayIndex index, int today)
    {
        var times = Times(network, item => Expected(item, index, today));
        var before = (NodeTime[])times.Clone();
        ForwardPass.Run(network, times);
        for (var node = 0; node < network.Items.Length; node++)
        {
            var item = network.Items[node];
            if (times[node].Role == NodeRole.Through || item.Finish is not { } finish)
            {
                continue;
            }

            // What does not move keeps its own date, which may be a closed day that somebody agreed to.
            var isLate = item.IsLive && finish < index.DateOf(today) && times[node].Last >= today;
            var day = item.State == PlanItemState.Done ? item.DoneOn ?? finish
                : times[node].Last == before[node].Last && !isLate ? finish
                : index.DateOf(times[node].Last);
            forecast[item.Id] = day;
            ForecastFinish = ForecastFinish is { } latest && latest >= day ? latest : day;
        }
    }

    private static NodeTime Expected(PlanItem item, BusinessDayIndex index, int today)
    {
        var time = NodeTime.Of(item.IsLive ? item with { IsPinned = false } : item, index);
        if (time.Role == NodeRole.Moves && time.Last < today)
        {
            if (time.IsPoint)
            {
                time.PutPoint(today);
            }
            else
            {
                time.Put(today - time.Length + 1);
            }
        }

        return time;
    }

    internal static NodeTime[] Times(PlanNetwork network, Func<PlanItem, NodeTime> of)
    {
        var times = new NodeTime[network.NodeCount];
        for (var node = 0; node < times.Length; node++)
        {
            times[node] = network.IsItem(node) ? of(network.Items[node]) : NodeTime.Passing();
        }

        return times;
    }

    private int LastDay(NodeTime[] times)
    {
        var last = NodeTime.None;
        for (var node = 0; node < network.Items.Length; node++)
        {
            if (times[node].Role != NodeRole.Through)
            {
                last = Math.Max(last, times[node].Last);
            }
        }

        return last;
    }
}
