using System.Globalization;

namespace Cairn.Domain.Ingest.Quality;

/// <summary>What an alert is about.</summary>
public enum QualityAlertKind
{
    /// <summary>Too many events fail: refused, or recorded with a fault.</summary>
    Failures,

    /// <summary>Recording takes too long, from the moment an event was received.</summary>
    Latency,

    /// <summary>Events come too long after they happened.</summary>
    Lateness,
}

/// <summary>What happened within the window that alerts look at.</summary>
/// <param name="Events">Events recorded.</param>
/// <param name="Refused">Events refused.</param>
/// <param name="Faulty">Recorded events with at least one fault.</param>
/// <param name="Latency">From received to durable, counted by <see cref="DurationCounts"/>.</param>
/// <param name="LiveLateness">From the event's own time to recording, of events that came on their own and not in a stream or import, counted likewise.</param>
public sealed record QualityWindow(long Events, long Refused, long Faulty, IReadOnlyList<long> Latency, IReadOnlyList<long> LiveLateness);

/// <summary>Whether one alert is due, with the value and the sentence for people.</summary>
public sealed record QualityVerdict(QualityAlertKind Kind, bool IsDue, decimal Value, decimal Threshold, string Unit, string Detail);

/// <summary>Judges a window. An alert is due as long as its cause lasts: it closes by the same rule that opens it.</summary>
public static class QualityAlerts
{
    /// <summary>The job roles that look after a customer's data and hear of its alerts; where nobody has one of them, the whole team hears.</summary>
    public static IReadOnlyList<string> JobRolesTold { get; } = ["csm", "csm-technical", "implementation-engineer", "engineer"];

    /// <summary>What an alert is called in the subject of a message.</summary>
    public static string Title(QualityAlertKind kind) => kind switch
    {
        QualityAlertKind.Failures => "too many events fail",
        QualityAlertKind.Latency => "recording is slow",
        QualityAlertKind.Lateness => "events come late",
    };

    /// <summary>One verdict a kind. Too small a sample never makes an alert due.</summary>
    public static IReadOnlyList<QualityVerdict> Judge(QualityWindow window) =>
    [
        Failures(window),
        Slow(QualityAlertKind.Latency, window.Latency, 0.99m, "99 of 100 events were durable within {0} of being received; the limit is {1}."),
        // The median: live senders may catch up on a few old events without anything being wrong.
        Slow(QualityAlertKind.Lateness, window.LiveLateness, 0.5m, "Half of the events came {0} or less after they happened; the limit is {1}."),
    ];

    private static QualityVerdict Failures(QualityWindow window)
    {
        var all = window.Events + window.Refused;
        var failing = window.Refused + window.Faulty;
        var share = all == 0 ? 0 : (decimal)failing / all;
        return new QualityVerdict(
            QualityAlertKind.Failures,
            all >= QualityLimits.AlertSample && share > QualityLimits.FailingShare,
            decimal.Round(share, 4),
            QualityLimits.FailingShare,
            "share",
            string.Create(CultureInfo.InvariantCulture, $"{failing} of {all} events of the last hour failed ({share:P1}): {window.Refused} refused, {window.Faulty} recorded with a fault. The limit is {QualityLimits.FailingShare:P0}."));
    }

    private static QualityVerdict Slow(QualityAlertKind kind, IReadOnlyList<long> counts, decimal share, string detail)
    {
        var value = DurationCounts.Quantile(counts, share) ?? 0;
        return new QualityVerdict(
            kind,
            counts.Sum() >= QualityLimits.AlertSample && value > QualityLimits.LatencyMilliseconds,
            value,
            QualityLimits.LatencyMilliseconds,
            "ms",
            string.Format(CultureInfo.InvariantCulture, detail, Words(value), Words(QualityLimits.LatencyMilliseconds)));
    }

    /// <summary>A duration in the unit a person would choose.</summary>
    public static string Words(long milliseconds) => milliseconds switch
    {
        < 1_000 => $"{milliseconds} ms",
        < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000m:0.#} s"),
        < 3_600_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 60_000m:0.#} min"),
        < 86_400_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 3_600_000m:0.#} h"),
        long.MaxValue => "more than can be counted",
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 86_400_000m:0.#} days"),
    };
}
