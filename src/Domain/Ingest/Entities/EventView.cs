using System.Text.Json;
using NodaTime;

namespace Cairn.Domain.Ingest.Entities;

/// <summary>
/// Where an event stands among all of a customer: by its own time, then by its place in the log. Two servers that hear of
/// events in different orders come to the same order by it.
/// </summary>
/// <param name="Time">The event's own time; the time it was recorded when its sender gave none.</param>
/// <param name="Generation">Which of the customer's logs (a restore may open a new one).</param>
/// <param name="LogIndex">Its place in that log.</param>
/// <param name="Ordinal">Which of the entity rules of its type, since one event may change one entity twice.</param>
public readonly record struct EventPosition(Instant Time, short Generation, long LogIndex, short Ordinal) : IComparable<EventPosition>
{
    /// <inheritdoc/>
    public int CompareTo(EventPosition other) =>
        Time != other.Time ? Time.CompareTo(other.Time)
        : Generation != other.Generation ? Generation.CompareTo(other.Generation)
        : LogIndex != other.LogIndex ? LogIndex.CompareTo(other.LogIndex)
        : Ordinal.CompareTo(other.Ordinal);

    /// <summary>Whether this stands after the other.</summary>
    public static bool operator >(EventPosition left, EventPosition right) => left.CompareTo(right) > 0;

    /// <summary>Whether this stands before the other.</summary>
    public static bool operator <(EventPosition left, EventPosition right) => left.CompareTo(right) < 0;
}

/// <summary>A recorded event as an event model sees it.</summary>
public sealed record EventView
{
    /// <summary>The sender's id.</summary>
    public required string EventId { get; init; }

    /// <summary>Where it happened.</summary>
    public required string Source { get; init; }

    /// <summary>What happened.</summary>
    public required string Type { get; init; }

    /// <summary>What it happened to.</summary>
    public string? Subject { get; init; }

    /// <summary>Where it stands; the ordinal is 0.</summary>
    public required EventPosition At { get; init; }

    /// <summary>The payload; <see langword="null"/> when it is not JSON or was erased.</summary>
    public JsonElement? Data { get; init; }
}
