using System.Text;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Import;
using Cairn.Server.Ingest.Import;
using CsvHelper;

namespace Cairn.Server.Ingest.Imports;

/// <summary>The named limits of previews.</summary>
internal static class PreviewLimits
{
    /// <summary>How many rows are shown.</summary>
    public const int Rows = 20;

    /// <summary>How much of each file is looked into: 4 MiB.</summary>
    public const int Bytes = 4 << 20;

    /// <summary>How many rows a guess at a column is made from.</summary>
    public const int Sample = 1_000;

    /// <summary>How many files are shown.</summary>
    public const int Files = 20;
}

/// <summary>What a file looks like, and what a mapping would make of it.</summary>
/// <param name="Files">The first files with their headers and first rows.</param>
/// <param name="MappingFaults">Everything wrong with the mapping or between it and the headers; null without a mapping.</param>
/// <param name="Report">With a sound mapping: what the looked-at part would come to, with its first events.</param>
/// <param name="IsWhole">Whether the files were looked at to their end.</param>
internal sealed record ImportPreview(IReadOnlyList<FilePreview> Files, IReadOnlyList<Fault>? MappingFaults, JsonElement? Report, bool IsWhole);

/// <summary>A file as it looks.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Delimiter">The character between values, as its first line suggests.</param>
/// <param name="Encoding"><c>utf-8</c>, or <c>windows-1252</c> where the bytes are no UTF-8.</param>
/// <param name="Columns">Its columns, in their order.</param>
/// <param name="Rows">Its first rows, cell by cell.</param>
/// <param name="Sampled">How many rows the guesses at its columns are made from.</param>
internal sealed record FilePreview(
    string Name, long Bytes, string Delimiter, string Encoding, IReadOnlyList<ColumnPreview> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, int Sampled);

/// <summary>A column as it looks.</summary>
/// <param name="Name">As in the header.</param>
/// <param name="Type">What a mapping would most likely say: integer, decimal, boolean, date, timestamp or text.</param>
/// <param name="Format">For date and timestamp, the format that all values have.</param>
/// <param name="Blanks">Blank cells of the sample.</param>
/// <param name="Distinct">Different values of the sample.</param>
internal sealed record ColumnPreview(string Name, string Type, string? Format, int Blanks, int Distinct);

/// <summary>Looks into the beginning of files.</summary>
internal static class MakePreview
{
    /// <summary>One value in so many may be of another kind than its column.</summary>
    private const int FewestPerMisfit = 50;

    private static readonly string[] TimeFormats =
        ["rfc3339", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "d/M/yyyy HH:mm", "d/M/yyyy HH:mm:ss", "M/d/yyyy HH:mm", "M/d/yyyy HH:mm:ss", "dd-MM-yyyy HH:mm", "dd.MM.yyyy HH:mm", "dd.MM.yyyy HH:mm:ss"];

    private static readonly string[] DateFormats = ["yyyy-MM-dd", "d/M/yyyy", "M/d/yyyy", "dd-MM-yyyy", "dd.MM.yyyy"];

    public static async Task<ImportPreview> Of(ImportUpload upload, TimeProvider time, CancellationToken cancel)
    {
        var isWhole = true;
        foreach (var file in upload.Files)
        {
            isWhole &= Cut(file);
        }

        var files = upload.Files.Take(PreviewLimits.Files).Select(Look).ToList();
        if (upload.Mapping is not { } text)
        {
            return new ImportPreview(files, null, null, isWhole);
        }

        var mapping = MappingReader.Read("mapping", text);
        var problem = mapping.Problem ?? ImportFiles.CheckHeaders(upload.Files, mapping.Value);
        if (problem is not null)
        {
            return new ImportPreview(files, problem.Faults, null, isWhole);
        }

        var report = await new ImportFiles(mapping.Value, null, time).Run(upload.Files, static _ => { }, cancel);
        return new ImportPreview(files, [], JsonDocument.Parse(ImportReportJson.Write(report)).RootElement, isWhole);
    }

    /// <summary>Cuts a file after the last whole line within the limit; false when something was cut off.</summary>
    private static bool Cut(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        if (file.Length <= PreviewLimits.Bytes)
        {
            return true;
        }

        var tail = new byte[1 << 16];
        file.Position = PreviewLimits.Bytes - tail.Length;
        file.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf((byte)'\n');
        file.SetLength(PreviewLimits.Bytes - tail.Length + end + 1);
        return false;
    }

    private static FilePreview Look(string path)
    {
        var start = new byte[1 << 16];
        using (var file = File.OpenRead(path))
        {
            start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        }

        var encoding = IsUtf8(start) ? null : CodePagesEncodingProvider.Instance.GetEncoding(1252);
        var delimiter = DelimiterOf(start);
        var (header, rows) = Read(path, delimiter, encoding);
        return new FilePreview(
            Path.GetFileName(path), new FileInfo(path).Length, delimiter == '\t' ? "tab" : delimiter.ToString(), encoding is null ? "utf-8" : "windows-1252",
            [.. header.Select((name, at) => Column(name, [.. rows.Select(row => at < row.Count ? row[at] : "")]))],
            [.. rows.Take(PreviewLimits.Rows)],
            rows.Count);
    }

    /// <summary>Whether the bytes are UTF-8, but for a character that the end of the sample cuts.</summary>
    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        var line = bytes.LastIndexOf((byte)'\n');
        return System.Text.Unicode.Utf8.IsValid(line < 0 ? bytes : bytes[..line]);
    }

    private static char DelimiterOf(byte[] start)
    {
        var end = Array.IndexOf(start, (byte)'\n');
        var line = end < 0 ? start : start[..end];
        return new[] { ',', ';', '\t', '|' }.MaxBy(delimiter => line.Count(one => one == (byte)delimiter));
    }

    private static (IReadOnlyList<string> Header, List<IReadOnlyList<string>> Rows) Read(string path, char delimiter, Encoding? encoding)
    {
        var rows = new List<IReadOnlyList<string>>();
        using var reader = CsvReader.FromFile(path, new CsvReaderOptions
        {
            Separator = delimiter, Encoding = encoding, MaxRecordSize = ImportLimits.RowBytes, OnMalformedRecord = static _ => { },
        });
        try
        {
            reader.ReadHeader();
            while (rows.Count < PreviewLimits.Sample && reader.Read())
            {
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
            }
        }
        catch (CsvFormatException)
        {
            // What could be read until there is shown; the mapping's report names the fault with its line.
        }

        return ([.. reader.Headers ?? []], rows);
    }

    private static ColumnPreview Column(string name, List<string> cells)
    {
        var filled = cells.Where(cell => !string.IsNullOrWhiteSpace(cell)).Select(cell => cell.Trim()).ToList();
        var (type, format) = filled.Count == 0 ? ("text", null) : Guess(filled);
        return new ColumnPreview(name, type, format, cells.Count - filled.Count, filled.Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>Whether all values pass, but for the few that a person mistyped: those are to be found as faults, not to make a column of numbers one of text.</summary>
    private static bool Fits(List<string> values, Predicate<string> test)
    {
        var few = values.Count / FewestPerMisfit;
        return values.TrueForAll(value => test(value) || few-- > 0);
    }

    private static (string Type, string? Format) Guess(List<string> values)
    {
        if (values.TrueForAll(value => FieldRule.UsualBooleans.True.Contains(value) || FieldRule.UsualBooleans.False.Contains(value)) && values.Exists(value => !char.IsAsciiDigit(value[0])))
        {
            return ("boolean", null);
        }

        // A leading zero means an identifier: reading it as a number would lose it.
        if (Fits(values, value => ExactDecimal.TryRead(value, '.', out _)) && !values.Exists(value => value.Length > 1 && value[0] == '0' && char.IsAsciiDigit(value[1])))
        {
            return (values.TrueForAll(value => !value.Contains('.', StringComparison.Ordinal)) ? "integer" : "decimal", null);
        }

        foreach (var format in TimeFormats)
        {
            if (TimeRule.TryCreate(format, NodaTime.DateTimeZone.Utc, out _) is { } rule && Fits(values, value => rule.TryRead(value, out _) is null))
            {
                return ("timestamp", format);
            }
        }

        foreach (var format in DateFormats)
        {
            if (DateFormat.TryCreate(format, out _) is { } pattern && Fits(values, value => pattern.Parse(value).Success))
            {
                return ("date", format);
            }
        }

        return ("text", null);
    }
}
