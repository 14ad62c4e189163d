using Cairn.Domain.Foundation;

namespace Cairn.Domain.Ingest.Import;

/// <summary>Counts what an import finds and does, row after row, and gives the report at the end. Not for several threads.</summary>
public sealed class ImportTally(ImportMapping mapping)
{
    /// <summary>The name under which exact repeats are listed.</summary>
    public const string ExactRepeat = "exact_repeat";

    private readonly ControlTotals recorded = new(mapping.ControlSums);
    private readonly ControlTotals read = new(mapping.ControlSums);
    private readonly Dictionary<string, (long Count, List<RowNote> First)> flags = [];
    private readonly SortedDictionary<int, long> blanks = [];
    private readonly Dictionary<string, long> faultCounts = [];
    private readonly List<RowFault> faults = [];
    private readonly List<RowNote> repeats = [];
    private readonly List<IngestEvent> firstEvents = [];
    private readonly List<string> names = [.. mapping.Columns];
    private long accepted;
    private long repeated;
    private long rejected;
    private long mapped;
    private long flagged;
    private long exactRepeats;
    private long unmeasured;

    /// <summary>Data rows counted so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows rejected so far.</summary>
    public long Rejected => rejected;

    /// <summary>Takes the names of a file's columns beyond those of the mapping, in the order of its cells.</summary>
    public void Header(HeaderMatch header)
    {
        for (var at = names.Count; at < header.Names.Count; at++)
        {
            names.Add(header.Names[at]);
        }
    }

    /// <summary>
    /// Takes one row with what became of its event: null for a row without one, and for every row of a dry run.
    /// Gives the faults of the row, those of the log included.
    /// </summary>
    public IReadOnlyList<RowFault> Add(MappedRow row, IngestOutcome? outcome)
    {
        Rows++;
        Note(row);
        var refused = outcome is { Verdict: IngestVerdict.Rejected } refusal ? Refused(row, refusal.Problem) : row.Faults;
        var isRecorded = row.Event is not null && refused.Count == 0;
        mapped += row.Event is null ? 0 : 1;
        accepted += outcome is { Verdict: IngestVerdict.Accepted } ? 1 : 0;
        repeated += outcome is { Verdict: IngestVerdict.Repeated } ? 1 : 0;
        rejected += isRecorded ? 0 : 1;
        Measure(row, isRecorded);
        foreach (var fault in refused)
        {
            faultCounts[fault.Code] = faultCounts.GetValueOrDefault(fault.Code) + 1;
            if (faults.Count < ImportLimits.FaultsListed)
            {
                faults.Add(fault);
            }
        }

        return refused;
    }

    /// <summary>The report over all rows so far.</summary>
    public ImportReport Report() => new()
    {
        Rows = Rows,
        Accepted = accepted,
        Repeated = repeated,
        Rejected = rejected,
        Mapped = mapped,
        Flagged = flagged,
        ControlSums = recorded.Total(),
        Monthly = recorded.Monthly(),
        Differences = Differences(),
        Unmeasured = unmeasured,
        Flags = [.. FlagNames().Select(flag => new Finding(flag.Name, flag.Says, flags.GetValueOrDefault(flag.Name).Count, flags.GetValueOrDefault(flag.Name).First ?? []))],
        Blanks = [.. blanks.Select(blank => (names[blank.Key], blank.Value))],
        ExactRepeats = new Finding(ExactRepeat, "Equal in every column to an earlier row", exactRepeats, repeats),
        Faults = faults,
        FaultCounts = [.. faultCounts.OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).Select(count => (count.Key, count.Value))],
        IgnoredColumns = [.. names.Skip(mapping.Columns.Count)],
        FirstEvents = firstEvents,
    };

    private static IReadOnlyList<RowFault> Refused(MappedRow row, Problem? problem) =>
        [new RowFault(row.Place, null, ShownValue.Of(row.Event?.EventId ?? ""), problem?.Code ?? "rejected", problem?.Detail ?? "The log refused the event.")];

    private IEnumerable<(string Name, string? Says)> FlagNames()
    {
        foreach (var check in mapping.Checks)
        {
            yield return (check.Name, check.Says);
        }

        // The flags that are always checked are listed only when they were found: they would puzzle most readers.
        if (flags.ContainsKey(CheckRule.TimeSkipped))
        {
            yield return (CheckRule.TimeSkipped, "Local times that the clock change skipped, read one gap later");
        }

        if (flags.ContainsKey(CheckRule.TimeTwice))
        {
            yield return (CheckRule.TimeTwice, "Local times that happened twice when the clocks went back, read as the earlier one");
        }
    }

    private void Note(MappedRow row)
    {
        flagged += row.Flags.Count > 0 || row.RepeatOf is not null ? 1 : 0;
        foreach (var flag in row.Flags)
        {
            var (count, first) = flags.GetValueOrDefault(flag.Name, (0, []));
            if (count < ImportLimits.FlagsListed)
            {
                first.Add(new RowNote(row.Place, ShownValue.Of(flag.Value)));
            }

            flags[flag.Name] = (count + 1, first);
        }

        if (row.RepeatOf is { } earlier && exactRepeats++ < ImportLimits.FlagsListed)
        {
            repeats.Add(new RowNote(row.Place, $"{earlier.File}:{earlier.Row}"));
        }

        foreach (var blank in row.Blanks)
        {
            blanks[blank] = blanks.GetValueOrDefault(blank) + 1;
        }

        if (row.Event is { } made && firstEvents.Count < ImportLimits.EventsShown)
        {
            firstEvents.Add(made);
        }
    }

    private void Measure(MappedRow row, bool isRecorded)
    {
        if (row.Measures is not { } measures)
        {
            unmeasured++;
            return;
        }

        read.Add(measures, row.Month);
        if (isRecorded)
        {
            recorded.Add(measures, row.Month);
        }
    }

    private List<Difference> Differences() =>
        [.. read.Total().Zip(recorded.Total(), (all, kept) => new Difference(all.Name, all.Value, kept.Value)).Where(one => one.Read.CompareTo(one.Recorded) != 0)];
}
