using System.Collections.Concurrent;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest;
using Cairn.Domain.Ingest.Quality;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Quality;

/// <summary>What became of events that were handed in, and how long it took.</summary>
internal sealed class AnswerCounts
{
    public long Accepted { get; set; }

    public long Repeated { get; set; }

    public long Refused { get; set; }

    public long[] Latency { get; } = DurationCounts.None();
}

/// <summary>Which refusals.</summary>
internal readonly record struct RefusalKey(Guid Batch, string EventType, string Code);

/// <summary>
/// Counts answers while they are given, in memory, because nothing of a refused event is stored and no log tells how long
/// recording took. Written down every few seconds; a crash loses the counts of those seconds and nothing else.
/// </summary>
internal sealed class IngestMeter(Database database, Clock clock)
{
    /// <summary>The most single refusals that wait to be written; further ones are only counted.</summary>
    private const int MostWaiting = 1_000;

    private readonly ConcurrentDictionary<CustomerId, Cell> cells = new();

    /// <summary>Counts events that were answered together.</summary>
    public void Answered(CustomerId customer, int accepted, int repeated, TimeSpan elapsed)
    {
        var cell = cells.GetOrAdd(customer, static _ => new Cell());
        lock (cell.Gate)
        {
            cell.Answers.Accepted += accepted;
            cell.Answers.Repeated += repeated;
            cell.Answers.Latency[DurationCounts.StepOf(elapsed.TotalMilliseconds)] += accepted + repeated;
            cell.IsUsed = true;
        }
    }

    /// <summary>Counts one refused event; what is known of it may be very little.</summary>
    public void Refused(CustomerId customer, Refusal refusal)
    {
        var cell = cells.GetOrAdd(customer, static _ => new Cell());
        lock (cell.Gate)
        {
            var key = new RefusalKey(refusal.Batch?.Value ?? Guid.Empty, KeptText.Of(refusal.EventType) ?? "", refusal.Code);
            cell.Answers.Refused++;
            cell.Refusals[key] = cell.Refusals.GetValueOrDefault(key) + 1;
            cell.IsUsed = true;
            if (cell.Faults.Count < MostWaiting)
            {
                cell.Faults.AddRange(refusal.Faults.Take(QualityLimits.FaultsOfEvent).Select(fault => new FoundFault(
                    clock.Now.ToDateTimeOffset(), "refused", key.Batch, key.EventType, null, null, KeptText.Of(refusal.EventId), KeptText.Of(refusal.Source), KeptText.Of(refusal.Place),
                    new Fault(KeptText.Of(fault.Pointer)!, fault.Code, KeptText.Of(fault.Detail)!))));
            }
        }
    }

    /// <summary>Writes down what was counted since the last time. What cannot be written now is counted again with the next.</summary>
    public async Task Flush(CancellationToken cancel)
    {
        foreach (var (customer, cell) in cells)
        {
            var full = cell.Drain();
            if (full is null)
            {
                continue;
            }

            try
            {
                await Write(customer, full, cancel);
            }
            catch (Exception e) when (DatabaseFailure.IsPassing(e) || e is OperationCanceledException)
            {
                cell.PutBack(full);
                throw;
            }
        }
    }

    private Task Write(CustomerId customer, Cell full, CancellationToken cancel) => database.ForCustomer(customer, async work =>
    {
        var slot = Slots.Of(clock.Now.ToDateTimeOffset());
        await QualityStore.AddAnswers(work, customer, slot, full.Answers);
        if (full.Refusals.Count > 0)
        {
            await QualityStore.AddRefusals(work, customer, slot, [.. full.Refusals.OrderBy(refusal => refusal.Key.ToString(), StringComparer.Ordinal)]);
            await QualityStore.AddFaults(work, customer, full.Faults);
        }

        return true;
    }, cancel);

    private sealed class Cell
    {
        public Lock Gate { get; } = new();

        public AnswerCounts Answers { get; private set; } = new();

        public Dictionary<RefusalKey, long> Refusals { get; private set; } = [];

        public List<FoundFault> Faults { get; private set; } = [];

        public bool IsUsed { get; set; }

        public Cell? Drain()
        {
            lock (Gate)
            {
                if (!IsUsed)
                {
                    return null;
                }

                var full = new Cell { Answers = Answers, Refusals = Refusals, Faults = Faults };
                (Answers, Refusals, Faults, IsUsed) = (new AnswerCounts(), [], [], false);
                return full;
            }
        }

        public void PutBack(Cell full)
        {
            lock (Gate)
            {
                Answers.Accepted += full.Answers.Accepted;
                Answers.Repeated += full.Answers.Repeated;
                Answers.Refused += full.Answers.Refused;
                for (var step = 0; step < full.Answers.Latency.Length; step++)
                {
                    Answers.Latency[step] += full.Answers.Latency[step];
                }

                foreach (var (key, count) in full.Refusals)
                {
                    Refusals[key] = Refusals.GetValueOrDefault(key) + count;
                }

                Faults.AddRange(full.Faults.Take(MostWaiting - Math.Min(MostWaiting, Faults.Count)));
                IsUsed = true;
            }
        }
    }
}

/// <summary>A refused event as far as it is known.</summary>
/// <param name="Code">Why, as the answer's code.</param>
/// <param name="Faults">Each fault with its place; never a value of the payload.</param>
internal sealed record Refusal(string Code, IReadOnlyList<Fault> Faults)
{
    public BatchId? Batch { get; init; }

    public string? EventType { get; init; }

    public string? EventId { get; init; }

    public string? Source { get; init; }

    /// <summary>The line of the stream, or the file and row of the import.</summary>
    public string? Place { get; init; }

    /// <summary>A refusal from the problem that was answered, and the event where it could be read.</summary>
    public static Refusal Of(Problem problem, IngestEvent? given = null) =>
        new(problem.Code, problem.Faults.Count > 0 ? problem.Faults : [new Fault("", problem.Code, problem.Detail)])
        {
            EventType = given?.Type ?? problem.Extensions.GetValueOrDefault("eventType") as string,
            EventId = given?.EventId,
            Source = given?.Source,
        };
}

/// <summary>
/// Texts of refused events as the database can hold them: whatever was wrong with a request may be wrong with these too
/// (U+0000, half surrogate pairs, no end).
/// </summary>
internal static class KeptText
{
    private const int Longest = 1_000;

    public static string? Of(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var kept = new System.Text.StringBuilder(Math.Min(text.Length, Longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (kept.Length >= Longest)
            {
                return kept.Append('…').ToString();
            }

            kept.Append(rune.Value == 0 ? "\u2400" : rune.ToString());
        }

        return kept.ToString();
    }
}
