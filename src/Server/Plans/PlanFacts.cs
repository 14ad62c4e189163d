using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Formulas;
using Cairn.Domain.Foundation.Playbooks;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans;

/// <summary>
/// What gates, triggers and formulas may know about a customer's plan. A customer with several active plans is described by
/// the one that was changed last: its id is a fact, too. Its targets are facts by the ids that the playbook gives them.
/// </summary>
internal static class PlanFacts
{
    /// <summary>The names, all of which begin with <c>plan.</c>; beside them <c>plan.target.&lt;id&gt;.due</c> and <c>.goal</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "plan.id", "plan.playbook", "plan.start", "plan.percent_done", "plan.percent_planned", "plan.go_live_baseline", "plan.go_live_forecast",
        "plan.days_late", "plan.finish_forecast", "plan.items_late", "plan.items_open",
    ];

    public static Task Publish(DbWork work, CustomerId customer, Plan plan, IReadOnlyList<ProgressMark> marks, PlanDay day)
    {
        if (plan.State == PlanState.Closed)
        {
            return Facts.Retract(work, customer, [.. Names, .. plan.Targets.SelectMany(target => new[] { Due(target), Goal(target) })]);
        }

        var schedule = PlanSchedule.Of(plan, day.Index, day.Today);
        var progress = PlanProgress.Of(plan, marks, day.Index, day.Today);
        var goLive = PlanOutlook.GoLive(plan, schedule);
        var finish = PlanOutlook.Finish(plan, schedule);
        var source = $"plan '{plan.Title}', version {plan.Version}";
        var progressed = progress.Explain(plan);
        return Facts.Publish(work, customer,
        [
            Fact("plan.id", new FormulaValue.Text(plan.Id.ToString())),
            Fact("plan.playbook", new FormulaValue.Text(plan.Source.Playbook)),
            Fact("plan.start", new FormulaValue.Date(plan.Start)),
            Fact("plan.percent_done", new FormulaValue.Number(progress.Earned), progressed),
            Fact("plan.percent_planned", new FormulaValue.Number(progress.Planned), progressed),
            Fact("plan.go_live_baseline", Date(goLive.Baseline)),
            Fact("plan.go_live_forecast", Date(goLive.Forecast), PlanOutlook.Explain("go-live", goLive, plan, day.Today)),
            Fact("plan.days_late", goLive.SlipDays is { } days ? new FormulaValue.Number(days) : new FormulaValue.Missing("the plan has no go-live with a date"), PlanOutlook.Explain("go-live", goLive, plan, day.Today)),
            Fact("plan.finish_forecast", Date(finish.Forecast), PlanOutlook.Explain("finish", finish, plan, day.Today)),
            Fact("plan.items_late", new FormulaValue.Number(plan.Items.Count(item => item.IsLateOn(day.Today)))),
            Fact("plan.items_open", new FormulaValue.Number(plan.Items.Count(item => item.IsLive))),
            .. plan.Targets.SelectMany(target => new[]
            {
                Fact(Due(target), new FormulaValue.Date(target.Date)),
                Fact(Goal(target), new FormulaValue.Text($"{target.Formula} {target.Goal}{(target.Unit is { } unit ? " " + unit : "")}")),
            }),
        ]);

        PublishedFact Fact(string name, FormulaValue value, Derivation? derivation = null) => new(new Fact(name, value, source, day.Now), derivation);
    }

    private static string Due(CompiledTarget target) => $"plan.target.{NameOf(target)}.due";

    private static string Goal(CompiledTarget target) => $"plan.target.{NameOf(target)}.goal";

    /// <summary>Names of facts have no hyphens, which are minus signs to formulas.</summary>
    private static string NameOf(CompiledTarget target) => target.Id.Replace('-', '_');

    private static FormulaValue Date(NodaTime.LocalDate? date) =>
        date is { } day ? new FormulaValue.Date(day) : new FormulaValue.Missing("the plan has no such date");
}
