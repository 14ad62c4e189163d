using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

/// <summary>What the shell itself refuses, whatever the module, in the order in which it is checked.</summary>
internal static class PlatformProblems
{
    public static Problem RouteNotFound { get; } = new(
        ProblemKind.NotFound, "route-not-found", "There is nothing at this address. The API reference is at /docs.");

    public static Problem CrossSiteRequest { get; } = new(
        ProblemKind.Forbidden, "cross-site-request", "A browser sent this request from another site, so it was not carried out. Programs use an API key instead of a session.");

    public static Problem AuthenticationRequired { get; } = new(
        ProblemKind.Unauthenticated, "authentication-required", "Send an API key in 'Authorization: Bearer <key>', or sign in.");

    public static Problem KeyRequired { get; } = new(
        ProblemKind.Forbidden, "key-required", "This is for programs: it takes an API key.");

    public static Problem PersonRequired { get; } = new(
        ProblemKind.Forbidden, "person-required", "This is for people who signed in; an API key has no session.");

    public static Problem OperatorRequired { get; } = new(
        ProblemKind.Forbidden, "operator-required", "This reaches beyond one customer, so it takes an operator key or a member of the staff.");

    public static Problem CustomerRequired { get; } = new(
        ProblemKind.Malformed, "customer-required", "An operator key or a member of the staff says whose data is meant: add ?customer=<id>.");

    public static Problem CustomerNotFound { get; } = new(
        ProblemKind.NotFound, "customer-not-found", "There is no such customer, or this key is another customer's.");

    public static Problem BodyTooLarge { get; } = new(
        ProblemKind.TooLarge, "body-too-large", "The body is larger than this address takes.");

    public static Problem IdempotencyKeyMalformed { get; } = new(
        ProblemKind.Malformed, "idempotency-key-malformed", "Idempotency-Key takes 1 to 200 printable ASCII characters, for instance a UUID of your own.");

    public static Problem IdempotencyKeyReused { get; } = new(
        ProblemKind.Conflict, "idempotency-key-reused", "This Idempotency-Key was used for another request within a day; nothing was done. Take a new key for a new request, and the same body for a repeat.");

    public static Problem RequestMalformed { get; } = new(
        ProblemKind.Malformed, "request-malformed", "The request cannot be read: a header, a query parameter or the framing of the body is wrong.");

    public static Problem ReachLimited { get; } = new(
        ProblemKind.Forbidden, "reach-limited", "This takes somebody who reaches every customer. An administrator decides whom you reach.");

    public static Problem VersionRequired { get; } = new(
        ProblemKind.VersionRequired, "version-required", "Send the version that you changed in an If-Match header, for instance If-Match: \"3\"; a GET shows it as ETag and as 'version'.");

    public static Problem VersionMalformed { get; } = new(
        ProblemKind.Malformed, "version-malformed", "If-Match takes one version, for instance If-Match: \"3\".");

    /// <summary>Somebody else changed the record in the meantime.</summary>
    public static Problem LostRace(long current) => new(
        ProblemKind.LostRace, "lost-race", $"The record was changed in the meantime: it is at version {current}. Load it again and repeat your change.")
    { Extensions = new Dictionary<string, object?> { ["version"] = current } };

    public static Problem DatabaseUnavailable { get; } = new(
        ProblemKind.Unavailable, "database-unavailable", "The database does not answer just now. Try the same request again after the seconds in Retry-After.");

    /// <summary>No batch of this customer has that id; the ledger keeps batches, so every module that reads them refuses alike.</summary>
    public static Problem BatchNotFound(string batch) => new(
        ProblemKind.NotFound, "batch-not-found", $"No batch '{InputFaults.Shorten(batch)}' here. The id is the member 'batch' of a stream's or import's answer.");

    public static Problem MediaType(string? given) => new(
        ProblemKind.UnsupportedType, "media-type-unsupported", $"'{InputFaults.Shorten(given ?? "no content type")}' is not taken here. Send application/json.");

    public static Problem JsonMalformed(string what) => new(
        ProblemKind.Malformed, "json-malformed", $"The body is not the JSON that is expected: {what}");

    public static Problem ScopeMissing(IReadOnlyList<string> anyOf) => new(
        ProblemKind.Forbidden, "scope-missing", $"This key lacks the scope '{string.Join("' or '", anyOf)}'. Scopes are fixed when a key is created: use another key.")
    { Extensions = new Dictionary<string, object?> { ["scope"] = anyOf[0] } };

    public static Problem RoleMissing(StaffRole least) => new(
        ProblemKind.Forbidden, "role-missing", $"This takes the role {least} or above. An administrator can give it to you.")
    { Extensions = new Dictionary<string, object?> { ["role"] = least.ToString() } };
}
