using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Entities;

namespace Cairn.Server.Ingest.Entities;

/// <summary>Refusals around entities.</summary>
internal static class EntitiesProblems
{
    public static Problem NotFound(EntityKey key, DateTimeOffset? asOf) => new(
        ProblemKind.NotFound,
        "entity-not-found",
        asOf is null
            ? $"No event told of a {InputFaults.Shorten(key.Type)} '{InputFaults.Shorten(key.Id)}' yet. GET /v1/entities lists what there is; ids keep their letter case."
            : $"No event up to that time told of a {InputFaults.Shorten(key.Type)} '{InputFaults.Shorten(key.Id)}'. Ask for a later as_of, or for none.");
}
