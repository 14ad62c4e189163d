using Cairn.Server.Ingest.Import;

namespace Cairn.Server.Tests.Ingest.Import;

/// <summary>Faults of a mapping whose sentence must name the fix, beside the positions in <see cref="MappingReaderTests"/>.</summary>
public sealed class MappingRefusalTests
{
    private const string Fields = """
          order: { column: Order, required: true }
          amount: { column: Amount, type: money, currency: GBP, required: true }
          qty: { column: Qty, type: integer }
          note: Note
        """;

    /// <summary>What is replaced in a mapping without faults, by what, where the fault stands, its code and its fix.</summary>
    public static TheoryData<string, string, string, string, string> Faults => new()
    {
        { "note: Note", "note: { column: Note, type: boolean, true: [yes, Ja], false: [no, ja] }", "13:69", "both-true-and-false", "Take it out of one of the two lists." },
        { "count: rows }", "distinct: Sku }\n  both: { combine: total + lines }", "20:20", "distinct-combined", "Leave it out of 'combine'." },
        { "fields:\n" + Fields, "fields: {}", "9:9", "no-fields", "Name at least one field" },
        { Some.MappingText, "", "1:1", "not-one-document", "Start from samples/online-retail.yaml." },
        { "v: 1\n", "v: 1\n---\nv: 1\n", "1:1", "not-one-document", "Remove the '---' lines." },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_says_where_it_stands_and_how_to_mend_it(string replaced, string by, string position, string code, string fix)
    {
        Some.MappingText.ShouldContain(replaced);
        var problem = MappingReader.Read("test.yaml", Some.MappingText.Replace(replaced, by)).Problem.ShouldNotBeNull();
        problem.Code.ShouldBe("mapping-has-faults");
        problem.Detail.ShouldStartWith("test.yaml cannot be used as a mapping: ");
        problem.Faults.Select(fault => (fault.Pointer, fault.Code)).ShouldContain(("test.yaml:" + position, code));
        problem.Faults.First(fault => fault.Code == code).Detail.ShouldContain(fix);
    }

    [Fact]
    public void A_word_that_is_both_true_and_false_is_quoted_as_it_was_written() =>
        MappingReader.Read("test.yaml", Some.MappingText.Replace("note: Note", "note: { column: Note, type: boolean, true: [yes, Ja], false: [no, ja] }"))
            .Problem!.Faults.ShouldHaveSingleItem().Detail.ShouldStartWith("'ja' cannot be both");
}
