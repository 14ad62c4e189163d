using Cairn.Domain.Foundation;

namespace Cairn.Domain.Ingest.Import;

/// <summary>Why an import ends before its last row. What was recorded until then stays.</summary>
public static class ImportProblems
{
    /// <summary>Somebody stopped it.</summary>
    public static Problem Interrupted() => new(
        ProblemKind.Unavailable,
        "import-interrupted",
        "Stopped before the last row. What was recorded stays; the same command again continues and repeats nothing.");

    /// <summary>More rows than one import takes.</summary>
    public static Problem TooManyRows() => new(
        ProblemKind.TooLarge,
        "too-many-rows",
        $"One import takes {ImportLimits.Rows:N0} rows. What was recorded until there stays; import the remaining files in a second run.");

    /// <summary>A file could not be read to its end.</summary>
    public static Problem FileFailed(string why) => new(
        ProblemKind.Unavailable,
        "file-failed",
        $"A file could not be read to its end: {why} What was recorded until there stays; the same command again continues.");

    /// <summary>The log or the disk failed under way.</summary>
    public static Problem LogFailed(string why) => new(
        ProblemKind.Unavailable,
        "import-failed",
        $"The import ended early: {why} What was recorded until then stays; the same command again continues.");
}
