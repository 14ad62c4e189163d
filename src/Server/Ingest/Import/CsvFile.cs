using System.Text;
using System.Text.Unicode;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Import;
using CsvHelper;

namespace Cairn.Server.Ingest.Import;

/// <summary>One data row as it was read: its cells in the order of the header match, or why it cannot be read, and how far into the file it ends.</summary>
internal readonly record struct CsvFileRow(RowPlace Place, string[] Cells, RowFault? Fault, long ByteOffset);

/// <summary>
/// Reads one CSV file row by row, without holding it. A row that cannot be read is a fault of its own. Only quotes that do not
/// balance across lines end the file: the rows after them would be counted wrongly, and an id of <c>{file}:{row}</c> would
/// then name another row once the file is mended.
/// </summary>
internal sealed class CsvFile : IDisposable
{
    private readonly CsvReader reader;
    private readonly ImportMapping mapping;
    private readonly Dictionary<long, bool> malformed = [];
    private readonly string name;

    private CsvFile(string path, ImportMapping mapping)
    {
        this.mapping = mapping;
        name = Path.GetFileName(path);
        reader = CsvReader.FromFile(path, new CsvReaderOptions
        {
            Separator = mapping.Delimiter,
            // Null stands for UTF-8, and honours the mark by which a file says that it is UTF-16.
            Encoding = mapping.Encoding switch
            {
                FileEncoding.Utf8 => null,
                FileEncoding.Windows1252 => CodePagesEncodingProvider.Instance.GetEncoding(1252),
                FileEncoding.Latin1 => Encoding.Latin1,
            },
            MaxRecordSize = ImportLimits.RowBytes,
            TrackLineNumbers = true,
            PoolStrings = true,
            OnMalformedRecord = Note,
        });
    }

    /// <summary>Where the mapping's columns stand in this file; set by <see cref="Open"/>, the only way to get an instance.</summary>
    public HeaderMatch Header { get; private set; } = null!;

    /// <summary>Opens a file and matches its header; the refusal lists every column that is missing.</summary>
    public static Outcome<CsvFile> Open(string path, ImportMapping mapping)
    {
        CsvFile? opened = null;
        try
        {
            opened = new CsvFile(path, mapping);
            opened.reader.ReadHeader();
            var header = HeaderMatch.Of(opened.name, mapping.Columns, opened.reader.Headers);
            if (header.IsOk)
            {
                opened.Header = header.Value;
                return opened;
            }

            opened.Dispose();
            return header.Problem;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CsvFormatException)
        {
            opened?.Dispose();
            return new Problem(ProblemKind.Malformed, "file-cannot-be-read", $"{Path.GetFileName(path)} cannot be read: {failure.Message} Check that it is there, that you may read it and that it is a CSV file.");
        }
    }

    /// <summary>All data rows, in their order.</summary>
    public IEnumerable<CsvFileRow> Rows()
    {
        while (true)
        {
            if (!TryRead(out var row, out var isLast))
            {
                yield break;
            }

            yield return row;
            if (isLast)
            {
                yield break;
            }
        }
    }

    public void Dispose() => reader.Dispose();

    private bool TryRead(out CsvFileRow row, out bool isLast)
    {
        isLast = false;
        try
        {
            if (!reader.Read())
            {
                row = default;
                return false;
            }
        }
        catch (CsvFormatException refused)
        {
            isLast = true;
            var broken = new RowPlace(name, Math.Max(refused.RecordNumber - 1, 1), refused.LineNumber);
            row = new CsvFileRow(broken, [], FaultOf(broken, null, null, ImportFaults.RowTooLarge()), refused.ByteOffset);
            return true;
        }

        var place = new RowPlace(name, reader.RowNumber, reader.LineNumber);
        var fault = FaultOf(place, out isLast);
        row = new CsvFileRow(place, fault is null ? Cells() : [], fault, reader.ByteOffset);
        return true;
    }

    private RowFault? FaultOf(RowPlace place, out bool isLast)
    {
        isLast = false;
        if (malformed.Count > 0 && malformed.Remove(reader.RowNumber + 1, out var isOpen))
        {
            isLast = isOpen || reader.RawRecord.Contains((byte)'\n');
            var start = Encoding.UTF8.GetString(reader.RawRecord[..Math.Min(reader.RawRecord.Length, ImportLimits.ValueShown)]);
            return FaultOf(place, null, start, isLast ? ImportFaults.QuoteStaysOpen() : ImportFaults.BadQuoting());
        }

        if (reader.FieldCount != Header.Order.Count)
        {
            return FaultOf(place, null, null, ImportFaults.WrongColumnCount(Header.Order.Count, reader.FieldCount));
        }

        return Utf8.IsValid(reader.RawRecord) ? null : NotInEncoding(place);
    }

    private RowFault NotInEncoding(RowPlace place)
    {
        var at = Enumerable.Range(0, Header.Order.Count).FirstOrDefault(index => !Utf8.IsValid(reader.GetSpan(Header.Order[index])));
        return FaultOf(place, Header.Names[at], reader.GetString(Header.Order[at]), ImportFaults.NotInEncoding("UTF-8"));
    }

    private static RowFault FaultOf(RowPlace place, string? column, string? value, ReadFault fault) =>
        new(place, column, value is null ? null : ShownValue.Of(value), fault.Code, fault.Detail);

    private string[] Cells()
    {
        var cells = new string[Header.Order.Count];
        for (var at = 0; at < cells.Length; at++)
        {
            cells[at] = reader.GetString(Header.Order[at]);
        }

        return cells;
    }

    /// <summary>A quote inside a value that is not quoted is plain text to everybody (5" nail); the other kinds make the row unreadable.</summary>
    private void Note(CsvMalformedRecord record)
    {
        if (record.Reason is CsvMalformedReason.TextAfterClosingQuote or CsvMalformedReason.UnterminatedQuote)
        {
            malformed[record.RecordNumber] = record.Reason == CsvMalformedReason.UnterminatedQuote;
        }
    }
}
