using Cairn.Domain.Foundation;

namespace Cairn.Server.Ingest.Live;

/// <summary>Refusals around live streams.</summary>
internal static class LiveProblems
{
    public static Problem StreamsOpen { get; } = new(
        ProblemKind.TooMany, "streams-open", $"You have {EventsStream.MostOfCaller} streams open already. Close one: a browser needs a single one.");
}
