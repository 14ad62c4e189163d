namespace Cairn.Domain.Ingest.Import;

/// <summary>The named limits of a history import; the guide and the faults quote them.</summary>
public static class ImportLimits
{
    /// <summary>How many rows are handed to the log at once, in one transaction.</summary>
    public const int ChunkRows = 1_000;

    /// <summary>How many mapped chunks may wait for the log: enough to overlap reading with writing, few enough to stay small.</summary>
    public const int ChunksWaiting = 4;

    /// <summary>
    /// The most rows of one import. Finding exact repeats keeps up to 100 bytes a row in memory, so that this bounds it to about 2 GiB;
    /// a longer history is imported in several runs.
    /// </summary>
    public const long Rows = 20_000_000;

    /// <summary>The largest row, in bytes: past it a quote was most likely opened and never closed.</summary>
    public const int RowBytes = 1024 * 1024;

    /// <summary>The most digits of a number, on both sides of the point together.</summary>
    public const int NumberDigits = 38;

    /// <summary>The largest mapping file, in bytes.</summary>
    public const int MappingBytes = 256 * 1024;

    /// <summary>The most columns a mapping may name.</summary>
    public const int Columns = 1_000;

    /// <summary>How deep conditions may nest.</summary>
    public const int ConditionDepth = 16;

    /// <summary>How many faults the report lists; the file written by <c>--report</c> lists all.</summary>
    public const int FaultsListed = 100;

    /// <summary>How many rows per flag the report lists; the file written by <c>--report</c> lists all.</summary>
    public const int FlagsListed = 10;

    /// <summary>How many characters of an offending value are shown.</summary>
    public const int ValueShown = 60;

    /// <summary>How many mapped events a dry run shows.</summary>
    public const int EventsShown = 5;
}
