using System.Text;

namespace Cairn.Domain.Ingest.Import;

/// <summary>
/// Turns rows into events, faults, flags and measures. It remembers what earlier rows of the same import said (exact repeats,
/// letter case), so that one mapper serves one import, row after row; it is not for several threads.
/// </summary>
public sealed class RowMapper(ImportMapping mapping)
{
    private readonly PayloadWriter payload = new(mapping.Fields);
    private readonly RepeatFinder repeats = new();
    private readonly Dictionary<string, string>?[] spellings =
        [.. mapping.Checks.Select(check => check.CaseVariantsOf is null ? null : new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase))];

    private string lastTimeText = "";
    private ReadTime lastTime;

    /// <summary>Maps one row. The cells stand in the order of the mapping's columns; further columns of the file follow them.</summary>
    public MappedRow Map(RowPlace place, string[] cells)
    {
        if (mapping.Missing.Count > 0)
        {
            cells = [.. cells.Select(cell => mapping.Missing.Contains(cell) ? "" : cell)];
        }

        var faults = new Faults(place, mapping.Columns);
        var fields = ReadFields(cells, faults);
        var time = ReadTime(cells, faults);
        var isReadable = !faults.Any;
        var row = new MappedRow { Place = place, Blanks = BlanksOf(cells), RepeatOf = repeats.Find(place, cells) };
        var made = MakeEvent(place, cells, fields, time, faults);
        if (!isReadable)
        {
            return row with { Faults = faults.List };
        }

        var values = new RowValues(cells, fields);
        return row with
        {
            Event = faults.Any ? null : made,
            Faults = faults.List,
            Flags = FlagsOf(values, cells, time),
            Measures = MeasuresOf(values),
            Month = time.Month,
        };
    }

    private static IReadOnlyList<int> BlanksOf(string[] cells)
    {
        List<int>? blanks = null;
        for (var at = 0; at < cells.Length; at++)
        {
            if (string.IsNullOrWhiteSpace(cells[at]))
            {
                (blanks ??= []).Add(at);
            }
        }

        return blanks ?? (IReadOnlyList<int>)[];
    }

    private FieldValue[] ReadFields(string[] cells, Faults faults)
    {
        var values = new FieldValue[mapping.Fields.Count];
        for (var at = 0; at < values.Length; at++)
        {
            var field = mapping.Fields[at];
            if (field.TryRead(cells[field.Column], out values[at]) is { } fault)
            {
                faults.Add(field.Column, cells[field.Column], fault);
            }
        }

        return values;
    }

    private ReadTime ReadTime(string[] cells, Faults faults)
    {
        // The lines of one order share their time, and reading a time costs more than all else of a row.
        var text = cells[mapping.TimeColumn].Trim();
        if (text.Length > 0 && text == lastTimeText)
        {
            return lastTime;
        }

        var time = default(ReadTime);
        if ((text.Length == 0 ? ImportFaults.TimeIsBlank() : mapping.Time.TryRead(text, out time)) is { } fault)
        {
            faults.Add(mapping.TimeColumn, text, fault);
            return default;
        }

        lastTimeText = text;
        lastTime = time;
        return time;
    }

    private IngestEvent MakeEvent(RowPlace place, string[] cells, FieldValue[] fields, ReadTime time, Faults faults)
    {
        var made = new IngestEvent
        {
            EventId = Fill(mapping.Id, "id", place, cells, faults),
            Source = Fill(mapping.Source, "source", place, cells, faults),
            Type = mapping.EventType,
            Subject = mapping.Subject is { } subject && !string.IsNullOrWhiteSpace(cells[subject]) ? cells[subject] : null,
            TimeText = time.Text,
            Time = time.Instant,
            Data = payload.Write(fields),
            DataIsJson = true,
        };
        if (mapping.Subject is { } column && made.Subject is { } text && Unfit("subject", text) is { } unfit)
        {
            faults.Add(column, text, unfit);
        }

        if (made.Data.Length > IngestLimits.EventBytes)
        {
            faults.Add(-1, null, ImportFaults.EventTooLarge());
        }

        return made;
    }

    private string Fill(TextTemplate template, string part, RowPlace place, string[] cells, Faults faults)
    {
        var text = template.Fill(place, cells, out var blank);
        if (blank >= 0)
        {
            faults.Add(blank, cells[blank], ImportFaults.TemplateIsBlank(part));
        }
        else if (Unfit(part, text) is { } unfit)
        {
            faults.Add(-1, text, unfit);
        }

        return text;
    }

    private static ReadFault? Unfit(string part, string text) =>
        text.Contains('\0') ? ImportFaults.HoldsNul()
        : Encoding.UTF8.GetByteCount(text) > IngestLimits.IdBytes ? ImportFaults.TooLong(part, IngestLimits.IdBytes)
        : null;

    private IReadOnlyList<RowFlag> FlagsOf(RowValues row, string[] cells, ReadTime time)
    {
        List<RowFlag>? flags = null;
        if (time.Change != ClockChange.None)
        {
            var name = time.Change == ClockChange.Twice ? CheckRule.TimeTwice : CheckRule.TimeSkipped;
            (flags ??= []).Add(new RowFlag(name, mapping.Columns[mapping.TimeColumn], cells[mapping.TimeColumn]));
        }

        for (var at = 0; at < mapping.Checks.Count; at++)
        {
            var check = mapping.Checks[at];
            if (check.When is { } condition ? condition.Holds(row) : IsVariant(at, row))
            {
                var shows = check.Shows;
                (flags ??= []).Add(new RowFlag(check.Name, shows?.Name, shows?.TextIn(row) ?? ""));
            }
        }

        return flags ?? (IReadOnlyList<RowFlag>)[];
    }

    private bool IsVariant(int check, RowValues row)
    {
        if (spellings[check] is not { } seen || mapping.Checks[check].CaseVariantsOf is not { } operand || operand.IsBlankIn(row))
        {
            return false;
        }

        var text = operand.TextIn(row);
        return !seen.TryAdd(text, text) && seen[text] != text;
    }

    private Measure[] MeasuresOf(RowValues row)
    {
        var measures = new Measure[mapping.ControlSums.Count];
        for (var at = 0; at < measures.Length; at++)
        {
            measures[at] = mapping.ControlSums[at].Of(row);
        }

        return measures;
    }

    private sealed class Faults(RowPlace place, IReadOnlyList<string> columns)
    {
        private List<RowFault>? list;

        public bool Any => list is not null;

        public IReadOnlyList<RowFault> List => list ?? (IReadOnlyList<RowFault>)[];

        public void Add(int column, string? value, ReadFault fault) => (list ??= []).Add(new RowFault(
            place,
            column < 0 ? null : columns[column],
            value is null ? null : ShownValue.Of(value),
            fault.Code,
            fault.Detail));
    }
}
