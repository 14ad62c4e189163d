using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Plans.Hours;

/// <summary>Logged hours as stored.</summary>
internal sealed class TimeEntryRow
{
    public Guid EntryId { get; init; }

    public Guid ItemId { get; init; }

    public DateOnly OnDate { get; init; }

    public decimal Hours { get; init; }

    public string? Note { get; init; }

    public string? JobRole { get; init; }

    public bool IsCustomers { get; init; }

    public string ById { get; init; } = "";

    public string? ByName { get; init; }

    public DateTimeOffset LoggedAt { get; init; }

    public DateTimeOffset? RemovedAt { get; init; }

    public LoggedHours ToHours() => new(new TimeEntryId(EntryId), new PlanItemId(ItemId), JobRole, IsCustomers, LocalDate.FromDateOnly(OnDate), Hours);
}

/// <summary>The SQL of logged hours.</summary>
internal static class HoursStore
{
    private const string Columns = "entry_id, item_id, on_date, hours, note, job_role, is_customers, by_id, by_name, logged_at, removed_at";

    /// <summary>A page of what was logged, the newest first, without what was taken back.</summary>
    public static Task<IReadOnlyList<TimeEntryRow>> Page(DbWork work, CustomerId customer, PlanId plan, TimeEntryId? after, int limit) => work.List<TimeEntryRow>(
        $"""
        select {Columns} from plans_time_entries
        where customer_id = @customer and plan_id = @plan and removed_at is null and (@after::uuid is null or entry_id < @after)
        order by entry_id desc limit @limit
        """,
        new { customer = customer.Value, plan = plan.Value, after = after?.Value, limit });

    /// <summary>Everything that was logged, without what was taken back.</summary>
    public static async Task<IReadOnlyList<LoggedHours>> All(DbWork work, CustomerId customer, PlanId plan) =>
    [
        .. (await work.List<TimeEntryRow>(
            $"select {Columns} from plans_time_entries where customer_id = @customer and plan_id = @plan and removed_at is null order by entry_id",
            new { customer = customer.Value, plan = plan.Value })).Select(row => row.ToHours()),
    ];

    public static Task<TimeEntryRow?> Find(DbWork work, CustomerId customer, PlanId plan, TimeEntryId entry) => work.Maybe<TimeEntryRow>(
        $"select {Columns} from plans_time_entries where customer_id = @customer and plan_id = @plan and entry_id = @entry and removed_at is null",
        new { customer = customer.Value, plan = plan.Value, entry = entry.Value });

    public static Task<int> Count(DbWork work, CustomerId customer, PlanId plan) => work.Single<int>(
        "select count(*)::int from plans_time_entries where customer_id = @customer and plan_id = @plan", new { customer = customer.Value, plan = plan.Value });

    /// <summary>The hours logged, by item.</summary>
    public static async Task<IReadOnlyDictionary<PlanItemId, decimal>> ByItem(DbWork work, CustomerId customer, PlanId plan) =>
        (await work.List<TimeEntryRow>(
            "select item_id, sum(hours) as hours from plans_time_entries where customer_id = @customer and plan_id = @plan and removed_at is null group by item_id",
            new { customer = customer.Value, plan = plan.Value })).ToDictionary(row => new PlanItemId(row.ItemId), row => row.Hours);

    public static Task Add(DbWork work, CustomerId customer, PlanId plan, LoggedHours logged, (string? Note, Actor By, Instant At) log) => work.Execute(
        """
        insert into plans_time_entries (customer_id, plan_id, entry_id, item_id, on_date, hours, note, job_role, is_customers, by_id, by_name, logged_at)
        values (@customer, @plan, @entry, @item, @date, @hours, @note, @role, @isCustomers, @by, @name, @at)
        """,
        new
        {
            customer = customer.Value,
            plan = plan.Value,
            entry = logged.Id.Value,
            item = logged.Item.Value,
            date = logged.Date.ToDateOnly(),
            hours = logged.Hours,
            note = log.Note,
            role = logged.Role,
            isCustomers = logged.IsCustomers,
            by = log.By.Id,
            name = log.By.Name,
            at = log.At.ToDateTimeOffset(),
        });

    /// <summary>Takes an entry back; its row stays for the ledger's id to lead somewhere.</summary>
    public static Task Remove(DbWork work, CustomerId customer, PlanId plan, TimeEntryId entry, Instant at) => work.Execute(
        "update plans_time_entries set removed_at = @at where customer_id = @customer and plan_id = @plan and entry_id = @entry",
        new { customer = customer.Value, plan = plan.Value, entry = entry.Value, at = at.ToDateTimeOffset() });
}
