using System.Globalization;

namespace Cairn.Domain.Ingest.Quality;

/// <summary>Everything that was counted over a period, or over a batch.</summary>
public sealed record QualityTotals
{
    /// <summary>Events in the log.</summary>
    public long Events { get; init; }

    /// <summary>Those with a JSON payload that was not erased when it was counted.</summary>
    public long Json { get; init; }

    /// <summary>Those with a payload that is not JSON.</summary>
    public long NotJson { get; init; }

    /// <summary>Those whose sender gave a time.</summary>
    public long Timed { get; init; }

    /// <summary>Those recorded more than five minutes after their own time.</summary>
    public long Late { get; init; }

    /// <summary>Those that do not fit the schema of their type.</summary>
    public long Misfits { get; init; }

    /// <summary>Those that could not be folded into an entity as their model says.</summary>
    public long EntityFaulty { get; init; }

    /// <summary>Those with a text that lost letters.</summary>
    public long BrokenTexts { get; init; }

    /// <summary>Those with any fault.</summary>
    public long Faulty { get; init; }

    /// <summary>Events that came again and were recognised.</summary>
    public long Repeated { get; init; }

    /// <summary>Events that were refused.</summary>
    public long Refused { get; init; }

    /// <summary>Members that events of their type should have, as far as one of them has it.</summary>
    public long FieldsExpected { get; init; }

    /// <summary>Members that are there and neither null nor blank.</summary>
    public long FieldsFilled { get; init; }

    /// <summary>Members that are there and null.</summary>
    public long FieldsNull { get; init; }

    /// <summary>Members that are there and blank texts.</summary>
    public long FieldsBlank { get; init; }

    /// <summary>Members of another JSON type than most of their name.</summary>
    public long FieldsOdd { get; init; }

    /// <summary>Seconds from the first to the last stretch with events, both included.</summary>
    public long ActiveSeconds { get; init; }

    /// <summary>The most events of one stretch of five minutes.</summary>
    public long PeakEvents { get; init; }

    /// <summary>From received to durable; <see langword="null"/> for a batch, where it is not counted apart.</summary>
    public IReadOnlyList<long>? Latency { get; init; }

    /// <summary>From an event's own time to its recording.</summary>
    public IReadOnlyList<long> Lateness { get; init; } = [];
}

/// <summary>
/// A number that says how it was come by. The value is an exact decimal as text, or <see langword="null"/> when there is
/// nothing to tell it from, with the reason in <see cref="Missing"/>.
/// </summary>
/// <param name="Name">Stable, snake_case.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="How">How it was counted, in a sentence.</param>
/// <param name="Over">Over what it was counted, in words.</param>
/// <param name="Inputs">What went into it, by name.</param>
/// <param name="Missing">Why there is no value.</param>
public sealed record QualityFigure(
    string Name, string? Value, string Unit, string How, string Over, IReadOnlyList<QualityInput> Inputs, string? Missing);

/// <summary>What went into a figure.</summary>
public sealed record QualityInput(string Name, string Value);

/// <summary>Turns counts into figures.</summary>
public static class QualityFigures
{
    private const int ShareDecimals = 6;

    /// <summary>All figures, always the same names in the same order.</summary>
    /// <param name="totals">What was counted.</param>
    /// <param name="over">Over what, in words.</param>
    public static IReadOnlyList<QualityFigure> Of(QualityTotals totals, string over)
    {
        var make = new Maker(over);
        var handedIn = totals.Events + totals.Repeated + totals.Refused;
        return
        [
            make.Count("handed_in", handedIn, "Events in the log, repeats recognised and events refused.", ("events", totals.Events), ("repeated", totals.Repeated), ("refused", totals.Refused)),
            make.Count("events", totals.Events, "Entries of the log that are events."),
            make.Count("repeated", totals.Repeated, "Events that came again under the same id with the same content. Each is in the log once."),
            make.Count("refused", totals.Refused, "Events that were answered with a refusal. Nothing of them is stored."),
            make.Count("faulty", totals.Faulty, "Events in the log with at least one fault of schema, entity model or text.", ("schema_violations", totals.Misfits), ("entity_faults", totals.EntityFaulty), ("broken_texts", totals.BrokenTexts)),
            make.Share("failing_share", totals.Faulty + totals.Refused, totals.Events + totals.Refused, "Faulty and refused events, of all that were recorded or refused.", "faulty_and_refused", "recorded_and_refused"),
            make.Count("schema_violations", totals.Misfits, "Events that do not fit the schema of their type as it was when they were counted."),
            make.Count("entity_faults", totals.EntityFaulty, "Events that an entity model could not take in fully."),
            make.Count("broken_texts", totals.BrokenTexts, "Events with a text that holds U+FFFD, which stands for lost letters."),
            make.Count("not_json", totals.NotJson, "Events with a payload that is not JSON. It is kept, but cannot be looked into."),
            make.Count("late", totals.Late, "Events recorded more than five minutes after their own time."),
            make.Share("completeness", totals.FieldsFilled, totals.FieldsExpected, "Members that are there and neither null nor blank, of all members that one event of the type has.", "filled", "expected"),
            make.Share("null_share", totals.FieldsNull, totals.FieldsExpected, "Members that are null, of all members that one event of the type has.", "nulls", "expected"),
            make.Count("blank_texts", totals.FieldsBlank, "Members that are texts without a letter."),
            make.Count("odd_types", totals.FieldsOdd, "Members whose JSON type is not the most frequent one of their name."),
            make.Rate("event_rate", totals.Events, totals.ActiveSeconds, "Events, over the time from the first to the last stretch of five minutes with events."),
            make.Count("peak_events", totals.PeakEvents, "Events of the fullest stretch of five minutes."),
            make.Quantile("latency_p50", totals.Latency, 0.5m, "The time within which half of the events were durable after they had been received"),
            make.Quantile("latency_p99", totals.Latency, 0.99m, "The time within which 99 of 100 events were durable after they had been received"),
            make.Quantile("lateness_p50", totals.Lateness, 0.5m, "The time after their own within which half of the events were recorded"),
            make.Quantile("lateness_p99", totals.Lateness, 0.99m, "The time after their own within which 99 of 100 events were recorded"),
        ];
    }

    private sealed class Maker(string over)
    {
        public QualityFigure Count(string name, long value, string how, params (string Name, long Value)[] inputs) =>
            new(name, Text(value), "events", how, over, [.. inputs.Select(input => new QualityInput(input.Name, Text(input.Value)))], null);

        public QualityFigure Share(string name, long part, long whole, string how, string partName, string wholeName) => new(
            name,
            whole == 0 ? null : decimal.Round((decimal)part / whole, ShareDecimals).ToString("0.######", CultureInfo.InvariantCulture),
            "share",
            how,
            over,
            [new QualityInput(partName, Text(part)), new QualityInput(wholeName, Text(whole))],
            whole == 0 ? "Nothing was counted there." : null);

        public QualityFigure Rate(string name, long events, long seconds, string how) => new(
            name,
            seconds == 0 ? null : decimal.Round((decimal)events / seconds, 3).ToString("0.###", CultureInfo.InvariantCulture),
            "events/s",
            how,
            over,
            [new QualityInput("events", Text(events)), new QualityInput("seconds", Text(seconds))],
            seconds == 0 ? "Nothing was counted there." : null);

        public QualityFigure Quantile(string name, IReadOnlyList<long>? counts, decimal share, string what)
        {
            var value = counts is null ? null : DurationCounts.Quantile(counts, share);
            return new QualityFigure(
                name,
                value is { } milliseconds ? Text(milliseconds) : null,
                "ms",
                what + ", rounded up to the next step of the count.",
                over,
                [new QualityInput("events", Text(counts?.Sum() ?? 0))],
                value is not null ? null : counts is null ? "It is counted for all that is handed in and not for each batch." : "No event there had one.");
        }

        private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
