using Cairn.Domain.Foundation;

namespace Cairn.Domain.Access;

/// <summary>What is refused on the way in beyond a wrong password, and when people change how they come in; in the order in which it is checked.</summary>
public static class SignInProblems
{
    /// <summary>The minutes between the password and the second step are over, or the step was made before.</summary>
    public static Problem SecondStepExpired { get; } = new(
        ProblemKind.Unauthenticated, "second-step-expired", "This sign-in took too long or was finished before. Begin again with your password.");

    /// <summary>The code is wrong, old, or was used.</summary>
    public static Problem SecondStepRefused { get; } = new(
        ProblemKind.Unauthenticated, "second-step-refused", "This code does not hold. A code of the app lasts 30 seconds and works once, like every recovery code.");

    /// <summary>What changes how somebody signs in takes a recent proof that it is them.</summary>
    public static Problem ProofRequired { get; } = new(
        ProblemKind.Forbidden, "proof-required", "This takes a fresh proof that it is you. Give your password or passkey again, then repeat it.");

    /// <summary>The proof does not hold; which part of it is not said.</summary>
    public static Problem ProofRefused { get; } = new(
        ProblemKind.Unacceptable, "proof-refused", "The password or the code is wrong.");

    /// <summary>One authenticator app a person: a second one would be a second thing to lose.</summary>
    public static Problem TotpEnrolled { get; } = new(
        ProblemKind.Conflict, "totp-enrolled", "An authenticator app is set up already. Remove it first to set up another.");

    /// <summary>There is nothing to confirm.</summary>
    public static Problem TotpNotStarted { get; } = new(
        ProblemKind.Conflict, "totp-not-started", "No authenticator app is being set up. Ask for a new QR code first.");

    /// <summary>The app shows another code, so it holds another secret or its clock is off.</summary>
    public static Problem TotpCodeWrong { get; } = new(
        ProblemKind.Unacceptable, "totp-code-wrong", "The app shows another code. Check that the phone's clock is right, wait for the next code and try that.");

    /// <summary>The last factor of somebody whose role takes one.</summary>
    public static Problem SecondFactorDemanded { get; } = new(
        ProblemKind.Conflict, "second-factor-demanded", "Your role takes a second factor here, and this is your last. Add a passkey or an authenticator app first.");

    /// <summary>Recovery codes stand in for a second factor, and there is none.</summary>
    public static Problem SecondFactorMissing { get; } = new(
        ProblemKind.Conflict, "second-factor-missing", "Recovery codes stand in for a second factor. Set up an authenticator app or a passkey first.");

    /// <summary>Nobody of that id is on the staff.</summary>
    public static Problem AccountNotFound { get; } = new(
        ProblemKind.NotFound, "account-not-found", "There is no member of the staff of that id.");

    /// <summary>The passkey is not known, does not belong to this address, or its signature or counter is wrong. Which of these is not said.</summary>
    public static Problem PasskeyRefused { get; } = new(
        ProblemKind.Unauthenticated, "passkey-refused", "This passkey does not open anything here. Try again, or sign in with your password.");

    /// <summary>The same, for somebody who is signed in.</summary>
    public static Problem PasskeyUnusable { get; } = new(
        ProblemKind.Conflict, "passkey-unusable", "This passkey could not be taken: it took too long, is known already, or was made for another address. Begin again.");

    /// <summary>No passkey of that id belongs to the person.</summary>
    public static Problem PasskeyNotFound { get; } = new(
        ProblemKind.NotFound, "passkey-not-found", "You have no passkey of that id.");

    /// <summary>No identity provider is configured.</summary>
    public static Problem SingleSignOnOff { get; } = new(
        ProblemKind.NotFound, "single-sign-on-off", "This installation has no identity provider. An operator configures one with CAIRN_OIDC_ISSUER.");

    /// <summary>The provider does not answer, or not as the standard says.</summary>
    public static Problem SingleSignOnUnavailable { get; } = new(
        ProblemKind.Unavailable, "single-sign-on-unavailable", "The identity provider does not answer as it should just now. Try again, or sign in with your password.");

    /// <summary>The way to the provider and back took too long, was gone before, or belongs to another browser.</summary>
    public static Problem SingleSignOnExpired { get; } = new(
        ProblemKind.Unauthenticated, "single-sign-on-expired", "This sign-in took too long or was finished before. Begin again.");

    /// <summary>The provider refused, or what it said is not believed; the program's log says why.</summary>
    public static Problem SingleSignOnRefused { get; } = new(
        ProblemKind.Unauthenticated, "single-sign-on-refused", "The identity provider did not let you in, or its answer could not be believed. Begin again; the server's log says why.");

    /// <summary>The provider knows them, and this installation does not.</summary>
    public static Problem SingleSignOnUnknown { get; } = new(
        ProblemKind.Forbidden, "single-sign-on-unknown", "The identity provider knows you, but no account here is linked to that. Sign in as before and link it in your account, or ask an administrator.");

    /// <summary>There is an account with that mail address, and an address proves nothing.</summary>
    public static Problem SingleSignOnMailTaken { get; } = new(
        ProblemKind.Forbidden, "single-sign-on-mail-taken", "An account with your mail address is here already. Sign in to it as before and link the identity provider in your account.");

    /// <summary>A new account takes an address that the provider has verified.</summary>
    public static Problem SingleSignOnMailUnverified { get; } = new(
        ProblemKind.Forbidden, "single-sign-on-mail-unverified", "The identity provider has not verified your mail address, so that no account can be made for it.");

    /// <summary>None of their groups gives a role.</summary>
    public static Problem SingleSignOnNoRole { get; } = new(
        ProblemKind.Forbidden, "single-sign-on-no-role", "None of your groups at the identity provider gives you a role here. Ask whoever administers them.");

    /// <summary>Who they are at the provider belongs to another account.</summary>
    public static Problem IdentityTaken { get; } = new(
        ProblemKind.Conflict, "identity-taken", "That identity is linked to another account here.");

    /// <summary>No linked identity of that id belongs to the person.</summary>
    public static Problem IdentityNotFound { get; } = new(
        ProblemKind.NotFound, "identity-not-found", "You have no linked identity of that id.");

    /// <summary>Nothing would be left to sign in with.</summary>
    public static Problem LastWayIn { get; } = new(
        ProblemKind.Conflict, "last-way-in", "This is your only way to sign in. Set a password or add a passkey first.");
}
