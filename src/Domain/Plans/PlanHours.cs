using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using NodaTime;

namespace Cairn.Domain.Plans;

/// <summary>Hours that somebody worked on an item.</summary>
/// <param name="Id">Which entry.</param>
/// <param name="Item">On what.</param>
/// <param name="Role">In which role.</param>
/// <param name="IsCustomers">Whether that is one of the customer's.</param>
/// <param name="Date">On which day.</param>
/// <param name="Hours">How many, with two decimals.</param>
public sealed record LoggedHours(TimeEntryId Id, PlanItemId Item, string? Role, bool IsCustomers, LocalDate Date, decimal Hours);

/// <summary>What somebody writes about hours, unchecked.</summary>
public sealed record TimeEntryDraft(LocalDate? Date, decimal? Hours, string? Note, string? Role);

/// <summary>The hours of a role: agreed, used, still to come.</summary>
/// <param name="Role">The role; <see langword="null"/> for items and entries without one.</param>
/// <param name="IsCustomers">Whether it is one of the customer's.</param>
/// <param name="Budget">Hours agreed for the whole plan; <see langword="null"/> when none were.</param>
/// <param name="Logged">Hours used.</param>
/// <param name="Remaining">Hours of effort in what is still to be done.</param>
public sealed record RoleHours(string? Role, bool IsCustomers, decimal? Budget, decimal Logged, decimal Remaining)
{
    /// <summary>What it comes to when the rest takes what was estimated.</summary>
    public decimal Forecast => Logged + Remaining;
}

/// <summary>The hours of a side.</summary>
/// <param name="Budget">Hours agreed; the roles' own when none were agreed for the side.</param>
/// <param name="Logged">Hours used.</param>
/// <param name="Remaining">Hours of effort in what is still to be done.</param>
public sealed record SideHours(decimal? Budget, decimal Logged, decimal Remaining)
{
    /// <summary>What it comes to when the rest takes what was estimated.</summary>
    public decimal Forecast => Logged + Remaining;
}

/// <summary>The hours of a calendar week, from Monday.</summary>
public sealed record WeekHours(LocalDate From, string? Role, bool IsCustomers, decimal Hours);

/// <summary>Budget, logged hours and what is still to come, by role, side and week.</summary>
public sealed record PlanHours(IReadOnlyList<RoleHours> Roles, IReadOnlyList<WeekHours> Weeks, SideHours Ours, SideHours Customers)
{
    /// <summary>Adds it up. A budget by the week counts for each week that the plan's baseline touches.</summary>
    public static PlanHours Of(Plan plan, IReadOnlyList<LoggedHours> entries)
    {
        var weeks = WeeksOf(plan);
        var keys = plan.Budget.Select(budget => (Role: (string?)budget.Role, budget.IsCustomers))
            .Concat(plan.Items.Where(item => item.EffortHours > 0 && item.State != PlanItemState.Cancelled).Select(item => (item.Role, item.IsCustomers)))
            .Concat(entries.Select(entry => (entry.Role, entry.IsCustomers))).Distinct();
        var roles = keys.Select(key => new RoleHours(
            key.Role,
            key.IsCustomers,
            plan.Budget.Where(budget => budget.Role == key.Role && budget.IsCustomers == key.IsCustomers).Select(budget => budget.Hours * (budget.IsPerWeek ? weeks : 1)).FirstOrDefault(),
            entries.Where(entry => (entry.Role, entry.IsCustomers) == key).Sum(entry => entry.Hours),
            plan.Items.Where(item => (item.Role, item.IsCustomers) == key).Sum(RemainingOf))).ToList();
        var byWeek = entries.GroupBy(entry => (From: MondayOf(entry.Date), entry.Role, entry.IsCustomers))
            .Select(week => new WeekHours(week.Key.From, week.Key.Role, week.Key.IsCustomers, week.Sum(entry => entry.Hours)))
            .OrderBy(week => week.From).ThenBy(week => week.IsCustomers).ThenBy(week => week.Role, StringComparer.Ordinal).ToList();
        return new PlanHours(roles, byWeek, Side(roles, false, plan.OurHours), Side(roles, true, plan.CustomerHours));
    }

    /// <summary>The part of an item's effort that is not done yet; nothing for what is done or cancelled.</summary>
    public static decimal RemainingOf(PlanItem item) => item.IsLive ? (item.EffortHours ?? 0) * (100 - item.PercentDone) / 100 : 0;

    /// <summary>How many calendar weeks the baseline touches; at least one.</summary>
    public static int WeeksOf(Plan plan) =>
        plan.BaselineFinish is { } finish && finish > plan.Start ? (Period.DaysBetween(MondayOf(plan.Start), MondayOf(finish)) / 7) + 1 : 1;

    /// <summary>Checks hours that somebody logs.</summary>
    public static Outcome<LoggedHours> Check(Plan plan, PlanItem item, TimeEntryDraft draft, TimeEntryId id, InputFaults faults)
    {
        if (draft.Date is null)
        {
            faults.Add("/date", InputFaults.MemberMissing, "'date' is required: the day of the work, as 2026-03-02.");
        }
        else if (!ReflowRules.IsNear(plan, draft.Date.Value))
        {
            ReflowRules.Far(plan, "/date", faults);
        }

        if (draft.Hours is not { } hours)
        {
            faults.Add("/hours", InputFaults.MemberMissing, "'hours' is required: more than 0, at most 24.");
        }
        else if (hours is <= 0 or > PlanLimits.HoursOfADay || decimal.Round(hours, 2) != hours)
        {
            faults.Add("/hours", "hours-unusable", "'hours' takes more than 0 and at most 24 hours, with at most two decimals: 1.25 is an hour and a quarter.");
        }

        faults.Paragraphs("/note", draft.Note, PlanLimits.ReasonLength);
        var (role, isCustomers) = draft.Role is null ? (item.Role, item.IsCustomers) : PlanItemEdit.Role(draft.Role, item, faults);
        return faults.Any ? faults.ToProblem() : new LoggedHours(id, item.Id, role, isCustomers, draft.Date!.Value, draft.Hours!.Value);
    }

    private static SideHours Side(List<RoleHours> roles, bool isCustomers, decimal? agreed)
    {
        var ofSide = roles.Where(role => role.IsCustomers == isCustomers).ToList();
        var budgets = ofSide.Where(role => role.Budget is not null).Sum(role => role.Budget);
        return new SideHours(agreed ?? (budgets > 0 ? budgets : null), ofSide.Sum(role => role.Logged), ofSide.Sum(role => role.Remaining));
    }

    private static LocalDate MondayOf(LocalDate day) => day.PlusDays(-((int)day.DayOfWeek - 1));
}
