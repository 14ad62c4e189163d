using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Tests.Access;

public sealed class AccessProblemsTests
{
    private static readonly (Problem Problem, ProblemKind Kind, string Code)[] Refusals =
    [
        (AccessProblems.KeyUnknown, ProblemKind.Unauthenticated, "key-unknown"),
        (AccessProblems.KeyRevoked, ProblemKind.Unauthenticated, "key-revoked"),
        (AccessProblems.KeyExpired, ProblemKind.Unauthenticated, "key-expired"),
        (AccessProblems.SessionEnded, ProblemKind.Unauthenticated, "session-ended"),
        (AccessProblems.KeyNotFound, ProblemKind.NotFound, "api-key-not-found"),
        (AccessProblems.SignInRefused, ProblemKind.Unauthenticated, "sign-in-refused"),
        (AccessProblems.TlsRequired, ProblemKind.Forbidden, "tls-required"),
        (AccessProblems.SetupLinkUnknown, ProblemKind.NotFound, "setup-link-unknown"),
        (AccessProblems.SetupLinkUsed, ProblemKind.Conflict, "setup-link-used"),
        (AccessProblems.SetupLinkExpired, ProblemKind.Conflict, "setup-link-expired"),
        (AccessProblems.SetupIsDone, ProblemKind.Conflict, "setup-done"),
        (AccessProblems.SignInWait(Duration.FromSeconds(3)), ProblemKind.TooMany, "sign-in-wait"),
    ];

    [Fact]
    public void Every_refusal_keeps_its_code_and_kind()
    {
        foreach (var (problem, kind, code) in Refusals)
        {
            (problem.Code, problem.Kind).ShouldBe((code, kind));
            problem.Detail.ShouldEndWith(".");
        }
    }

    [Fact]
    public void A_wait_says_how_many_whole_seconds() => AccessProblems.SignInWait(Duration.FromMilliseconds(2_100)).Extensions["retryAfter"].ShouldBe(3L);
}
