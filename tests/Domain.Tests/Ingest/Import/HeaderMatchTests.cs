using Cairn.Domain.Ingest.Import;

namespace Cairn.Domain.Tests.Ingest.Import;

public sealed class HeaderMatchTests
{
    private static readonly string[] Wanted = ["Order", "Amount"];

    /// <summary>A header, the code of its only fault, and the end of the sentence, which is the fix.</summary>
    public static TheoryData<string[], string, string> Faults => new()
    {
        { ["order ", "Amount"], "column-missing", "It has 'order ': write it the same way in the mapping." },
        { ["Amount"], "column-missing", "The header is one single column: the delimiter under input is most likely another one." },
        { ["Nr", "Amount"], "column-missing", "Its columns are Nr, Amount." },
        { ["Order", "Amount", "Order"], "column-doubled", "Rename one of them in the file." },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_header_that_does_not_fit_says_which_file_and_how_to_mend_it(string[] header, string code, string fix)
    {
        var problem = HeaderMatch.Of("orders.csv", Wanted, header).Problem.ShouldNotBeNull();
        problem.Code.ShouldBe("header-does-not-match");
        problem.Detail.ShouldStartWith("orders.csv: ");
        var fault = problem.Faults.ShouldHaveSingleItem();
        (fault.Pointer, fault.Code).ShouldBe(("orders.csv", code));
        fault.Detail.ShouldStartWith("orders.csv: ");
        fault.Detail.ShouldContain("'Order'");
        fault.Detail.ShouldEndWith(fix);
    }

    [Fact]
    public void Every_column_at_fault_is_named_at_once() =>
        HeaderMatch.Of("orders.csv", [.. Wanted, "At"], ["Amount", "Amount", "At"]).Problem!.Faults.Select(fault => fault.Code).ShouldBe(["column-missing", "column-doubled"]);

    [Fact]
    public void Columns_are_found_in_any_order_and_others_come_after_them()
    {
        var match = HeaderMatch.Of("orders.csv", Wanted, ["Note", "Amount", "Order"]).Value;
        match.Names.ShouldBe(["Order", "Amount", "Note"]);
        match.Order.ShouldBe([2, 1, 0]);
    }
}
