using Cairn.Domain.Foundation;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Domain.Receipts;

/// <summary>
/// The half-open span that <c>date_from</c> and <c>date_to</c> mean: whole days in the customer's zone, both included,
/// or RFC 3339 instants, the second not included. Either may be missing.
/// </summary>
public readonly record struct AuditPeriod(Instant? From, Instant? To)
{
    /// <summary>Reads the two texts; all faults at once.</summary>
    public static Outcome<AuditPeriod> Read(string? from, string? to, DateTimeZone zone)
    {
        var faults = new List<Fault>();
        var period = new AuditPeriod(Bound(from, "date_from", zone, isEnd: false, faults), Bound(to, "date_to", zone, isEnd: true, faults));
        if (faults.Count == 0 && period is { From: { } start, To: { } end } && end <= start)
        {
            faults.Add(new Fault("?date_to", "period-reversed", $"date_to ({to}) is not after date_from ({from}). Give the earlier one first."));
        }

        return faults.Count > 0 ? ReceiptsProblems.PeriodInvalid(faults) : period;
    }

    private static Instant? Bound(string? text, string name, DateTimeZone zone, bool isEnd, List<Fault> faults)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var day = LocalDatePattern.Iso.Parse(text);
        if (day.Success)
        {
            // The end day is included: its end is the start of the next day, which may come at 23 or 25 hours.
            return zone.AtStartOfDay(isEnd ? day.Value.PlusDays(1) : day.Value).ToInstant();
        }

        if (Rfc3339.Parse(text) is { } instant)
        {
            return instant;
        }

        faults.Add(new Fault("?" + name, "date-invalid", $"'{name}' is neither a day (2026-01-19) nor an RFC 3339 time (2026-01-19T10:35:22Z): '{text}'."));
        return null;
    }
}
