using NodaTime;

namespace Cairn.Domain.Ingest.Quality;

/// <summary>The named limits and thresholds of data quality; the guide quotes them.</summary>
public static class QualityLimits
{
    /// <summary>Counts are kept by stretches of this length.</summary>
    public static readonly Duration Slot = Duration.FromMinutes(5);

    /// <summary>How far back an alert looks.</summary>
    public static readonly Duration AlertWindow = Duration.FromHours(1);

    /// <summary>More than this share of failing events opens an alert.</summary>
    public const decimal FailingShare = 0.10m;

    /// <summary>More than this, in milliseconds, opens an alert: five minutes.</summary>
    public const long LatencyMilliseconds = 5 * 60 * 1000;

    /// <summary>Fewer events than this in the window are too few to judge by.</summary>
    public const int AlertSample = 20;

    /// <summary>How deep into objects members are counted.</summary>
    public const int FieldDepth = 4;

    /// <summary>The most members counted by name for a type and an hour; further ones are counted together as <see cref="OtherFields"/>.</summary>
    public const int FieldNames = 300;

    /// <summary>Under which name members beyond the limit are counted.</summary>
    public const string OtherFields = "*";

    /// <summary>The most single faults of a customer that are kept for a slot; the counts are complete.</summary>
    public const int FaultsKept = 5_000;

    /// <summary>The most single faults of one event that are kept.</summary>
    public const int FaultsOfEvent = 20;
}
