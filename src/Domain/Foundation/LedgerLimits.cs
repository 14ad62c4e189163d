using NodaTime;

namespace Cairn.Domain.Foundation;

/// <summary>The named limits of the ledger itself, whichever module appends.</summary>
public static class LedgerLimits
{
    /// <summary>An event that is recorded later than this after its own time is marked late. It is accepted all the same.</summary>
    public static readonly Duration LateAfter = Duration.FromMinutes(5);
}
