using System.Collections.Concurrent;
using NodaTime;
using NodaTime.TimeZones;

namespace Cairn.Domain.Foundation.Calendars;

/// <summary>Open without a break, from a moment until another.</summary>
internal readonly record struct OpenSpan(Instant Start, Instant End);

/// <summary>
/// Open time along the line of instants. It is cut into blocks of a fixed length, a little more than a year; a block is
/// worked out when it is first asked for, as spans in order with the open time before each, and is then kept. An
/// operation is two binary searches and, for a long way, one addition a block.
/// </summary>
internal sealed class OpenTime(DatedRules rules)
{
    /// <summary>A block has 2^25 seconds, 388 days: the number of the block of a moment is a shift away.</summary>
    private const int BlockBits = 25;

    private const long BlockSeconds = 1L << BlockBits;

    private const long NanosecondsOfSecond = 1_000_000_000;

    /// <summary>A day's hours lie at most this many days from the same date in UTC: offsets reach 14 hours, and a zone change can lengthen a day by 26.</summary>
    private const int DaysAround = 3;

    /// <summary>The blocks that hold the covered years; beside them nothing is looked for.</summary>
    private static readonly long FirstBlock = Instant.FromUtc(BusinessCalendar.FirstYear, 1, 1, 0, 0).ToUnixTimeSeconds() >> BlockBits;

    private static readonly long LastBlock = Instant.FromUtc(BusinessCalendar.LastYear + 1, 1, 1, 0, 0).ToUnixTimeSeconds() >> BlockBits;

    private readonly ConcurrentDictionary<long, OpenBlock> blocks = new();

    /// <summary>The earliest moment at which so many open nanoseconds have passed, the latest for a negative number; <see langword="null"/> when there is none in reach.</summary>
    public Instant? Add(Instant from, long nanoseconds)
    {
        if (nanoseconds == 0)
        {
            return from;
        }

        var (number, at) = Place(from);
        var wanted = Block(number).OpenBefore(at) + nanoseconds;
        if (nanoseconds > 0)
        {
            for (; wanted > Block(number).Total; number++)
            {
                if (number > LastBlock)
                {
                    return null;
                }

                wanted -= Block(number).Total;
            }

            return MomentOf(number, Block(number).EarliestAfter(wanted));
        }

        while (wanted < 0)
        {
            number--;
            if (number < FirstBlock)
            {
                return null;
            }

            wanted += Block(number).Total;
        }

        return MomentOf(number, Block(number).LatestAfter(wanted));
    }

    /// <param name="from">The earlier moment.</param>
    /// <param name="until">The later one.</param>
    public Duration Between(Instant from, Instant until)
    {
        var (first, start) = Place(from);
        var (last, end) = Place(until);
        var sum = Block(last).OpenBefore(end) - Block(first).OpenBefore(start);
        for (var number = first; number < last; number++)
        {
            sum += Block(number).Total;
        }

        return Duration.FromNanoseconds(sum);
    }

    public Instant? NextOpening(Instant at)
    {
        var (number, after) = Place(at);
        for (; number <= LastBlock; number++, after = 0)
        {
            if (Block(number).NextOpen(after) is { } found)
            {
                return MomentOf(number, found);
            }
        }

        return null;
    }

    /// <summary>When a day is open, in order, on the clock of its version and as far as that version decides.</summary>
    public void AddSpans(LocalDate day, List<OpenSpan> spans)
    {
        var rule = rules.On(day);
        var opening = rule.Opening(day);
        if (opening.Count == 0)
        {
            return;
        }

        var first = spans.Count;
        var midnight = day.AtMidnight();
        var tomorrow = midnight.PlusHours(24);
        // What the clock shows depends on the offset, so each stretch of one offset is asked apart.
        for (var stretch = rule.Zone.MapLocal(midnight).EarlyInterval; ; stretch = rule.Zone.GetZoneInterval(stretch.End))
        {
            AddSpans(midnight, opening, stretch, rule, spans);
            if (!stretch.HasEnd || stretch.IsoLocalEnd >= tomorrow.PlusHours(24) || rule.Zone.GetZoneInterval(stretch.End).IsoLocalStart >= tomorrow)
            {
                break;
            }
        }

        if (day == rule.LastDay && spans.Count > first && opening[^1].Until == OpeningInterval.EndOfDay && spans[^1].End == rule.StartOf(day.PlusDays(1)))
        {
            spans[^1] = spans[^1] with { End = rule.Ends };
        }
    }

    private static void AddSpans(LocalDateTime midnight, IReadOnlyList<OpeningInterval> opening, ZoneInterval stretch, DatedRule rule, List<OpenSpan> spans)
    {
        var zero = midnight.InUtc().ToInstant() - Duration.FromSeconds(stretch.WallOffset.Seconds);
        var earliest = Instant.Max(rule.Begins, stretch.HasStart ? stretch.Start : Instant.MinValue);
        var latest = Instant.Min(rule.Ends, stretch.HasEnd ? stretch.End : Instant.MaxValue);
        foreach (var interval in opening)
        {
            var start = Instant.Max(zero + Duration.FromMinutes(interval.From), earliest);
            var end = Instant.Min(zero + Duration.FromMinutes(interval.Until), latest);
            if (start < end)
            {
                spans.Add(new OpenSpan(start, end));
            }
        }
    }

    private static (long Number, long At) Place(Instant at)
    {
        var seconds = at.ToUnixTimeSeconds();
        var number = seconds >> BlockBits;
        var part = (at - Instant.FromUnixTimeSeconds(seconds)).SubsecondNanoseconds;
        return (number, ((seconds - (number << BlockBits)) * NanosecondsOfSecond) + part);
    }

    private static Instant MomentOf(long number, long at) =>
        Instant.FromUnixTimeSeconds((number << BlockBits) + (at / NanosecondsOfSecond)).PlusNanoseconds(at % NanosecondsOfSecond);

    private OpenBlock Block(long number) => blocks.TryGetValue(number, out var known) ? known : blocks.GetOrAdd(number, Make);

    private OpenBlock Make(long number)
    {
        var start = Instant.FromUnixTimeSeconds(number << BlockBits);
        var end = start + Duration.FromSeconds(BlockSeconds);
        var last = end.InUtc().Date.PlusDays(DaysAround);
        var spans = new List<OpenSpan>();
        for (var day = start.InUtc().Date.PlusDays(-DaysAround); day <= last; day = day.PlusDays(1))
        {
            AddSpans(day, spans);
        }

        spans.Sort((left, right) => left.Start.CompareTo(right.Start));
        var within = spans.Select(span => (Start: Instant.Max(span.Start, start), End: Instant.Min(span.End, end))).Where(span => span.Start < span.End);
        return new OpenBlock([.. within.Select(span => ((span.Start - start).ToInt64Nanoseconds(), (span.End - start).ToInt64Nanoseconds()))]);
    }
}

/// <summary>The open spans of a block, in nanoseconds since its start, with the open time before each.</summary>
internal sealed class OpenBlock
{
    private readonly long[] starts;
    private readonly long[] ends;
    private readonly long[] before;

    /// <param name="spans">In order; those that touch become one.</param>
    public OpenBlock(IReadOnlyList<(long Start, long End)> spans)
    {
        var joined = new List<(long Start, long End)>();
        foreach (var span in spans)
        {
            if (joined.Count > 0 && span.Start <= joined[^1].End)
            {
                joined[^1] = (joined[^1].Start, Math.Max(joined[^1].End, span.End));
            }
            else
            {
                joined.Add(span);
            }
        }

        starts = [.. joined.Select(span => span.Start)];
        ends = [.. joined.Select(span => span.End)];
        before = new long[joined.Count];
        for (var at = 0; at < joined.Count; at++)
        {
            before[at] = Total;
            Total += ends[at] - starts[at];
        }
    }

    /// <summary>All open time of the block.</summary>
    public long Total { get; }

    /// <summary>The open time of the block before a moment.</summary>
    public long OpenBefore(long at)
    {
        var span = LastAtOrBelow(starts, at);
        return span < 0 ? 0 : before[span] + Math.Min(at, ends[span]) - starts[span];
    }

    /// <summary>The earliest moment with this much open time before it, which is more than none and at most all.</summary>
    public long EarliestAfter(long open)
    {
        var span = LastAtOrBelow(before, open - 1);
        return starts[span] + open - before[span];
    }

    /// <summary>The latest moment with this much open time before it, which is less than all.</summary>
    public long LatestAfter(long open)
    {
        var span = LastAtOrBelow(before, open);
        return starts[span] + open - before[span];
    }

    /// <summary>The first open moment from one on.</summary>
    public long? NextOpen(long at)
    {
        var span = LastAtOrBelow(starts, at);
        return span >= 0 && at < ends[span] ? at
            : span + 1 < starts.Length ? starts[span + 1]
            : null;
    }

    private static int LastAtOrBelow(long[] sorted, long value)
    {
        var at = Array.BinarySearch(sorted, value);
        return at >= 0 ? at : ~at - 1;
    }
}
