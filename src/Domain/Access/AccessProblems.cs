using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Access;

/// <summary>Everything that Access refuses, in the order in which it is checked.</summary>
public static class AccessProblems
{
    /// <summary>No such key, or the secret is another. The two are not told apart, so that key ids cannot be tried out.</summary>
    public static Problem KeyUnknown { get; } = new(
        ProblemKind.Unauthenticated, "key-unknown", "This API key is not known here. Send 'Authorization: Bearer <key>' with the whole key as it was shown when it was created.");

    /// <summary>Somebody ended the key.</summary>
    public static Problem KeyRevoked { get; } = new(
        ProblemKind.Unauthenticated, "key-revoked", "This API key was revoked. Use another key, or have one created.");

    /// <summary>The key's time is over.</summary>
    public static Problem KeyExpired { get; } = new(
        ProblemKind.Unauthenticated, "key-expired", "This API key has expired. Use another key, or have one created.");

    /// <summary>The session timed out, was ended, or never was.</summary>
    public static Problem SessionEnded { get; } = new(
        ProblemKind.Unauthenticated, "session-ended", "The session is over. Sign in again.");

    /// <summary>No key of this id belongs to the customer.</summary>
    public static Problem KeyNotFound { get; } = new(
        ProblemKind.NotFound, "api-key-not-found", "This customer has no API key of that id.");

    /// <summary>A key that was revoked or has expired cannot get another secret.</summary>
    public static Problem KeyNotActive { get; } = new(
        ProblemKind.Conflict, "api-key-not-active", "This key was revoked or has expired. Create another one.");

    /// <summary>No session of this id is open for the person.</summary>
    public static Problem SessionNotFound { get; } = new(
        ProblemKind.NotFound, "session-not-found", "This person has no open session of that id.");

    /// <summary>Nobody on the staff has this id.</summary>
    public static Problem PersonNotFound { get; } = new(
        ProblemKind.NotFound, "person-not-found", "There is nobody of that id on the staff.");

    /// <summary>Somebody on the staff has this address, be it somebody who left.</summary>
    public static Problem EmailTaken { get; } = new(
        ProblemKind.Conflict, "email-taken", "Somebody on the staff has this mail address already. Who left can be let in again on their own page.");

    /// <summary>Without an administrator who can come in, nobody could make another one.</summary>
    public static Problem LastAdministrator { get; } = new(
        ProblemKind.Conflict, "last-administrator", "This is the only administrator who can sign in. Make somebody else an administrator first.");

    /// <summary>Who has come in needs no invitation; who forgot the password asks for a link on the sign-in page.</summary>
    public static Problem AlreadyJoined { get; } = new(
        ProblemKind.Conflict, "already-joined", "This person has come in before, so there is nothing to invite them to. A forgotten password is set anew from the sign-in page.");

    /// <summary>Somebody whose access was ended.</summary>
    public static Problem PersonIsDeactivated { get; } = new(
        ProblemKind.Conflict, "person-deactivated", "This person's access was ended. Let them in again first.");

    /// <summary>The link never was, was used, is over, or was replaced by a newer one; which of them is not said.</summary>
    public static Problem LinkUnusable { get; } = new(
        ProblemKind.NotFound, "link-unusable", "This link does not work any more: it was used, it is over, or a newer one replaced it. Ask for a new one.");

    /// <summary>The mail address or the password is wrong; which of the two is not said.</summary>
    public static Problem SignInRefused { get; } = new(
        ProblemKind.Unauthenticated, "sign-in-refused", "The mail address or the password is wrong.");

    /// <summary>Plain HTTP from another machine: a cookie sent there could be read on the way.</summary>
    public static Problem TlsRequired { get; } = new(
        ProblemKind.Forbidden, "tls-required", "Signing in over plain HTTP works on the server's own machine only. Use https.");

    /// <summary>No such setup link.</summary>
    public static Problem SetupLinkUnknown { get; } = new(
        ProblemKind.NotFound, "setup-link-unknown", "This setup link is not known. Open the link that the server printed at its last start.");

    /// <summary>The link made an administrator before.</summary>
    public static Problem SetupLinkUsed { get; } = new(
        ProblemKind.Conflict, "setup-link-used", "This setup link was used before. Sign in with the account that it made.");

    /// <summary>The link's day is over.</summary>
    public static Problem SetupLinkExpired { get; } = new(
        ProblemKind.Conflict, "setup-link-expired", "This setup link has expired. Restart the server: it prints a new one as long as there is no administrator.");

    /// <summary>There is somebody who can sign in, so that setup is over.</summary>
    public static Problem SetupIsDone { get; } = new(
        ProblemKind.Conflict, "setup-done", "This installation has an administrator already. Sign in.");

    /// <summary>Too many failures in a row from this place for this address.</summary>
    public static Problem SignInWait(Duration wait) => new(
        ProblemKind.TooMany, "sign-in-wait", $"Too many failed attempts. Try again in {(long)Math.Ceiling(wait.TotalSeconds)} seconds.")
    {
        Extensions = new Dictionary<string, object?> { ["retryAfter"] = (long)Math.Ceiling(wait.TotalSeconds) },
    };
}
