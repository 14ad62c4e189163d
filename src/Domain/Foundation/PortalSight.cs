namespace Cairn.Domain.Foundation;

/// <summary>
/// One thing that a customer's people may see: a record, or every record of a kind. Nothing is visible without one, and
/// there is no other way to make it visible.
/// </summary>
/// <param name="Kind">The kind of record, as the module that owns it calls it: <c>receipts</c>, <c>plan</c>.</param>
/// <param name="Record">Which record; <see cref="Every"/> for all of the kind, later ones included.</param>
/// <param name="Roles">Whom it is for (<see cref="PortalRoles"/>); empty for all of the customer's people.</param>
public sealed record Share(string Kind, string Record, IReadOnlyList<string> Roles)
{
    /// <summary>Stands for every record of a kind.</summary>
    public const string Every = "*";

    /// <summary>The longest word of a kind, in characters.</summary>
    public const int KindLength = 50;

    /// <summary>The longest id of a record, in characters: event types are the longest.</summary>
    public const int RecordLength = 300;

    /// <summary>The most that one customer can be shown, so that what somebody sees is always read whole.</summary>
    public const int MostOfACustomer = 2_000;

    /// <summary>Whether it is for somebody with these roles.</summary>
    public bool IsFor(IReadOnlyCollection<string> roles) => Roles.Count == 0 || Roles.Any(roles.Contains);
}

/// <summary>
/// What one of a customer's people sees. This is the one place that decides it: every module that shows something in the
/// portal asks here, for one record, for a list, or for a count.
/// </summary>
public sealed class PortalSight
{
    /// <summary>Sees nothing: what everybody sees until something is shared with them.</summary>
    public static readonly PortalSight Nothing = new([]);

    private readonly IReadOnlyList<Share> shares;

    private PortalSight(IReadOnlyList<Share> shares) => this.shares = shares;

    /// <summary>What somebody with these roles sees of all that is shared by the customer's record.</summary>
    public static PortalSight Of(IEnumerable<Share> shared, IReadOnlyCollection<string> roles) => new([.. shared.Where(share => share.IsFor(roles))]);

    /// <summary>Whether this record is there for them. A record that is not is not found, and stands in no list and no count.</summary>
    public bool Sees(string kind, string record) => shares.Any(share => share.Kind == kind && (share.Record == Share.Every || share.Record == record));

    /// <summary>Whether every record of the kind is there for them, later ones included.</summary>
    public bool SeesEvery(string kind) => shares.Any(share => share.Kind == kind && share.Record == Share.Every);

    /// <summary>Whether there may be anything of the kind for them.</summary>
    public bool SeesAny(string kind) => shares.Any(share => share.Kind == kind);

    /// <summary>The records of a kind that were shared one by one; with <see cref="SeesEvery"/> there are more.</summary>
    public IReadOnlyList<string> Records(string kind) => [.. shares.Where(share => share.Kind == kind && share.Record != Share.Every).Select(share => share.Record)];
}
