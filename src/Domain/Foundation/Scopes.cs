namespace Cairn.Domain.Foundation;

/// <summary>
/// What an API key may be used for. No scope holds another: a key that may ingest cannot read, and one that may
/// administer does neither, unless it lists those scopes too.
/// </summary>
public static class Scopes
{
    /// <summary>Hand in events.</summary>
    public const string Ingest = "ingest";

    /// <summary>Read events, receipts, the log and the audit trail.</summary>
    public const string Read = "read";

    /// <summary>Manage records: customers, API keys.</summary>
    public const string Admin = "admin";

    /// <summary>All of them, in the order in which they are shown and stored.</summary>
    public static IReadOnlyList<string> All { get; } = [Ingest, Read, Admin];
}
