using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Plans;

/// <summary>A date as agreed and as things stand.</summary>
/// <param name="Baseline">As first planned.</param>
/// <param name="Forecast">As things stand.</param>
public readonly record struct Outlook(LocalDate? Baseline, LocalDate? Forecast)
{
    /// <summary>Calendar days after the baseline; negative for earlier; <see langword="null"/> when one of the two is missing.</summary>
    public int? SlipDays => Baseline is { } agreed && Forecast is { } expected ? Period.DaysBetween(agreed, expected) : null;

    /// <summary>Whether it is within <see cref="PlanLimits.GoLiveTolerance"/> days of the baseline.</summary>
    public bool? IsWithinTolerance => SlipDays is { } days ? Math.Abs(days) <= PlanLimits.GoLiveTolerance : null;
}

/// <summary>Go-live and finish of a plan, agreed and expected.</summary>
public static class PlanOutlook
{
    /// <summary>The go-live; nothing without one.</summary>
    public static Outlook GoLive(Plan plan, PlanSchedule schedule) =>
        new(plan.Items.FirstOrDefault(item => item.Id == plan.GoLive)?.BaselineFinish, schedule.ForecastGoLive);

    /// <summary>The plan's end.</summary>
    public static Outlook Finish(Plan plan, PlanSchedule schedule) => new(plan.BaselineFinish, schedule.ForecastFinish);

    /// <summary>How the forecast of a date came about.</summary>
    public static Derivation Explain(string what, Outlook outlook, Plan plan, LocalDate today)
    {
        var late = plan.Items.Where(item => item.IsLateOn(today)).OrderBy(item => item.Finish).ToList();
        const int shown = 20;
        if (outlook.Forecast is not { } forecast)
        {
            return new Derivation($"Forecast of {what}", $"insufficient data: the plan has no {what} with a date");
        }

        return new Derivation($"Forecast of {what} on {PlanDates.Say(today)}", PlanDates.Say(forecast))
        {
            Inputs =
            [
                new DerivationInput("baseline", outlook.Baseline is { } agreed ? PlanDates.Say(agreed) : "none", "the plan when it was started"),
                new DerivationInput("late items", $"{late.Count}", "items whose finish has passed and that are not done"),
            ],
            Steps =
            [
                new DerivationStep("What is late is taken as finished today at the earliest")
                {
                    Parts = [.. late.Take(shown).Select(item => new DerivationStep($"'{item.Title}' was to end on {PlanDates.Say(item.Finish!.Value)}"))],
                },
                new DerivationStep("Everything open follows what comes before it, pinned or not", PlanDates.Say(forecast)),
                new DerivationStep("Against the baseline", outlook.SlipDays is { } days ? $"{days} days, tolerance {PlanLimits.GoLiveTolerance}" : "no baseline"),
            ],
        };
    }
}
