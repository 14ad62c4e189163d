using Cairn.Domain.Foundation;

namespace Cairn.Domain.Ingest.Import;

/// <summary>One row that a person should look at: where, and the value in question.</summary>
public readonly record struct RowNote(RowPlace Place, string Value);

/// <summary>How often something was found and where first.</summary>
public sealed record Finding(string Name, string? Says, long Count, IReadOnlyList<RowNote> First);

/// <summary>
/// What an import did. <c>Rows = Accepted + Repeated + Rejected</c>, and in a dry run <c>Rows = Mapped + Rejected</c>.
/// The control figures are those of the rows whose events are in the log after the import (accepted or repeated; in a dry run:
/// those that would be); where the rows that were read give other figures, <see cref="Differences"/> says by how much.
/// </summary>
public sealed record ImportReport
{
    /// <summary>Data rows read; the headers are not counted.</summary>
    public required long Rows { get; init; }

    /// <summary>Events that are new in the log.</summary>
    public required long Accepted { get; init; }

    /// <summary>Events that were in the log before.</summary>
    public required long Repeated { get; init; }

    /// <summary>Rows that are not recorded, each for a listed fault.</summary>
    public required long Rejected { get; init; }

    /// <summary>Rows that became an event, whatever became of it.</summary>
    public required long Mapped { get; init; }

    /// <summary>Rows with at least one flag, or equal in every column to an earlier row.</summary>
    public required long Flagged { get; init; }

    /// <summary>The control figures of the recorded rows.</summary>
    public required IReadOnlyList<ControlFigure> ControlSums { get; init; }

    /// <summary>The same by month.</summary>
    public required IReadOnlyList<MonthFigures> Monthly { get; init; }

    /// <summary>Where the rows read and the rows recorded give different figures; empty when the import reconciles.</summary>
    public required IReadOnlyList<Difference> Differences { get; init; }

    /// <summary>Rejected rows that stand in no figure at all, because one of their values cannot be read.</summary>
    public required long Unmeasured { get; init; }

    /// <summary>The named checks of the mapping, each with its count, zero included.</summary>
    public required IReadOnlyList<Finding> Flags { get; init; }

    /// <summary>Columns with blanks and how many, in the order of the mapping.</summary>
    public required IReadOnlyList<(string Column, long Count)> Blanks { get; init; }

    /// <summary>Rows that are equal in every column to an earlier row of the import; the value names that row.</summary>
    public required Finding ExactRepeats { get; init; }

    /// <summary>The first faults.</summary>
    public required IReadOnlyList<RowFault> Faults { get; init; }

    /// <summary>All faults by code, most frequent first.</summary>
    public required IReadOnlyList<(string Code, long Count)> FaultCounts { get; init; }

    /// <summary>Columns of the files that the mapping does not name and that are therefore in no event.</summary>
    public required IReadOnlyList<string> IgnoredColumns { get; init; }

    /// <summary>The first mapped events.</summary>
    public required IReadOnlyList<IngestEvent> FirstEvents { get; init; }

    /// <summary>The batch that the log knows the import by; null in a dry run.</summary>
    public BatchId? Batch { get; init; }

    /// <summary>How many files were given.</summary>
    public int Files { get; init; }

    /// <summary>How long it took.</summary>
    public double Seconds { get; init; }

    /// <summary>Why the import ended before the last row, if it did; what is recorded stays, and the same command continues.</summary>
    public Problem? Stopped { get; init; }
}

/// <summary>A control figure that differs between the rows read and the rows recorded.</summary>
public readonly record struct Difference(string Name, ExactDecimal Read, ExactDecimal Recorded)
{
    /// <summary>What is missing from the log.</summary>
    public ExactDecimal Missing => Read - Recorded;
}
