using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans.Hours;

/// <summary>Hours that somebody writes down.</summary>
internal sealed record WriteTimeEntryBody
{
    /// <summary>The day of the work.</summary>
    public required string Date { get; init; }

    /// <summary>More than 0, at most 24, with at most two decimals.</summary>
    public required decimal Hours { get; init; }

    public string? Note { get; init; }

    /// <summary>In which role; the item's when absent.</summary>
    public string? Role { get; init; }
}

/// <summary>Hours that were logged.</summary>
internal sealed record TimeEntryBody(
    string Id, string Item, string Date, decimal Hours, string? Note, string? Role, string Side, PersonBody By, DateTimeOffset At)
{
    public static TimeEntryBody Of(TimeEntryRow row) => new(
        new TimeEntryId(row.EntryId).ToString(), new PlanItemId(row.ItemId).ToString(), PlanText.Of(NodaTime.LocalDate.FromDateOnly(row.OnDate)), row.Hours, row.Note,
        row.JobRole, PlanWords.Side(row.IsCustomers), new PersonBody(row.ById, row.ByName ?? row.ById), row.LoggedAt);
}

/// <summary>Logs hours against an item, and takes back what was logged by mistake. Both stay in the ledger.</summary>
internal sealed class LogTime(SavePlan save)
{
    public Task<Outcome<TimeEntryBody>> Log(
        (CustomerId Customer, PlanId Plan) place, PlanItemId item, Func<InputFaults, TimeEntryDraft> read, Actor actor,
        Func<DbWork, TimeEntryBody, Task>? keep, CancellationToken cancel)
    {
        var id = new TimeEntryId(NewId.Next());
        return save.Run<TimeEntryBody>(place, actor, Decide, async (work, found) =>
        {
            var body = TimeEntryBody.Of((await HoursStore.Find(work, place.Customer, found.Plan.Id, id))!);
            await (keep?.Invoke(work, body) ?? Task.CompletedTask);
            return body;
        }, cancel);

        async Task<Outcome<PlanChange>> Decide(DbWork work, FoundPlan found)
        {
            if (found.Plan.Items.FirstOrDefault(one => one.Id == item) is not { } on)
            {
                return PlansProblems.ItemNotFound;
            }

            if (found.Plan.State == PlanState.Closed)
            {
                return PlansProblems.PlanClosed;
            }

            var faults = new InputFaults();
            var draft = read(faults);
            var hours = PlanHours.Check(found.Plan, on, draft, id, faults);
            if (!hours.IsOk)
            {
                return hours.Problem;
            }

            if (await HoursStore.Count(work, place.Customer, place.Plan) >= PlanLimits.MostTimeEntries)
            {
                return PlansProblems.TooManyTimeEntries;
            }

            return new PlanChange(found.Plan, Said("time-entry.created", actor, on, id) with { After = Recorded(hours.Value, draft.Note) })
            {
                Also = (inside, plan) => HoursStore.Add(inside, place.Customer, plan.Id, hours.Value, (draft.Note?.Trim(), actor, found.Day.Now)),
            };
        }
    }

    public async Task<Problem?> Remove((CustomerId Customer, PlanId Plan) place, TimeEntryId entry, Actor actor, CancellationToken cancel) =>
        (await save.Run<bool>(place, actor, async (work, found) =>
        {
            if (await HoursStore.Find(work, place.Customer, place.Plan, entry) is not { } row)
            {
                return PlansProblems.TimeEntryNotFound;
            }

            if (found.Plan.State == PlanState.Closed)
            {
                return PlansProblems.PlanClosed;
            }

            var on = found.Plan.Items.First(item => item.Id.Value == row.ItemId);
            return new PlanChange(found.Plan, Said("time-entry.removed", actor, on, entry) with { Before = Recorded(row.ToHours(), row.Note) })
            {
                Also = (inside, plan) => HoursStore.Remove(inside, place.Customer, plan.Id, entry, found.Day.Now),
            };
        }, (_, _) => Task.FromResult(true), cancel)).Problem;

    private static RecordChange Said(string action, Actor actor, PlanItem item, TimeEntryId entry) => new(action, actor, "time-entry", entry.ToString()) { SubjectName = item.Title };

    private static object Recorded(LoggedHours hours, string? note) => new
    {
        item = hours.Item.ToString(),
        date = PlanText.Of(hours.Date),
        hours = hours.Hours,
        role = hours.Role,
        side = PlanWords.Side(hours.IsCustomers),
        note,
    };
}
