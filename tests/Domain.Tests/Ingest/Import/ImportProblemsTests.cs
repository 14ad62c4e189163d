using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Import;

namespace Cairn.Domain.Tests.Ingest.Import;

public sealed class ImportProblemsTests
{
    private const string Continues = "the same command again continues";

    /// <summary>What ends an import early, and what the reader does next.</summary>
    public static TheoryData<Problem, ProblemKind, string, string> Endings => new()
    {
        { ImportProblems.Interrupted(), ProblemKind.Unavailable, "import-interrupted", Continues },
        { ImportProblems.TooManyRows(), ProblemKind.TooLarge, "too-many-rows", "import the remaining files in a second run" },
        { ImportProblems.FileFailed("The disk is gone."), ProblemKind.Unavailable, "file-failed", Continues },
        { ImportProblems.LogFailed("The log is gone."), ProblemKind.Unavailable, "import-failed", Continues },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public void An_import_that_ends_early_says_what_stays_and_what_to_do_next(Problem problem, ProblemKind kind, string code, string fix)
    {
        (problem.Kind, problem.Code).ShouldBe((kind, code));
        problem.Detail.ShouldContain("What was recorded");
        problem.Detail.ShouldContain(fix);
    }

    [Fact]
    public void The_limit_of_rows_is_named_in_full() => ImportProblems.TooManyRows().Detail.ShouldContain($"{ImportLimits.Rows:N0} rows");
}
