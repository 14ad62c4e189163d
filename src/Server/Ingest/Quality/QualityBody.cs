using System.Globalization;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Quality;

namespace Cairn.Server.Ingest.Quality;

/// <summary>Data quality over a period, or over a batch.</summary>
/// <param name="Customer">Whose.</param>
/// <param name="From">Recorded at or after; widened to the five minutes it is in. Null for the first.</param>
/// <param name="To">Recorded before; null for now.</param>
/// <param name="Batch">Only of this stream or import.</param>
/// <param name="FirstTime">The earliest event time of what was counted.</param>
/// <param name="LastTime">The latest event time of what was counted.</param>
/// <param name="EventsWaiting">Entries of the log that are not yet counted; 0 when the counts are current.</param>
/// <param name="Figures">Every figure with how it was counted.</param>
/// <param name="Types">The same by type of event, in short.</param>
/// <param name="Refusals">Why events were refused, most frequent first.</param>
/// <param name="Reconciliation">For an import: what was read against what is in the log.</param>
/// <param name="OpenAlerts">Alerts whose cause lasts.</param>
internal sealed record QualityBody(
    string Customer, DateTimeOffset? From, DateTimeOffset? To, string? Batch, DateTimeOffset? FirstTime, DateTimeOffset? LastTime, long EventsWaiting,
    IReadOnlyList<QualityFigure> Figures, IReadOnlyList<TypeQualityBody> Types, IReadOnlyList<RefusalBody> Refusals, ReconciliationBody? Reconciliation,
    IReadOnlyList<AlertBody> OpenAlerts);

/// <summary>What was counted over time, for a curve.</summary>
/// <param name="From">Where the first stretch begins; null when nothing was counted.</param>
/// <param name="To">Where the last stretch ends.</param>
/// <param name="StepSeconds">How long a stretch is.</param>
/// <param name="Points">Stretches with anything in them, by time.</param>
internal sealed record SeriesBody(DateTimeOffset? From, DateTimeOffset? To, long StepSeconds, IReadOnlyList<SeriesPointBody> Points);

/// <summary>One stretch of a curve.</summary>
/// <param name="At">Where it begins, by time of recording.</param>
/// <param name="Events">Events recorded.</param>
/// <param name="Faulty">Those with a fault.</param>
/// <param name="Late">Those recorded more than five minutes after their own time.</param>
/// <param name="Refused">Events refused.</param>
/// <param name="Repeated">Repeats recognised; 0 for a batch, where they are not counted by time.</param>
/// <param name="LatencyP50">Milliseconds within which half were durable; null when none was counted.</param>
/// <param name="LatencyP99">Milliseconds within which 99 of 100 were durable.</param>
internal sealed record SeriesPointBody(
    DateTimeOffset At, long Events, long Faulty, long Late, long Refused, long Repeated, long? LatencyP50, long? LatencyP99)
{
    public static SeriesPointBody Of(SeriesRow row) => new(
        row.At, row.Events, row.Faulty, row.Late, row.Refused, row.Repeated,
        DurationCounts.Quantile(row.Latency, 0.5m), DurationCounts.Quantile(row.Latency, 0.99m));
}

/// <summary>Data quality of one type of event.</summary>
/// <param name="EventType">The type.</param>
/// <param name="Events">Events in the log.</param>
/// <param name="Faulty">Those with a fault.</param>
/// <param name="SchemaViolations">Those that do not fit the schema.</param>
/// <param name="Late">Those recorded more than five minutes after their own time.</param>
/// <param name="Completeness">The share of members that are filled; null without members.</param>
/// <param name="FirstTime">The earliest event time.</param>
/// <param name="LastTime">The latest event time.</param>
internal sealed record TypeQualityBody(
    string EventType, long Events, long Faulty, long SchemaViolations, long Late, string? Completeness, DateTimeOffset FirstTime, DateTimeOffset LastTime);

/// <summary>Why events were refused.</summary>
/// <param name="EventType">The type, as far as it could be read; empty when not.</param>
/// <param name="Code">The code of the answer.</param>
/// <param name="Refused">How many.</param>
internal sealed record RefusalBody(string EventType, string Code, long Refused);

/// <summary>What an import read, against what is in the log and what the source's own books say.</summary>
/// <param name="Import">The import.</param>
/// <param name="IsReconciled">Whether nothing differs.</param>
/// <param name="Rows">Rows read.</param>
/// <param name="Accepted">Events new in the log.</param>
/// <param name="Repeated">Events that were there before.</param>
/// <param name="Rejected">Rows without an event.</param>
/// <param name="Figures">Each control figure: read, recorded, expected.</param>
internal sealed record ReconciliationBody(
    string Import, bool IsReconciled, long Rows, long Accepted, long Repeated, long Rejected, IReadOnlyList<ControlBody> Figures);

/// <summary>One control figure, exact.</summary>
/// <param name="Name">Its name in the mapping, or <c>rows</c>.</param>
/// <param name="Recorded">Over the rows that are in the log.</param>
/// <param name="Read">Over the rows that were read; null when it is the same.</param>
/// <param name="Expected">What the source's own books say, where the import was told.</param>
/// <param name="Difference">Recorded less expected, or recorded less read; null when nothing differs.</param>
internal sealed record ControlBody(string Name, string Recorded, string? Read, string? Expected, string? Difference);

/// <summary>A member of a type's payloads.</summary>
/// <param name="EventType">The type.</param>
/// <param name="Field">Its JSON pointer within the payload; <c>*</c> for all beyond the limit of names.</param>
/// <param name="Events">Events of the type with a JSON payload.</param>
/// <param name="Present">Events that have it.</param>
/// <param name="Missing">Events that do not.</param>
/// <param name="Nulls">Events where it is null.</param>
/// <param name="Blanks">Events where it is a text without a letter.</param>
/// <param name="Completeness">The share of events where it is filled, exact to six decimals.</param>
/// <param name="OddTypes">Values of another JSON type than most.</param>
/// <param name="Types">How many values of which JSON type.</param>
internal sealed record FieldBody(
    string EventType, string Field, long Events, long Present, long Missing, long Nulls, long Blanks, string? Completeness, long OddTypes, FieldTypesBody Types)
{
    public static FieldBody Of(FieldRow row) => new(
        row.EventType, row.Field, row.Events, row.Present, row.Events - row.Present, row.Nulls, row.Blanks, Shares.Of(row.Filled, row.Events), row.OddTypes,
        new FieldTypesBody(row.Texts, row.Numbers, row.Booleans, row.Objects, row.Lists));
}

/// <summary>How many values of which JSON type.</summary>
internal sealed record FieldTypesBody(long Strings, long Numbers, long Booleans, long Objects, long Arrays);

/// <summary>A single fault.</summary>
/// <param name="Id">Which fault.</param>
/// <param name="FoundAt">When the event was recorded or refused.</param>
/// <param name="Kind"><c>refused</c>, <c>schema</c>, <c>format</c> or <c>entity</c>.</param>
/// <param name="EventType">The type of the event, as far as it is known.</param>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Pointer">Its place in the event.</param>
/// <param name="Detail">What is wrong and how to put it right.</param>
/// <param name="Index">The event's place in the log; null for a refused one.</param>
/// <param name="EventId">The sender's id, as far as it is known.</param>
/// <param name="Source">The event's source, as far as it is known.</param>
/// <param name="Place">The line of a stream, or file and row of an import.</param>
/// <param name="Batch">The stream or import.</param>
/// <param name="Receipt">Where the receipt is; null for a refused event.</param>
internal sealed record FaultBody(
    string Id, DateTimeOffset FoundAt, string Kind, string EventType, string Code, string Pointer, string Detail, long? Index, string? EventId, string? Source,
    string? Place, string? Batch, string? Receipt)
{
    public static FaultBody Of(FaultRow row) => new(
        "flt_" + Crockford.Encode(row.FaultId), row.FoundAt, row.Kind, row.EventType, row.Code, row.Pointer, row.Detail, row.LogIndex, row.EventId, row.Source,
        row.Place, row.BatchId == Guid.Empty ? null : BatchId.Of(row.BatchId).ToString(),
        row.LogIndex is null ? null : $"/v1/receipts/{Uri.EscapeDataString(row.EventId!)}?source={Uri.EscapeDataString(row.Source!)}");
}

/// <summary>An alert: open as long as its cause lasts.</summary>
/// <param name="Id">Which alert.</param>
/// <param name="Kind"><c>failures</c>, <c>latency</c> or <c>lateness</c>.</param>
/// <param name="State"><c>open</c> or <c>closed</c>.</param>
/// <param name="OpenedAt">Since when.</param>
/// <param name="ClosedAt">Until when.</param>
/// <param name="Value">The value that opened it.</param>
/// <param name="Threshold">What it must not exceed.</param>
/// <param name="Unit">Of both.</param>
/// <param name="Detail">What was found, in a sentence.</param>
internal sealed record AlertBody(
    string Id, string Kind, string State, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, string Value, string Threshold, string Unit, string Detail)
{
    public static AlertBody Of(AlertRow row) => new(
        AlertIds.Text(row.AlertId), row.Kind, row.ClosedAt is null ? "open" : "closed", row.OpenedAt, row.ClosedAt,
        row.Value.ToString(CultureInfo.InvariantCulture), row.Threshold.ToString(CultureInfo.InvariantCulture), row.Unit, row.Detail);
}

/// <summary>Shares as exact decimals.</summary>
internal static class Shares
{
    private const int Decimals = 6;

    public static string? Of(long part, long whole) =>
        whole == 0 ? null : decimal.Round((decimal)part / whole, Decimals).ToString("0.######", CultureInfo.InvariantCulture);
}
