using Microsoft.CodeAnalysis;

namespace Cairn.Tidy.Tests;

/// <summary>Nobody's request reads across all customers: that is what keeps a member of the staff within their reach (decision 9).</summary>
public sealed class OperatorWorkTests
{
    [Fact]
    public void Only_jobs_and_commands_work_across_all_customers() => Findings.None(
        from use in CodeModel.Uses
        where use.Symbol is IMethodSymbol { Name: "ForOperator", ContainingType.Name: "Database" } && !IsTheProgramsOwn(use.File)
        select new Finding(Path.GetFileNameWithoutExtension(use.File), use.Place),
        "Database.ForOperator sees every customer. What answers a request runs in ForCustomer, or in ForCaller, which keeps to whom the caller reaches.",
        new Dictionary<string, string>
        {
            ["AskForLink"] = "whoever asks for a link names an address and no customer; the answer tells nothing",
            ["CreateCustomer"] = "the claim of a key stands under the installation; its policy takes reach over all customers",
            ["NotifyEndpoints"] = "how mail fares; its policy takes reach over all customers",
            ["ReadInbox"] = "one's own inbox: messages that were addressed to the person while they reached the customer",
            ["SendAgain"] = "mail that failed; its policy takes reach over all customers",
            ["CustomersDirectory"] = "says in whose teams a person is, of which their reach is made",
            ["DeliverMessages"] = "the outbox is delivered by a job, whosever message it is",
            ["LogFollowers"] = "jobs ask it which logs they have not followed to their end",
        });

    private static bool IsTheProgramsOwn(string file) =>
        file.EndsWith("Job.cs", StringComparison.Ordinal)
        || file.StartsWith("src/Server/Platform/", StringComparison.Ordinal)
        || (Modules.Of(file) is { } module && Modules.RingOf(module) == Modules.Shell);
}
