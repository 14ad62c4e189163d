using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Server.Plans.Reflows;

/// <summary>A reflow as stored.</summary>
internal sealed class ReflowRow
{
    public Guid ReflowId { get; init; }

    public long PlanVersion { get; init; }

    public DateTimeOffset At { get; init; }

    public string ById { get; init; } = "";

    public string? ByName { get; init; }

    public string Reason { get; init; } = "";

    public string Moves { get; init; } = "[]";

    public string Conflicts { get; init; } = "[]";

    public string Effect { get; init; } = "{}";

    public Guid? Undoes { get; init; }

    public Guid? UndoneBy { get; init; }

    /// <summary>Whether it can be undone, if nothing is newer: it is no undoing itself, and was not undone.</summary>
    public bool IsStanding => Undoes is null && UndoneBy is null;

    public ReflowBody ToBody(bool canBeUndone) => new(
        new ReflowId(ReflowId).ToString(), At, new PersonBody(ById, ByName ?? ById), Reason, PlanJson.Read<MoveBody[]>(Moves), PlanJson.Read<ConflictBody[]>(Conflicts),
        UndoneBy is not null, Undoes is { } other ? new ReflowId(other).ToString() : null, canBeUndone);
}

/// <summary>A reflow that is about to be written down.</summary>
internal sealed record NewReflow(ReflowId Id, Actor By, Instant At, string Reason)
{
    public required IReadOnlyList<PlanMove> Moves { get; init; }

    public IReadOnlyList<PlanConflict> Conflicts { get; init; } = [];

    public required ReflowEffect Effect { get; init; }

    public ReflowId? Undoes { get; init; }
}

/// <summary>The SQL of reflows.</summary>
internal static class ReflowsStore
{
    private const string Columns =
        "reflow_id, plan_version, at, by_id, by_name, reason, moves::text as moves, conflicts::text as conflicts, effect::text as effect, undoes, undone_by";

    /// <summary>The reflows of a plan, the newest first.</summary>
    public static Task<IReadOnlyList<ReflowRow>> List(DbWork work, CustomerId customer, PlanId plan, int limit) => work.List<ReflowRow>(
        $"select {Columns} from plans_reflows where customer_id = @customer and plan_id = @plan order by plan_version desc limit @limit",
        new { customer = customer.Value, plan = plan.Value, limit });

    public static Task<ReflowRow?> Find(DbWork work, CustomerId customer, PlanId plan, ReflowId reflow) => work.Maybe<ReflowRow>(
        $"select {Columns} from plans_reflows where customer_id = @customer and plan_id = @plan and reflow_id = @reflow",
        new { customer = customer.Value, plan = plan.Value, reflow = reflow.Value });

    /// <summary>The newest reflow that is no undoing and was not undone: the one that can be.</summary>
    public static Task<Guid?> Newest(DbWork work, CustomerId customer, PlanId plan) => work.Maybe<Guid?>(
        """
        select reflow_id from plans_reflows
        where customer_id = @customer and plan_id = @plan and undoes is null and undone_by is null order by plan_version desc limit 1
        """,
        new { customer = customer.Value, plan = plan.Value });

    public static async Task Add(DbWork work, CustomerId customer, Plan plan, NewReflow reflow)
    {
        await work.Execute(
            """
            insert into plans_reflows (customer_id, plan_id, reflow_id, plan_version, at, by_id, by_name, reason, moves, conflicts, effect, undoes)
            values (@customer, @plan, @reflow, @version, @at, @by, @name, @reason, @moves::jsonb, @conflicts::jsonb, @effect::jsonb, @undoes)
            """,
            new
            {
                customer = customer.Value,
                plan = plan.Id.Value,
                reflow = reflow.Id.Value,
                version = plan.Version,
                at = reflow.At.ToDateTimeOffset(),
                by = reflow.By.Id,
                name = reflow.By.Name,
                reason = reflow.Reason,
                moves = PlanJson.Write(reflow.Moves.Select(MoveBody.Of)),
                conflicts = PlanJson.Write(reflow.Conflicts.Select(ConflictBody.Of)),
                effect = PlanJson.Write(EffectRow.Of(reflow.Effect)),
                undoes = reflow.Undoes?.Value,
            });
        if (reflow.Undoes is { } undone)
        {
            await work.Execute(
                "update plans_reflows set undone_by = @by where customer_id = @customer and plan_id = @plan and reflow_id = @reflow",
                new { customer = customer.Value, plan = plan.Id.Value, reflow = undone.Value, by = reflow.Id.Value });
        }
    }
}

/// <summary>What a reflow changed, as stored.</summary>
internal sealed record EffectRow(string StartBefore, string StartAfter, IReadOnlyList<ScheduleRow> Before, IReadOnlyList<ScheduleRow> After)
{
    public static EffectRow Of(ReflowEffect effect) => new(
        PlanText.Of(effect.StartBefore), PlanText.Of(effect.StartAfter), [.. effect.Before.Select(ScheduleRow.Of)], [.. effect.After.Select(ScheduleRow.Of)]);

    public ReflowEffect ToEffect() => new(
        LocalDatePattern.Iso.Parse(StartBefore).Value, LocalDatePattern.Iso.Parse(StartAfter).Value, [.. Before.Select(row => row.ToSchedule())], [.. After.Select(row => row.ToSchedule())]);
}

/// <summary>An item's dates, as stored with a reflow.</summary>
internal sealed record ScheduleRow(Guid Item, string? Start, string? Finish, int WorkingDays, bool Pinned, IReadOnlyList<TieRow> After, IReadOnlyList<StepRow> Why)
{
    public static ScheduleRow Of(ItemSchedule item) => new(
        item.Item.Value, PlanText.Of(item.Start), PlanText.Of(item.Finish), item.WorkingDays, item.IsPinned,
        [.. item.After.Select(one => new TieRow(one.Item.Value, PlanWords.Of(one.Kind), one.LagDays))], [.. item.Why.Select(StepRow.Of)]);

    public ItemSchedule ToSchedule() => new(new PlanItemId(Item), Date(Start), Date(Finish), WorkingDays, Pinned)
    {
        After = [.. After.Select(one => new PlanDependency(new PlanItemId(one.Item), PlanWords.DependencyKindOf(one.Kind), one.LagDays))],
        Why = [.. Why.Select(row => row.ToStep())],
    };

    private static LocalDate? Date(string? text) => text is null ? null : LocalDatePattern.Iso.Parse(text).Value;
}

/// <summary>What an item follows, as stored with a reflow.</summary>
internal sealed record TieRow(Guid Item, string Kind, int LagDays);
