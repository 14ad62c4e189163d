namespace Cairn.Domain.Ingest.Import;

/// <summary>Where a row stands: the file's name without its folder, the data row (from 1, the header is not counted) and the line in the file.</summary>
public readonly record struct RowPlace(string File, long Row, long Line);

/// <summary>Why a row is not recorded: where, the offending value (shortened), a stable code and a sentence that names the fix.</summary>
public sealed record RowFault(RowPlace Place, string? Column, string? Value, string Code, string Detail);

/// <summary>Something about a row that deserves a look. The row is recorded all the same.</summary>
public readonly record struct RowFlag(string Name, string? Column, string Value);

/// <summary>
/// A row after mapping: the event when nothing is wrong, else the faults. Flags, measures and the month are there
/// only when every field and the time could be read.
/// </summary>
public sealed record MappedRow
{
    /// <summary>Where the row stands.</summary>
    public required RowPlace Place { get; init; }

    /// <summary>The event to be recorded; <see langword="null"/> when the row is rejected.</summary>
    public IngestEvent? Event { get; init; }

    /// <summary>All that is wrong with the row, in the order of the mapping.</summary>
    public IReadOnlyList<RowFault> Faults { get; init; } = [];

    /// <summary>What deserves a look.</summary>
    public IReadOnlyList<RowFlag> Flags { get; init; } = [];

    /// <summary>What the row adds to each control sum, in the order of the mapping; <see langword="null"/> when the row cannot be measured.</summary>
    public Measure[]? Measures { get; init; }

    /// <summary>The month of the event in the mapping's zone, as year times 12 plus month less 1.</summary>
    public int Month { get; init; }

    /// <summary>The columns that are empty or white space, as indexes of the row.</summary>
    public IReadOnlyList<int> Blanks { get; init; } = [];

    /// <summary>The earlier row of this import that is equal in every column, if any.</summary>
    public RowPlace? RepeatOf { get; init; }
}

/// <summary>Values as they are shown to a person.</summary>
public static class ShownValue
{
    /// <summary>At most <see cref="ImportLimits.ValueShown"/> characters, with the control characters visible as <c>␀</c>-like pictures.</summary>
    public static string Of(string value)
    {
        var shown = value.Length <= ImportLimits.ValueShown ? value : value[..ImportLimits.ValueShown] + "…";
        // Terminals act on control characters; a picture of them is as telling and harmless.
        return shown.AsSpan().ContainsAnyInRange('\0', '\u001f') || shown.Contains('\u007f')
            ? string.Create(shown.Length, shown, static (to, from) =>
            {
                for (var at = 0; at < from.Length; at++)
                {
                    to[at] = from[at] < ' ' ? (char)('\u2400' + from[at]) : from[at] == '\u007f' ? '\u2421' : from[at];
                }
            })
            : shown;
    }
}
