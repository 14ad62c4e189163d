using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest;
using Cairn.Domain.Ingest.Import;

namespace Cairn.Server.Ingest.Import;

/// <summary>
/// The report of an import as JSON, for programs. Amounts are exact decimal strings, counts are numbers; members are only
/// ever added.
/// </summary>
internal static class ImportReportJson
{
    private static readonly JsonWriterOptions Style = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The report.</summary>
    public static string Write(ImportReport report) => Make(Style, json =>
    {
        json.WriteStartObject();
        Counts(json, report);
        Figures(json, "controlSums", report.ControlSums);
        json.WriteStartObject("monthly");
        foreach (var month in report.Monthly)
        {
            Figures(json, month.Month, month.Figures);
        }

        json.WriteEndObject();
        Reconciliation(json, report);
        Findings(json, report);
        Faults(json, report);
        Events(json, report);
        json.WriteEndObject();
    });

    /// <summary>A refusal of the whole import, with its faults.</summary>
    public static string Write(Problem problem) => Make(Style, json =>
    {
        json.WriteStartObject();
        json.WriteString("code", problem.Code);
        json.WriteString("detail", problem.Detail);
        json.WriteStartArray("faults");
        foreach (var fault in problem.Faults)
        {
            json.WriteStartObject();
            json.WriteString("pointer", fault.Pointer);
            json.WriteString("code", fault.Code);
            json.WriteString("detail", fault.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>One mapped event on one line.</summary>
    public static string EventLine(IngestEvent made) => Make(Style with { Indented = false }, json => Event(json, made));

    private static string Make(JsonWriterOptions style, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, style))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>One mapped event in the CloudEvents JSON shape, as the dry run shows it.</summary>
    private static void Event(Utf8JsonWriter json, IngestEvent made)
    {
        json.WriteStartObject();
        json.WriteString("id", made.EventId);
        json.WriteString("source", made.Source);
        json.WriteString("type", made.Type);
        if (made.Subject is { } subject)
        {
            json.WriteString("subject", subject);
        }

        json.WriteString("time", made.TimeText);
        json.WritePropertyName("data");
        json.WriteRawValue(made.Data.Span);
        json.WriteEndObject();
    }

    private static void Counts(Utf8JsonWriter json, ImportReport report)
    {
        json.WriteNumber("rows", report.Rows);
        json.WriteNumber("accepted", report.Accepted);
        json.WriteNumber("repeated", report.Repeated);
        json.WriteNumber("rejected", report.Rejected);
        json.WriteNumber("flagged", report.Flagged);
        json.WriteNumber("mapped", report.Mapped);
        json.WriteNumber("files", report.Files);
        json.WriteBoolean("dryRun", report.Batch is null);
        json.WriteString("batch", report.Batch?.ToString());
        json.WriteNumber("seconds", Math.Round(report.Seconds, 3));
        if (report.Stopped is { } stopped)
        {
            json.WriteStartObject("stopped");
            json.WriteString("code", stopped.Code);
            json.WriteString("detail", stopped.Detail);
            json.WriteEndObject();
        }
    }

    private static void Figures(Utf8JsonWriter json, string name, IReadOnlyList<ControlFigure> figures)
    {
        json.WriteStartObject(name);
        foreach (var figure in figures)
        {
            json.WritePropertyName(figure.Name);
            if (figure.IsCount)
            {
                json.WriteRawValue(figure.Value.ToString());
            }
            else
            {
                json.WriteStringValue(figure.Value.ToString());
            }
        }

        json.WriteEndObject();
    }

    private static void Reconciliation(Utf8JsonWriter json, ImportReport report)
    {
        json.WriteStartObject("reconciliation");
        json.WriteBoolean("reconciles", report.Differences.Count == 0 && report.Unmeasured == 0);
        json.WriteNumber("unmeasured", report.Unmeasured);
        json.WriteStartObject("differences");
        foreach (var one in report.Differences)
        {
            json.WriteStartObject(one.Name);
            json.WriteString("read", one.Read.ToString());
            json.WriteString("recorded", one.Recorded.ToString());
            json.WriteString("difference", one.Missing.ToString());
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Findings(Utf8JsonWriter json, ImportReport report)
    {
        json.WriteStartObject("flags");
        foreach (var flag in report.Flags)
        {
            Finding(json, flag.Name, flag);
        }

        json.WriteEndObject();
        json.WriteStartObject("blanks");
        foreach (var (column, count) in report.Blanks)
        {
            json.WriteNumber(column, count);
        }

        json.WriteEndObject();
        Finding(json, "exactRepeats", report.ExactRepeats);
        json.WriteStartArray("ignoredColumns");
        foreach (var column in report.IgnoredColumns)
        {
            json.WriteStringValue(column);
        }

        json.WriteEndArray();
    }

    private static void Finding(Utf8JsonWriter json, string name, Finding finding)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count", finding.Count);
        json.WriteStartArray("first");
        foreach (var note in finding.First)
        {
            json.WriteStartObject();
            json.WriteString("file", note.Place.File);
            json.WriteNumber("row", note.Place.Row);
            json.WriteString("value", note.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Faults(Utf8JsonWriter json, ImportReport report)
    {
        json.WriteStartArray("faults");
        foreach (var fault in report.Faults)
        {
            json.WriteStartObject();
            json.WriteString("file", fault.Place.File);
            json.WriteNumber("row", fault.Place.Row);
            json.WriteNumber("line", fault.Place.Line);
            json.WriteString("column", fault.Column);
            json.WriteString("value", fault.Value);
            json.WriteString("code", fault.Code);
            json.WriteString("detail", fault.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Events(Utf8JsonWriter json, ImportReport report)
    {
        if (report.Batch is not null)
        {
            return;
        }

        json.WriteStartArray("firstEvents");
        foreach (var made in report.FirstEvents)
        {
            Event(json, made);
        }

        json.WriteEndArray();
    }
}
