using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;

namespace Cairn.Server.Plans.Hours;

/// <summary>The hours of a side.</summary>
/// <param name="BudgetHours">Hours agreed; null when none were.</param>
/// <param name="LoggedHours">Hours used.</param>
/// <param name="RemainingEffortHours">Hours of effort in what is still to be done.</param>
/// <param name="ForecastHours">What it comes to when the rest takes what was estimated.</param>
internal sealed record SideBudgetBody(decimal? BudgetHours, decimal LoggedHours, decimal RemainingEffortHours, decimal ForecastHours)
{
    public static SideBudgetBody Of(SideHours side) => new(side.Budget, side.Logged, side.Remaining, side.Forecast);
}

/// <summary>The hours of a role.</summary>
/// <param name="Role">The role; null for what has none.</param>
/// <param name="Side"><c>ours</c> or <c>customer</c>.</param>
/// <param name="BudgetHours">Hours agreed for the whole plan; null when none were.</param>
/// <param name="LoggedHours">Hours used.</param>
/// <param name="RemainingEffortHours">Hours of effort in what is still to be done.</param>
/// <param name="ForecastHours">What it comes to when the rest takes what was estimated.</param>
internal sealed record RoleBudgetBody(string? Role, string Side, decimal? BudgetHours, decimal LoggedHours, decimal RemainingEffortHours, decimal ForecastHours);

/// <summary>A week of logged hours.</summary>
/// <param name="From">Its Monday.</param>
/// <param name="Hours">All of them.</param>
/// <param name="Roles">By role; a role of the customer's that we have, too, is written <c>customer:finance</c>, and hours without a role stand under an empty one.</param>
internal sealed record WeekBudgetBody(string From, decimal Hours, IReadOnlyDictionary<string, decimal> Roles)
{
    public static string NameOf(WeekHours week) => week is { IsCustomers: true, Role: { } role } && JobRoles.Exists(role) ? "customer:" + role : week.Role ?? "";
}

/// <summary>Agreed, used and expected hours.</summary>
internal sealed record BudgetBody(SideBudgetBody Ours, SideBudgetBody Customer, IReadOnlyList<RoleBudgetBody> Roles, IReadOnlyList<WeekBudgetBody> Weeks)
{
    public static BudgetBody Of(PlanHours hours) => new(
        SideBudgetBody.Of(hours.Ours),
        SideBudgetBody.Of(hours.Customers),
        [.. hours.Roles.Select(role => new RoleBudgetBody(role.Role, PlanWords.Side(role.IsCustomers), role.Budget, role.Logged, role.Remaining, role.Forecast))],
        [
            .. hours.Weeks.GroupBy(week => week.From).Select(week => new WeekBudgetBody(
                PlanText.Of(week.Key), week.Sum(part => part.Hours), week.GroupBy(WeekBudgetBody.NameOf).ToDictionary(role => role.Key, role => role.Sum(part => part.Hours)))),
        ]);
}
