using System.Globalization;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Import;

namespace Cairn.Server.Ingest.Import;

/// <summary>
/// Writes every flagged, repeated and rejected row of an import to a CSV file, one line per finding, as they come.
/// The file is made for a spreadsheet, so a value that a spreadsheet would run as a formula is preceded by an apostrophe.
/// </summary>
internal sealed class RowListing : IDisposable
{
    private readonly TextWriter to;

    private RowListing(TextWriter to)
    {
        this.to = to;
        Line("file", "row", "line", "kind", "name", "column", "value", "detail");
    }

    /// <summary>Creates or replaces the file, unless it is one of those that the import reads. Without a path nothing is written.</summary>
    public static Outcome<RowListing> Open(string? path, IReadOnlyList<string> inputs)
    {
        if (path is null)
        {
            return new RowListing(TextWriter.Null);
        }

        if (inputs.Contains(Path.GetFullPath(path)))
        {
            return new Problem(ProblemKind.Malformed, "listing-is-input", $"--report {path} would overwrite a file that the import reads. Name another file.");
        }

        try
        {
            return new RowListing(new StreamWriter(path) { NewLine = "\r\n" });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Problem(ProblemKind.Malformed, "listing-not-writable", $"--report {path} cannot be written: {failure.Message} Name a file in a folder that exists and that you may write to.");
        }
    }

    /// <summary>Writes what there is to say about one row; nothing for most.</summary>
    public void Add(MappedRow row, IReadOnlyList<RowFault> faults)
    {
        if (ReferenceEquals(to, TextWriter.Null))
        {
            return;
        }

        foreach (var fault in faults)
        {
            Line(row.Place, "rejected", fault.Code, fault.Column, fault.Value, fault.Detail);
        }

        foreach (var flag in row.Flags)
        {
            Line(row.Place, "flag", flag.Name, flag.Column, flag.Value, null);
        }

        if (row.RepeatOf is { } earlier)
        {
            Line(row.Place, "repeat", ImportTally.ExactRepeat, null, $"{earlier.File}:{earlier.Row}", "Equal in every column to this earlier row");
        }
    }

    public void Dispose() => to.Dispose();

    /// <summary>A cell that is safe in a spreadsheet; plain numbers stay numbers.</summary>
    public static string Defuse(string value)
    {
        var isFormula = value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] && !ExactDecimal.TryRead(value, '.', out _);
        var safe = isFormula ? "'" + value : value;
        return safe.AsSpan().ContainsAny(",\"\r\n") || safe != safe.Trim() ? "\"" + safe.Replace("\"", "\"\"") + "\"" : safe;
    }

    private void Line(RowPlace place, string kind, string name, string? column, string? value, string? detail) => Line(
        place.File,
        place.Row.ToString(CultureInfo.InvariantCulture),
        place.Line.ToString(CultureInfo.InvariantCulture),
        kind,
        name,
        column ?? "",
        value ?? "",
        detail ?? "");

    private void Line(params string[] cells) => to.WriteLine(string.Join(',', cells.Select(Defuse)));
}
