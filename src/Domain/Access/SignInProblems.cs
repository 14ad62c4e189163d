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
}
