using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans.Checklists;

/// <summary>A checklist as stored.</summary>
internal sealed class ChecklistRow
{
    public string ChecklistKey { get; init; } = "";

    public string PhaseKey { get; init; } = "";

    public string Title { get; init; } = "";

    public string? JobRole { get; init; }

    public bool IsCustomers { get; init; }

    public string Moment { get; init; } = "";

    public string Entries { get; init; } = "[]";

    public IReadOnlyList<ChecklistEntry> ToEntries() => [.. PlanJson.Read<EntryRow[]>(Entries).Select(row => row.ToEntry())];
}

/// <summary>The SQL of checklists.</summary>
internal static class ChecklistsStore
{
    private const string Columns = "checklist_key, phase_key, title, job_role, is_customers, moment, entries::text as entries";

    public static Task<IReadOnlyList<ChecklistRow>> List(DbWork work, CustomerId customer, PlanId plan) => work.List<ChecklistRow>(
        $"select {Columns} from plans_checklists where customer_id = @customer and plan_id = @plan order by ordinal", new { customer = customer.Value, plan = plan.Value });

    public static Task<ChecklistRow?> Find(DbWork work, CustomerId customer, PlanId plan, string checklist) => work.Maybe<ChecklistRow>(
        $"select {Columns} from plans_checklists where customer_id = @customer and plan_id = @plan and checklist_key = @checklist",
        new { customer = customer.Value, plan = plan.Value, checklist });

    public static Task Add(DbWork work, CustomerId customer, PlanId plan, IReadOnlyList<CompiledChecklist> checklists) => work.Execute(
        """
        insert into plans_checklists (customer_id, plan_id, checklist_key, ordinal, phase_key, title, job_role, is_customers, moment, entries)
        select @customer, @plan, r.* from jsonb_to_recordset(@rows::jsonb) as r (
            checklist_key text, ordinal int, phase_key text, title text, job_role text, is_customers boolean, moment text, entries jsonb)
        """,
        new
        {
            customer = customer.Value,
            plan = plan.Value,
            rows = PlanJson.Write(checklists.Select((list, ordinal) => new
            {
                ChecklistKey = list.Id,
                ordinal,
                PhaseKey = list.Phase,
                list.Title,
                JobRole = list.Role,
                list.IsCustomers,
                list.Moment,
                Entries = list.Items.Select((text, at) => EntryRow.Of(new ChecklistEntry($"{at + 1}", text))),
            })),
        });

    public static Task Put(DbWork work, CustomerId customer, PlanId plan, string checklist, IReadOnlyList<ChecklistEntry> entries) => work.Execute(
        "update plans_checklists set entries = @entries::jsonb where customer_id = @customer and plan_id = @plan and checklist_key = @checklist",
        new { customer = customer.Value, plan = plan.Value, checklist, entries = PlanJson.Write(entries.Select(EntryRow.Of)) });
}
