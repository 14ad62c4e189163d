using System.Collections.Frozen;

namespace Cairn.Domain.Ingest.Import;

/// <summary>
/// How the rows of a table become events: which column is what, what is worth a flag, and which sums prove that nothing was lost.
/// It is read from a YAML file (<c>docs/guides/import-history.md</c> explains every member) and is complete and consistent once it exists.
/// </summary>
public sealed record ImportMapping
{
    /// <summary>The version of the file format that this program writes and reads.</summary>
    public const int Version = 1;

    /// <summary>The type of every event.</summary>
    public required string EventType { get; init; }

    /// <summary>The source of every event; ids are unique within it.</summary>
    public required TextTemplate Source { get; init; }

    /// <summary>The id of the event of a row: the same row must always get the same one, so that a second import repeats nothing.</summary>
    public required TextTemplate Id { get; init; }

    /// <summary>The column with the event's subject, as an index into <see cref="Columns"/>; a blank one leaves the subject out.</summary>
    public int? Subject { get; init; }

    /// <summary>The columns that the file must have, in any order.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The character between two values.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>The name of the encoding, as <see cref="FileEncoding"/> knows it.</summary>
    public FileEncoding Encoding { get; init; }

    /// <summary>Cells that are one of these words count as blank everywhere: exports write "?", "NULL" or "n/a" for what is not known.</summary>
    public FrozenSet<string> Missing { get; init; } = [];

    /// <summary>The column with the event's time, as an index into <see cref="Columns"/>.</summary>
    public required int TimeColumn { get; init; }

    /// <summary>How the event's time is read.</summary>
    public required TimeRule Time { get; init; }

    /// <summary>The members of the payload, in their order.</summary>
    public required IReadOnlyList<FieldRule> Fields { get; init; }

    /// <summary>What deserves a look.</summary>
    public IReadOnlyList<CheckRule> Checks { get; init; } = [];

    /// <summary>The figures to reconcile with the source.</summary>
    public IReadOnlyList<ControlSum> ControlSums { get; init; } = [];
}

/// <summary>The encodings that exports come in.</summary>
public enum FileEncoding
{
    /// <summary>UTF-8, with or without a byte order mark; anything invalid rejects its row.</summary>
    Utf8,

    /// <summary>Windows code page 1252, the usual one of Western European spreadsheets.</summary>
    Windows1252,

    /// <summary>ISO 8859-1.</summary>
    Latin1,
}

/// <summary>
/// A named check. It either flags rows that fulfil a condition, or, with <see cref="CaseVariantsOf"/>, rows whose value was
/// seen before in other letter case (<c>85123a</c> after <c>85123A</c>): most likely one thing under two names.
/// </summary>
public sealed record CheckRule
{
    /// <summary>Flags an event time that a clock change skipped; always checked.</summary>
    public const string TimeSkipped = "time_skipped_by_clock_change";

    /// <summary>Flags an event time that a clock change made happen twice; always checked.</summary>
    public const string TimeTwice = "time_twice_by_clock_change";

    /// <summary>The flag's name in the report.</summary>
    public required string Name { get; init; }

    /// <summary>What the flag means, for the person who reads the report.</summary>
    public string? Says { get; init; }

    /// <summary>When a row is flagged.</summary>
    public Condition? When { get; init; }

    /// <summary>The value that is compared in letter case across the import.</summary>
    public Operand? CaseVariantsOf { get; init; }

    /// <summary>What the flag shows: <c>show</c> of the mapping, else the first value that the condition looks at.</summary>
    public Operand? Shows { get; init; }
}
