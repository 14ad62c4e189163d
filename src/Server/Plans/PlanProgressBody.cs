using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;

namespace Cairn.Server.Plans;

/// <summary>A day of the curve, in percent of the whole plan.</summary>
/// <param name="Date">Which day.</param>
/// <param name="Planned">What was to be done by its end.</param>
/// <param name="Earned">What was; null for days to come.</param>
internal sealed record ProgressPointBody(string Date, decimal Planned, decimal? Earned);

/// <summary>How each figure came about.</summary>
internal sealed record PlanDerivationsBody(Derivation Progress, Derivation GoLive, Derivation Finish);

/// <summary>Planned against earned progress.</summary>
/// <param name="AsOf">Which day counts as now.</param>
/// <param name="Planned">What was to be done by now, in percent.</param>
/// <param name="Earned">What is done by now, in percent.</param>
/// <param name="Curve">Day by day from the first day of anything to the last.</param>
/// <param name="GoLive">Go-live against its baseline; within three days is on time.</param>
/// <param name="Finish">The plan's end against its baseline.</param>
/// <param name="Derivations">How each figure came about.</param>
internal sealed record PlanProgressBody(
    string AsOf, decimal Planned, decimal Earned, IReadOnlyList<ProgressPointBody> Curve, OutlookBody GoLive, OutlookBody Finish, PlanDerivationsBody Derivations)
{
    public static PlanProgressBody Of(PlanView view)
    {
        var (progress, goLive, finish, today) = (view.Progress, view.GoLive, view.Finish, view.Day.Today);
        return new PlanProgressBody(
            PlanText.Of(progress.AsOf), progress.Planned, progress.Earned,
            [.. progress.Curve.Select(point => new ProgressPointBody(PlanText.Of(point.Date), point.Planned, point.Earned))],
            OutlookBody.Of(goLive, view.Plan.GoLive), OutlookBody.Of(finish),
            new PlanDerivationsBody(
                progress.Explain(view.Plan), PlanOutlook.Explain("go-live", goLive, view.Plan, today), PlanOutlook.Explain("finish", finish, view.Plan, today)));
    }
}
