using Cairn.Domain.Ingest.Quality;

namespace Cairn.Server.Ingest.Quality;

/// <summary>Sums over counts of events.</summary>
internal sealed class CountsRow
{
    public long Events { get; init; }

    public long Json { get; init; }

    public long NotJson { get; init; }

    public long Timed { get; init; }

    public long Late { get; init; }

    public long Misfits { get; init; }

    public long EntityFaulty { get; init; }

    public long BrokenTexts { get; init; }

    public long Faulty { get; init; }

    public long[] Lateness { get; init; } = [];

    public long ActiveSeconds { get; init; }

    public long PeakEvents { get; init; }

    public DateTimeOffset? FirstTime { get; init; }

    public DateTimeOffset? LastTime { get; init; }
}

/// <summary>Sums by event type.</summary>
internal sealed class TypeCountsRow
{
    public string EventType { get; init; } = "";

    public long Events { get; init; }

    public long Faulty { get; init; }

    public long Misfits { get; init; }

    public long Late { get; init; }

    public DateTimeOffset FirstTime { get; init; }

    public DateTimeOffset LastTime { get; init; }
}

/// <summary>Sums over answers.</summary>
internal sealed class AnswersRow
{
    public long Accepted { get; init; }

    public long Repeated { get; init; }

    public long Refused { get; init; }

    public long[] Latency { get; init; } = [];
}

/// <summary>Where counts begin and end; both <see langword="null"/> when there are none.</summary>
internal sealed class ExtentRow
{
    public DateTimeOffset? First { get; init; }

    public DateTimeOffset? Last { get; init; }
}

/// <summary>Sums over one stretch of a curve.</summary>
internal sealed class SeriesRow
{
    public DateTimeOffset At { get; init; }

    public long Events { get; init; }

    public long Faulty { get; init; }

    public long Late { get; init; }

    public long Refused { get; init; }

    public long Repeated { get; init; }

    public long[] Latency { get; init; } = [];
}

/// <summary>Refusals by type and code.</summary>
internal sealed class RefusalsRow
{
    public string EventType { get; init; } = "";

    public string Code { get; init; } = "";

    public long Refused { get; init; }
}

/// <summary>A member of a type's payloads.</summary>
internal sealed class FieldRow
{
    public string EventType { get; init; } = "";

    public string Field { get; init; } = "";

    public long Events { get; init; }

    public long Present { get; init; }

    public long Nulls { get; init; }

    public long Blanks { get; init; }

    public long Texts { get; init; }

    public long Numbers { get; init; }

    public long Booleans { get; init; }

    public long Objects { get; init; }

    public long Lists { get; init; }

    public long Filled => Present - Nulls - Blanks;

    public long OddTypes => new FieldCounts { Texts = Texts, Numbers = Numbers, Booleans = Booleans, Objects = Objects, Lists = Lists }.OddTypes;
}

/// <summary>A single fault.</summary>
internal sealed class FaultRow
{
    public Guid FaultId { get; init; }

    public DateTimeOffset FoundAt { get; init; }

    public string Kind { get; init; } = "";

    public Guid BatchId { get; init; }

    public string EventType { get; init; } = "";

    public short? Generation { get; init; }

    public long? LogIndex { get; init; }

    public string? EventId { get; init; }

    public string? Source { get; init; }

    public string? Place { get; init; }

    public string Pointer { get; init; } = "";

    public string Code { get; init; } = "";

    public string Detail { get; init; } = "";
}

/// <summary>An alert.</summary>
internal sealed class AlertRow
{
    public Guid AlertId { get; init; }

    public string Kind { get; init; } = "";

    public DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public decimal Value { get; init; }

    public decimal Threshold { get; init; }

    public string Unit { get; init; } = "";

    public string Detail { get; init; } = "";
}

/// <summary>A customer's last hour.</summary>
internal sealed class WindowRow
{
    public Guid CustomerId { get; init; }

    public long Events { get; init; }

    public long Faulty { get; init; }

    public long Refused { get; init; }

    public long[] Latency { get; init; } = [];

    public long[] Lateness { get; init; } = [];

    public string[] OpenKinds { get; init; } = [];

    public QualityWindow ToWindow() => new(Events, Refused, Faulty, Latency, Lateness);
}
