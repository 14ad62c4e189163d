using Cairn.Domain.Foundation;

namespace Cairn.Domain.Receipts;

/// <summary>Every refusal of the receipts module, in the order in which they are checked.</summary>
public static class ReceiptsProblems
{
    /// <summary>No entry of this customer has that event id.</summary>
    public static Problem NotFound(string eventId) => new(
        ProblemKind.NotFound, "receipt-not-found", $"No receipt for event '{eventId}'. The id is the sender's own, percent-encoded; with several sources give ?source= too.");

    /// <summary>Several sources used the same id.</summary>
    public static Problem Ambiguous(string eventId, IReadOnlyList<string> sources) => new(
        ProblemKind.Conflict, "event-id-ambiguous", $"Event id '{eventId}' was used by {sources.Count} sources. Say which one you mean with ?source=.")
    { Extensions = new Dictionary<string, object?> { ["sources"] = sources } };

    /// <summary>The payload is gone already.</summary>
    public static Problem AlreadyErased(string eventId) => new(
        ProblemKind.Conflict, "receipt-erased", $"The payload of event '{eventId}' was erased before. Its receipt and proofs still hold.");

    /// <summary>Only a customer's events are erased; our own records are the audit trail.</summary>
    public static Problem NotErasable(string eventId) => new(
        ProblemKind.Unacceptable, "record-not-erasable", $"Entry '{eventId}' is a change of a record, kept for seven years as the audit trail. Only events can be erased.");

    /// <summary>No tile at that address, or not yet.</summary>
    public static Problem TileNotFound(string path, long size) => new(
        ProblemKind.NotFound, "tile-not-found", $"There is no tile '{path}' in a log of {size} entries. Tiles follow c2sp.org/tlog-tiles; fetch the checkpoint first.");

    /// <summary>A period that ends before it begins, or cannot be read.</summary>
    public static Problem PeriodInvalid(IReadOnlyList<Fault> faults) => new(
        ProblemKind.Malformed, faults[0].Code, faults.Count == 1 ? faults[0].Detail : "The period cannot be read; each fault is listed.")
    { Faults = faults };

    /// <summary>What was sent for verification is larger than any receipt.</summary>
    public static Problem TooLarge(long limit) => new(
        ProblemKind.TooLarge, "receipt-too-large", $"A receipt has at most {limit} bytes.");

    /// <summary>What was sent for verification is no receipt.</summary>
    public static Problem NotAReceipt(string detail) => new(
        ProblemKind.Malformed, "receipt-malformed", detail)
    { Faults = [new Fault("", "receipt-malformed", detail)] };
}
