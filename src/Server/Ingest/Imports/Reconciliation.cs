using System.Globalization;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Import;
using Cairn.Server.Ingest.Quality;

namespace Cairn.Server.Ingest.Imports;

/// <summary>Holds what an import recorded against what it read and against what the source's own books say.</summary>
internal static class Reconciliation
{
    private const string Rows = "rows";

    /// <summary>The reconciliation of a finished import; <see langword="null"/> before it is finished.</summary>
    public static ReconciliationBody? Of(ImportRow row)
    {
        if (row.Report is null)
        {
            return null;
        }

        using var report = JsonDocument.Parse(row.Report);
        var root = report.RootElement;
        var recorded = new Dictionary<string, string> { [Rows] = Number(root, "accepted") + Number(root, "repeated") is var kept ? Text(kept) : "" };
        foreach (var sum in root.GetProperty("controlSums").EnumerateObject())
        {
            recorded[sum.Name] = Plain(sum.Value);
        }

        var differences = root.GetProperty("reconciliation").GetProperty("differences");
        var expected = Expected(row.Expected);
        var figures = recorded.Select(one => Figure(
            one.Key, one.Value,
            one.Key == Rows ? Text(Number(root, "rows")) : differences.TryGetProperty(one.Key, out var difference) ? Plain(difference.GetProperty("read")) : one.Value,
            expected.GetValueOrDefault(one.Key))).ToList();
        figures.AddRange(expected.Where(one => !recorded.ContainsKey(one.Key)).Select(one => new ControlBody(one.Key, "not counted", null, one.Value, null)));
        return new ReconciliationBody(
            ImportIds.Text(row.ImportId),
            figures.All(figure => figure.Difference is null && figure.Recorded != "not counted") && root.GetProperty("reconciliation").GetProperty("unmeasured").GetInt64() == 0,
            Number(root, "rows"), Number(root, "accepted"), Number(root, "repeated"), Number(root, "rejected"), figures);
    }

    /// <summary>What the source's own books say, as it was given: an object of exact decimals by name.</summary>
    public static Outcome<IReadOnlyDictionary<string, string>> ReadExpected(string text)
    {
        var faults = new List<Fault>();
        var figures = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var json = JsonDocument.Parse(text);
            foreach (var member in json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.EnumerateObject().ToList() : throw new JsonException())
            {
                if (member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number && ExactDecimal.TryRead(Plain(member.Value), '.', out _))
                {
                    figures[member.Name] = Plain(member.Value);
                }
                else
                {
                    faults.Add(new Fault("/expected/" + member.Name, "expected-not-a-number", $"'{InputFaults.Shorten(member.Name)}' must be a plain decimal such as \"5545687.682\"."));
                }
            }
        }
        catch (JsonException)
        {
            faults.Add(new Fault("/expected", "expected-unreadable", "'expected' is a JSON object of decimals by the name of a control sum, and 'rows': {\"rows\": 285421, \"gross\": \"5545687.682\"}."));
        }

        return faults.Count == 0 ? figures : new Problem(ProblemKind.Malformed, faults[0].Code, faults[0].Detail) { Faults = faults };
    }

    private static IReadOnlyDictionary<string, string> Expected(string? text) =>
        text is null ? new Dictionary<string, string>() : ReadExpected(text).Value;

    private static ControlBody Figure(string name, string recorded, string read, string? expected)
    {
        var against = expected ?? read;
        return new ControlBody(name, recorded, read == recorded ? null : read, expected, Difference(recorded, against) ?? Difference(recorded, read));
    }

    private static string? Difference(string recorded, string other)
    {
        ExactDecimal.TryRead(recorded, '.', out var left);
        ExactDecimal.TryRead(other, '.', out var right);
        return left.CompareTo(right) == 0 ? null : (left - right).ToString();
    }

    private static long Number(JsonElement root, string name) => root.GetProperty(name).GetInt64();

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Plain(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}

/// <summary>How imports are named outside.</summary>
internal static class ImportIds
{
    private const string Prefix = "imp_";

    public static string Text(Guid id) => Prefix + Crockford.Encode(id);

    public static Guid? Read(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && Crockford.TryDecode(text.AsSpan(Prefix.Length), out var id) ? id : null;
}
