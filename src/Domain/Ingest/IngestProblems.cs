using Cairn.Domain.Foundation;

namespace Cairn.Domain.Ingest;

/// <summary>Every refusal of the ingest module, in the order in which they are checked.</summary>
public static class IngestProblems
{
    /// <summary>The fault code of an event time too far ahead of the clock.</summary>
    public const string TimeInFuture = "event-time-in-future";

    /// <summary>The fault code of an event time before 1970.</summary>
    public const string TimeTooEarly = "event-time-too-early";

    private static readonly HashSet<string> UnacceptableCodes = [TimeInFuture, TimeTooEarly, "source-reserved"];

    /// <summary>A content type that carries no event.</summary>
    public static Problem UnsupportedType(string? given) => new(
        ProblemKind.UnsupportedType,
        "media-type-unsupported",
        $"'{given ?? "no content type"}' carries no event. Send application/cloudevents+json, application/cloudevents-batch+json, application/x-ndjson, application/json with event_id, timestamp, transaction_type and data, or any type with ce- headers.");

    /// <summary>An event over its size limit.</summary>
    public static Problem EventTooLarge(long limit = IngestLimits.EventBytes) => new(
        ProblemKind.TooLarge, "event-too-large", $"An event may have at most {limit} bytes (256 KiB). Send large content elsewhere and its hash here.")
    { Extensions = new Dictionary<string, object?> { ["limitBytes"] = limit } };

    /// <summary>A batch over its size or count limit.</summary>
    public static Problem BatchTooLarge() => new(
        ProblemKind.TooLarge,
        "batch-too-large",
        $"A batch may have at most {IngestLimits.BatchEvents} events and {IngestLimits.BatchBytes} bytes (5 MiB). Split it, or stream application/x-ndjson.")
    { Extensions = new Dictionary<string, object?> { ["limitEvents"] = IngestLimits.BatchEvents, ["limitBytes"] = IngestLimits.BatchBytes } };

    /// <summary>A stream over its size limit; what was committed before stays.</summary>
    public static Problem StreamTooLarge() => new(
        ProblemKind.TooLarge, "stream-too-large", "A stream may have at most 1 GiB. What came before the limit is recorded; send the rest in another stream (lines sent again are recognised).");

    /// <summary>An event that cannot be recorded as it stands.</summary>
    public static Problem Invalid(IReadOnlyList<Fault> faults)
    {
        var isUnacceptable = faults.All(fault => UnacceptableCodes.Contains(fault.Code));
        var kind = isUnacceptable ? ProblemKind.Unacceptable : ProblemKind.Malformed;
        if (faults.Count == 1)
        {
            return new Problem(kind, faults[0].Code, faults[0].Detail) { Faults = faults };
        }

        var listed = faults.Count <= IngestLimits.FaultsListed ? "Each" : $"Each of the first {IngestLimits.FaultsListed}";
        return new Problem(kind, "event-invalid", $"The event has {faults.Count} faults; nothing of it was stored. {listed} is listed with its place and its fix.")
        {
            Faults = [.. faults.Take(IngestLimits.FaultsListed)],
        };
    }

    /// <summary>The body names another customer than the key belongs to.</summary>
    public static Problem OtherCustomer(string pointer) => new(
        ProblemKind.NotFound, "customer-not-found", "The event's customer_id is not the customer of this key. Leave it out, or use that customer's key.")
    { Faults = [new Fault(pointer, "customer-not-found", "Not the customer of this key.")] };

    /// <summary>The id is in the log for another event.</summary>
    public static Problem IdConflict(string eventId, string source, IReadOnlyList<string> differences, string recordedSha256, string givenSha256) => new(
        ProblemKind.Conflict,
        "event-id-conflict",
        $"Event '{eventId}' from '{source}' is recorded already with different {string.Join(", ", differences)}. Nothing was stored. Send a correction under a new id.")
    {
        Faults = [.. differences.Select(name => new Fault("/" + name, "differs", $"'{name}' is not what was recorded under this id."))],
        Extensions = new Dictionary<string, object?>
        {
            ["differences"] = differences,
            ["recordedDataSha256"] = recordedSha256,
            ["givenDataSha256"] = givenSha256,
        },
    };

    /// <summary>The id is in the log, but its payload was erased and cannot be compared.</summary>
    public static Problem Erased(string eventId) => new(
        ProblemKind.Conflict, "event-erased", $"Event '{eventId}' was recorded and its payload erased since, so a repeat cannot be compared. Nothing was stored.");

    /// <summary>More waits to be recorded than memory should hold.</summary>
    public static Problem Overloaded() => new(
        ProblemKind.Unavailable, "ingest-overloaded", "More events are waiting than can be recorded soon. Try again after the seconds in Retry-After; a retry repeats nothing.");

    /// <summary>The database did not answer in time; whether the event was recorded is unknown until a retry.</summary>
    public static Problem OutcomeUnknown() => new(
        ProblemKind.Unavailable, "database-unavailable", "The database did not answer in time, so it is not known whether the event was recorded. Send it again unchanged: it is never recorded twice.");
}
