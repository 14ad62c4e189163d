using System.Diagnostics;
using System.Numerics;

namespace Cairn.Bench.Load;

/// <summary>
/// A histogram of durations with steps of at most 1.6 %, from a microsecond up to hours. Not thread-safe; merge those of
/// the clients when they have ended.
/// </summary>
internal sealed class Latencies
{
    private const int SubBits = 6;
    private const int Sub = 1 << SubBits;

    private readonly long[] counts = new long[Sub * 36];

    public long Count { get; private set; }

    public void Add(long ticks)
    {
        var micros = Math.Max(1, (long)(ticks * 1e6 / Stopwatch.Frequency));
        counts[Math.Min(Bucket(micros), counts.Length - 1)]++;
        Count++;
    }

    public void Add(Latencies other)
    {
        for (var at = 0; at < counts.Length; at++)
        {
            counts[at] += other.counts[at];
        }

        Count += other.Count;
    }

    /// <summary>The duration in milliseconds below which this share of all lies; 0 without any.</summary>
    public double Milliseconds(double share)
    {
        var wanted = (long)Math.Ceiling(Count * share);
        var seen = 0L;
        for (var at = 0; at < counts.Length; at++)
        {
            seen += counts[at];
            if (seen >= wanted && seen > 0)
            {
                return Lowest(at + 1) / 1000.0;
            }
        }

        return 0;
    }

    private static int Bucket(long micros)
    {
        if (micros < Sub)
        {
            return (int)micros;
        }

        var shift = BitOperations.Log2((ulong)micros) - SubBits;
        return ((shift + 1) * Sub) + (int)((micros >> shift) - Sub);
    }

    private static long Lowest(int bucket)
    {
        var (block, within) = (bucket / Sub, bucket % Sub);
        return block == 0 ? within : (long)(within + Sub) << (block - 1);
    }
}
