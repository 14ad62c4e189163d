using Cairn.Domain.Foundation;

namespace Cairn.Server.Ingest.Schemas;

/// <summary>Every refusal around event types, in the order in which they are checked.</summary>
internal static class SchemaProblems
{
    /// <summary>The fault of a payload that a schema cannot look into.</summary>
    public static Fault NotJson { get; } = new("/data", "schema-not-json", "The type has a schema, so the payload must be JSON.");

    public static Problem TooLarge(int limit) => new(ProblemKind.Unacceptable, "too-large", $"It has more than {limit / 1024} KiB.");

    public static Problem Unsound(IReadOnlyList<Fault> faults) => new(ProblemKind.Unacceptable, faults[0].Code, faults[0].Detail) { Faults = faults };

    public static Problem NotFound(string type) => new(
        ProblemKind.NotFound, "event-type-not-found", $"Nothing is said about the event type '{InputFaults.Shorten(type)}'. PUT it first; events of any type are recorded all the same.");

    public static Problem VersionTaken(long version) => new(
        ProblemKind.LostRace, "version-conflict", $"The event type is at version {version}. Read it again, and apply your change to that version.")
    { Extensions = new Dictionary<string, object?> { ["version"] = version } };

    public static Problem Violation(string type, long version, IReadOnlyList<Fault> faults) => new(
        ProblemKind.Unacceptable,
        "event-schema-violation",
        $"The payload does not fit version {version} of the schema of '{type}': {faults.Count} fault(s). Nothing was stored. The schema is at /v1/event-types.")
    {
        Faults = faults,
        Extensions = new Dictionary<string, object?> { ["eventType"] = type, ["schemaVersion"] = version },
    };

    /// <summary>Faults of a payload as faults of its event.</summary>
    public static IReadOnlyList<Fault> InEvent(IReadOnlyList<Fault> faults) =>
        faults.Count == 0 ? faults : [.. faults.Select(fault => fault with { Pointer = "/data" + fault.Pointer })];
}
