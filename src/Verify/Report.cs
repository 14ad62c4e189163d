using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cairn.Verify;

/// <summary>Prints findings for a person or for a program.</summary>
internal static class Report
{
    private static readonly JsonWriterOptions Layout = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TextWriter to, Findings findings, bool asJson)
    {
        if (asJson)
        {
            to.WriteLine(Json(json => WriteFindings(json, findings)));
            return;
        }

        to.WriteLine(Plain(findings.Subject));
        WriteList(to, "Proven", findings.AllProven);
        WriteList(to, "Not proven", findings.AllNotProven);
        WriteList(to, "Wrong", findings.Faults);
        if (findings.FaultCount > findings.Faults.Count)
        {
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  … and {findings.FaultCount - findings.Faults.Count:N0} more."));
        }

        to.WriteLine(findings.Holds ? "Result: everything that could be checked holds." : "Result: DOES NOT HOLD. Something was altered, or the files do not belong together.");
    }

    public static void WriteRefusal(TextWriter to, string sentence) => to.WriteLine(Json(json =>
    {
        json.WriteString("result", "usage");
        json.WriteNumber("exitCode", CommandRun.Usage);
        json.WriteString("message", sentence);
    }));

    /// <summary>
    /// The text without control characters: ids and names in a hostile file could otherwise steer the terminal
    /// and paint "holds" over what was found.
    /// </summary>
    public static string Plain(string text) =>
        string.Concat(text.Select(sign => char.IsControl(sign) || char.GetUnicodeCategory(sign) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? '\uFFFD' : sign));

    private static void WriteList(TextWriter to, string title, IReadOnlyList<string> sentences)
    {
        if (sentences.Count > 0)
        {
            to.WriteLine(title + ":");
        }

        foreach (var sentence in sentences)
        {
            to.WriteLine("  - " + Plain(sentence));
        }
    }

    private static void WriteFindings(Utf8JsonWriter json, Findings findings)
    {
        json.WriteString("result", findings.Holds ? "proven" : "differs");
        json.WriteNumber("exitCode", findings.Holds ? CommandRun.Proven : CommandRun.Differs);
        json.WriteString("subject", findings.Subject);
        WriteArray(json, "proven", findings.AllProven);
        WriteArray(json, "notProven", findings.AllNotProven);
        json.WriteNumber("faultCount", findings.FaultCount);
        WriteArray(json, "faults", findings.Faults);
        json.WriteStartObject("counts");
        foreach (var (name, value) in findings.Counts)
        {
            json.WriteNumber(name, value);
        }

        json.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter json, string name, IReadOnlyList<string> sentences)
    {
        json.WriteStartArray(name);
        foreach (var sentence in sentences)
        {
            json.WriteStringValue(sentence);
        }

        json.WriteEndArray();
    }

    private static string Json(Action<Utf8JsonWriter> content)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Layout))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
