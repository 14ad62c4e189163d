using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;

namespace Cairn.Domain.Tests.Customers;

public sealed class CustomersProblemsTests
{
    private static readonly (Problem Problem, ProblemKind Kind, string Code)[] Refusals =
    [
        (CustomersProblems.VersionRequired, ProblemKind.VersionRequired, "version-required"),
        (CustomersProblems.VersionMalformed, ProblemKind.Malformed, "version-malformed"),
        (CustomersProblems.LostRace(4), ProblemKind.LostRace, "lost-race"),
    ];

    [Fact]
    public void Every_refusal_keeps_its_code_and_kind()
    {
        foreach (var (problem, kind, code) in Refusals)
        {
            (problem.Code, problem.Kind).ShouldBe((code, kind));
        }
    }

    [Fact]
    public void A_lost_race_says_where_the_record_is_now() => CustomersProblems.LostRace(4).Extensions["version"].ShouldBe(4L);
}
