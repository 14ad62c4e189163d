using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Plans;

/// <summary>
/// The SQL of plans: a plan is loaded whole, changed by the domain, and what changed of it is saved. Rows go to the database
/// as one JSON document a table, so that a plan of a thousand items takes as many statements as one of ten.
/// </summary>
internal static class PlansStore
{
    /// <summary>The PostgreSQL channel on which changed plans are announced, as <c>cus_… pln_…</c>.</summary>
    public const string Channel = "cairn_plans";

    /// <summary>How many of a plan's last changes are kept for browsers that connect again.</summary>
    private const int KeptChanges = 500;

    private const string PlanColumns =
        """
        plan_id, title, playbook, playbook_version, playbook_sha256, playbook_title, state, start_date, go_live_item_id, budget::text as budget,
        our_hours, customer_hours, targets::text as targets, started_at, version
        """;

    private const string ItemColumns =
        """
        item_id, item_key, kind, phase_key, title, details, job_role, is_customers, owner_id, audience, state, percent_done, done_on, start_date, finish_date,
        at_minute, minutes, working_days, effort_hours, is_pinned, baseline_start, baseline_finish, checklist::text as checklist, why::text as why, version
        """;

    /// <summary>A customer's plans without what is in them, the newest first.</summary>
    public static Task<IReadOnlyList<PlanRow>> List(DbWork work, CustomerId customer) => work.List<PlanRow>(
        $"select {PlanColumns} from plans_plans where customer_id = @customer order by started_at desc, plan_id desc", new { customer = customer.Value });

    public static Task<int> Count(DbWork work, CustomerId customer) =>
        work.Single<int>("select count(*)::int from plans_plans where customer_id = @customer", new { customer = customer.Value });

    /// <summary>A plan with everything in it.</summary>
    public static async Task<Plan?> Find(DbWork work, CustomerId customer, PlanId plan) => await Whole(work, customer, await work.Maybe<PlanRow>(
        $"select {PlanColumns} from plans_plans where customer_id = @customer and plan_id = @plan", new { customer = customer.Value, plan = plan.Value }));

    /// <summary>A plan that is about to change: a second change waits until this one is through.</summary>
    public static async Task<Plan?> FindForChange(DbWork work, CustomerId customer, PlanId plan) => await Whole(work, customer, await work.Maybe<PlanRow>(
        $"select {PlanColumns} from plans_plans where customer_id = @customer and plan_id = @plan for update", new { customer = customer.Value, plan = plan.Value }));

    public static async Task Add(DbWork work, CustomerId customer, Plan plan, string compiled, (Actor By, Instant At) start)
    {
        await work.Execute(
            """
            insert into plans_plans (
                customer_id, plan_id, title, playbook, playbook_version, playbook_sha256, playbook_title, state, start_date, go_live_item_id,
                budget, our_hours, customer_hours, targets, compiled, started_at, started_by, version)
            values (
                @customer, @plan, @title, @playbook, @playbookVersion, @sha256, @playbookTitle, @state, @start, @goLive,
                @budget::jsonb, @ourHours, @customerHours, @targets::jsonb, @compiled::jsonb, @at, @by, @version)
            """,
            new
            {
                customer = customer.Value,
                plan = plan.Id.Value,
                title = plan.Title,
                playbook = plan.Source.Playbook,
                playbookVersion = plan.Source.Version,
                sha256 = plan.Source.Sha256,
                playbookTitle = plan.Source.Title,
                state = PlanWords.Of(plan.State),
                start = plan.Start.ToDateOnly(),
                goLive = plan.GoLive?.Value,
                budget = PlanJson.Write(plan.Budget.Select(BudgetRow.Of)),
                ourHours = plan.OurHours,
                customerHours = plan.CustomerHours,
                targets = PlanJson.Write(plan.Targets.Select(TargetRow.Of)),
                compiled,
                at = start.At.ToDateTimeOffset(),
                by = start.By.Id,
                version = plan.Version,
            });
        await AddPhases(work, customer, plan);
        await PutItems(work, customer, plan, plan.Items);
    }

    /// <summary>Writes what of the plan itself may change.</summary>
    public static Task Update(DbWork work, CustomerId customer, Plan plan) => work.Execute(
        """
        update plans_plans set title = @title, state = @state, start_date = @start, version = @version
        where customer_id = @customer and plan_id = @plan
        """,
        new { customer = customer.Value, plan = plan.Id.Value, title = plan.Title, state = PlanWords.Of(plan.State), start = plan.Start.ToDateOnly(), version = plan.Version });

    /// <summary>Writes items, new and changed ones, with what they follow.</summary>
    public static async Task PutItems(DbWork work, CustomerId customer, Plan plan, IReadOnlyList<PlanItem> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        var ordinals = plan.Items.Select((item, at) => (item.Id, at)).ToDictionary(pair => pair.Id, pair => pair.at);
        var key = new { customer = customer.Value, plan = plan.Id.Value };
        await work.Execute(
            """
            insert into plans_items (
                customer_id, plan_id, item_id, item_key, ordinal, kind, phase_key, title, details, job_role, is_customers, owner_id, audience, state,
                percent_done, done_on, start_date, finish_date, at_minute, minutes, working_days, effort_hours, is_pinned, baseline_start,
                baseline_finish, checklist, why, version)
            select @customer, @plan, r.* from jsonb_to_recordset(@rows::jsonb) as r (
                item_id uuid, item_key text, ordinal int, kind text, phase_key text, title text, details text, job_role text, is_customers boolean,
                owner_id uuid, audience text, state text, percent_done int, done_on date, start_date date, finish_date date, at_minute int, minutes int,
                working_days int, effort_hours numeric, is_pinned boolean, baseline_start date, baseline_finish date, checklist jsonb, why jsonb, version bigint)
            on conflict (customer_id, plan_id, item_id) do update set
                title = excluded.title, details = excluded.details, job_role = excluded.job_role, is_customers = excluded.is_customers,
                owner_id = excluded.owner_id, audience = excluded.audience, state = excluded.state, percent_done = excluded.percent_done,
                done_on = excluded.done_on, start_date = excluded.start_date, finish_date = excluded.finish_date, working_days = excluded.working_days,
                effort_hours = excluded.effort_hours, is_pinned = excluded.is_pinned, checklist = excluded.checklist, why = excluded.why,
                version = excluded.version
            """,
            new { key.customer, key.plan, rows = PlanJson.Write(items.Select(item => ItemRow.Stored(item, ordinals[item.Id]))) });
        await work.Execute(
            "delete from plans_dependencies where customer_id = @customer and plan_id = @plan and item_id = any(@items)",
            new { key.customer, key.plan, items = items.Select(item => item.Id.Value).ToArray() });
        await work.Execute(
            """
            insert into plans_dependencies (customer_id, plan_id, item_id, predecessor_id, kind, lag_days, ordinal)
            select @customer, @plan, r.* from jsonb_to_recordset(@rows::jsonb) as r (item_id uuid, predecessor_id uuid, kind text, lag_days int, ordinal int)
            """,
            new { key.customer, key.plan, rows = PlanJson.Write(items.SelectMany(DependencyRow.Stored)) });
    }

    /// <summary>Notes how far items are at the end of a day; the last note of a day counts.</summary>
    public static Task PutProgress(DbWork work, CustomerId customer, PlanId plan, IReadOnlyList<PlanItem> items, LocalDate day) => items.Count == 0 ? Task.CompletedTask : work.Execute(
        """
        insert into plans_progress (customer_id, plan_id, item_id, on_date, percent_done)
        select @customer, @plan, r.item_id, @day, r.percent_done from unnest(@items::uuid[], @percents::int[]) as r (item_id, percent_done)
        on conflict (customer_id, plan_id, item_id, on_date) do update set percent_done = excluded.percent_done
        """,
        new
        {
            customer = customer.Value,
            plan = plan.Value,
            day = day.ToDateOnly(),
            items = items.Select(item => item.Id.Value).ToArray(),
            percents = items.Select(item => item.PercentDone).ToArray(),
        });

    /// <summary>How far items were on which days.</summary>
    public static async Task<IReadOnlyList<ProgressMark>> Marks(DbWork work, CustomerId customer, PlanId plan) =>
    [
        .. (await work.List<ProgressRow>(
            "select item_id, on_date, percent_done from plans_progress where customer_id = @customer and plan_id = @plan order by on_date",
            new { customer = customer.Value, plan = plan.Value })).Select(row => new ProgressMark(new PlanItemId(row.ItemId), LocalDate.FromDateOnly(row.OnDate), row.PercentDone)),
    ];

    /// <summary>Says what a version changed, for whoever looks on, on this server and every other.</summary>
    public static async Task Announce(DbWork work, CustomerId customer, Plan plan, IReadOnlyList<PlanItem> items, (Actor By, Instant At) change)
    {
        var parameters = new
        {
            customer = customer.Value,
            plan = plan.Id.Value,
            version = plan.Version,
            items = items.Select(item => item.Id.Value).ToArray(),
            by = change.By.Id,
            name = change.By.Name,
            at = change.At.ToDateTimeOffset(),
            before = plan.Version - KeptChanges,
        };
        await work.Execute(
            "insert into plans_changes (customer_id, plan_id, version, items, by_id, by_name, at) values (@customer, @plan, @version, @items, @by, @name, @at)", parameters);
        await work.Execute("delete from plans_changes where customer_id = @customer and plan_id = @plan and version <= @before", parameters);
        await work.Execute("select pg_notify(@Channel, @what)", new { Channel, what = $"{customer} {plan.Id}" });
    }

    /// <summary>What changed after a version, in order; at most so many.</summary>
    public static Task<IReadOnlyList<ChangeRow>> ChangesAfter(DbWork work, CustomerId customer, PlanId plan, long version, int limit) => work.List<ChangeRow>(
        """
        select version, items, by_id, by_name, at from plans_changes
        where customer_id = @customer and plan_id = @plan and version > @version order by version limit @limit
        """,
        new { customer = customer.Value, plan = plan.Value, version, limit });

    public static Task<long?> VersionOf(DbWork work, CustomerId customer, PlanId plan) => work.Maybe<long?>(
        "select version from plans_plans where customer_id = @customer and plan_id = @plan", new { customer = customer.Value, plan = plan.Value });

    private static Task AddPhases(DbWork work, CustomerId customer, Plan plan) => work.Execute(
        """
        insert into plans_phases (customer_id, plan_id, phase_key, ordinal, title, goal, follows, baseline_start, baseline_finish)
        select @customer, @plan, r.phase_key, r.ordinal, r.title, r.goal, r.follows, r.baseline_start, r.baseline_finish
        from jsonb_to_recordset(@rows::jsonb) as r (phase_key text, ordinal int, title text, goal text, follows text[], baseline_start date, baseline_finish date)
        """,
        new { customer = customer.Value, plan = plan.Id.Value, rows = PlanJson.Write(plan.Phases.Select(PhaseRow.Stored)) });

    private static async Task<Plan?> Whole(DbWork work, CustomerId customer, PlanRow? row)
    {
        if (row is null)
        {
            return null;
        }

        var key = new { customer = customer.Value, plan = row.PlanId };
        var phases = await work.List<PhaseRow>(
            "select phase_key, title, goal, follows, baseline_start, baseline_finish from plans_phases where customer_id = @customer and plan_id = @plan order by ordinal", key);
        var items = await work.List<ItemRow>(
            $"select {ItemColumns} from plans_items where customer_id = @customer and plan_id = @plan order by ordinal, item_id", key);
        var dependencies = await work.List<DependencyRow>(
            "select item_id, predecessor_id, kind, lag_days from plans_dependencies where customer_id = @customer and plan_id = @plan order by item_id, ordinal", key);
        var after = dependencies.ToLookup(dependency => dependency.ItemId, dependency => dependency.ToDependency());
        return row.ToPlan() with
        {
            Phases = [.. phases.Select(phase => phase.ToPhase())],
            Items = [.. items.Select(item => item.ToItem([.. after[item.ItemId]]))],
        };
    }

    private sealed class ProgressRow
    {
        public Guid ItemId { get; init; }

        public DateOnly OnDate { get; init; }

        public int PercentDone { get; init; }
    }
}

/// <summary>JSON as plans store it.</summary>
internal static class PlanJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options) ?? throw new InvalidOperationException("What a plan stores is null.");
}
