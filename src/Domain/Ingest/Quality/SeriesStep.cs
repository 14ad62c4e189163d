using NodaTime;

namespace Cairn.Domain.Ingest.Quality;

/// <summary>How long the stretches of a curve are, so that it has enough points to show a shape and few enough to be looked at.</summary>
public static class SeriesStep
{
    /// <summary>The most points of a curve, unless even the longest stretches give more.</summary>
    public const int MostPoints = 200;

    private static readonly Duration[] Steps =
    [
        QualityLimits.Slot, Duration.FromMinutes(15), Duration.FromHours(1), Duration.FromHours(6), Duration.FromDays(1), Duration.FromDays(7), Duration.FromDays(28),
    ];

    /// <summary>The shortest step that keeps a span within <see cref="MostPoints"/>; the longest one when none does.</summary>
    /// <param name="span">From the first to the last stretch; nothing or less gives the shortest.</param>
    public static Duration For(Duration span) => Array.Find(Steps, step => span <= step * MostPoints) is var found && found > Duration.Zero ? found : Steps[^1];
}
