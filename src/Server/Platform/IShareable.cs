using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Server.Platform;

/// <summary>The words of the kinds of record that can be shared. They stand in shares and in the ledger, so they are only ever added to.</summary>
internal static class ShareKinds
{
    /// <summary>Who of the vendor works for the customer. There is one team, so it is shared as a whole.</summary>
    public const string Team = "team";

    /// <summary>The customer's own contacts; shared as a whole.</summary>
    public const string Contacts = "contacts";

    /// <summary>Receipts of the customer's events; a record is an event type.</summary>
    public const string Receipts = "receipts";

    /// <summary>How good the customer's data is; shared as a whole.</summary>
    public const string DataQuality = "data-quality";
}

/// <summary>A record that could be shared.</summary>
/// <param name="Id">Its id as shares name it.</param>
/// <param name="Title">How people call it.</param>
/// <param name="Detail">One line more, to tell it from others; <see langword="null"/> when the title is enough.</param>
internal sealed record ShareableRecord(string Id, string Title, string? Detail = null);

/// <summary>Something new among what a person sees.</summary>
/// <param name="Kind">The kind of record.</param>
/// <param name="Record">Which record; <see cref="Share.Every"/> for the kind as a whole.</param>
/// <param name="Count">How many are new, at most <see cref="MostCounted"/>.</param>
/// <param name="At">When the newest of them came.</param>
internal sealed record PortalNews(string Kind, string Record, long Count, Instant At)
{
    /// <summary>Counting stops here: "10,000 or more" is news enough.</summary>
    public const int MostCounted = 10_000;
}

/// <summary>
/// A kind of record that can be shared with a customer's people. The module that owns the records implements it and shows
/// them in the portal under <c>/v1/portal</c>; who sees what is decided by <see cref="PortalSight"/> alone, which every
/// method here and every such route asks.
/// </summary>
internal interface IShareable
{
    /// <summary>The word of the kind, one of <see cref="ShareKinds"/>.</summary>
    string Kind { get; }

    /// <summary>Whether all records of the kind can be shared at once, later ones included.</summary>
    bool HasEvery { get; }

    /// <summary>The records that could be shared one by one, in the order in which they are offered; empty for a kind that is shared as a whole.</summary>
    Task<IReadOnlyList<ShareableRecord>> Offer(DbWork work, CustomerId customer);

    /// <summary>What is new since an instant among what is in sight, at most one for each record.</summary>
    Task<IReadOnlyList<PortalNews>> NewsSince(DbWork work, CustomerId customer, PortalSight sight, Instant since);
}
