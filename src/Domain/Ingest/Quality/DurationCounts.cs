namespace Cairn.Domain.Ingest.Quality;

/// <summary>
/// Durations counted in steps that grow by a half at most, from one millisecond to fifty years, so that a quantile is known to
/// within its step whatever the number of durations, and counts of several hours or servers simply add up.
/// </summary>
public static class DurationCounts
{
    private static readonly long[] Bounds = MakeBounds();

    /// <summary>How many steps there are; the last one has no upper bound.</summary>
    public static int Steps => Bounds.Length + 1;

    /// <summary>No durations.</summary>
    public static long[] None() => new long[Steps];

    /// <summary>The step of a duration; a negative one (clocks differ) counts as none.</summary>
    /// <param name="milliseconds">The duration.</param>
    public static int StepOf(double milliseconds)
    {
        var place = Array.BinarySearch(Bounds, (long)Math.Ceiling(Math.Max(milliseconds, 0)));
        return place >= 0 ? place : ~place;
    }

    /// <summary>
    /// The least bound, in milliseconds, that at least this share of the durations stays within; <see langword="null"/>
    /// when there are none. The true quantile is at most a third below it.
    /// </summary>
    public static long? Quantile(IReadOnlyList<long> counts, decimal share)
    {
        var all = counts.Sum();
        var wanted = Math.Max(1, (long)Math.Ceiling(all * share));
        var seen = 0L;
        for (var step = 0; all > 0 && step < counts.Count; step++)
        {
            seen += counts[step];
            if (seen >= wanted)
            {
                return step < Bounds.Length ? Bounds[step] : long.MaxValue;
            }
        }

        return null;
    }

    // 1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100 … so that five minutes, an hour's order of magnitude and whole seconds are bounds.
    private static long[] MakeBounds()
    {
        const long most = 1_500_000_000_000;
        var bounds = new SortedSet<long> { 0, 1, 2, 3, 5, 7 };
        for (var ten = 10L; ten <= most; ten *= 10)
        {
            foreach (var tenths in new[] { 10, 15, 20, 30, 50, 70 })
            {
                bounds.Add(ten / 10 * tenths);
            }
        }

        return [.. bounds];
    }
}
