using Cairn.Domain.Foundation;

namespace Cairn.Server.Ingest.Entities;

/// <summary>A model that cannot be used, with every fault as a line of the message, for a start that is refused.</summary>
internal static class ModelRefusal
{
    public static string Text(Problem problem) =>
        problem.Detail + string.Concat(problem.Faults.Select(fault => $"{Environment.NewLine}  {fault.Pointer}: {fault.Detail}"));
}
