using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Server.Ingest.Import;
using Cairn.Testing;

namespace Cairn.Server.Tests.Ingest.Import;

public sealed class MappingReaderTests
{
    /// <summary>What is replaced in a mapping without faults, by what, and the first fault that comes of it.</summary>
    public static TheoryData<string, string, string, string> Faults => new()
    {
        { "v: 1", "v: 2", "1:4", "unknown-version" },
        { "v: 1\n", "", "1:1", "missing-key" },
        { "event: order.line", "evnt: order.line", "2:1", "unknown-key" },
        { "event: order.line", "event: \"\"", "2:8", "not-a-text" },
        { "event: order.line", "event: " + new string('x', 300), "2:8", "too-long" },
        { "subject: Sku", "subject: sku", "4:10", "unknown-column" },
        { "{file}:{row}", "{fil}:{row}", "5:5", "bad-template" },
        { "{file}:{row}", "{file:row", "5:5", "bad-template" },
        { "{file}:{row}", "always", "5:5", "id-is-constant" },
        { "columns: [Order, Sku, Amount, Qty, At, Note]", "columns: [Order, Order, Sku, Amount, Qty, At, Note]", "7:20", "column-twice" },
        { "columns: [Order, Sku, Amount, Qty, At, Note]", "columns: []", "7:12", "no-columns" },
        { "input:\n", "input:\n  delimiter: \"#\"\n", "7:14", "unknown-value" },
        { "input:\n", "input:\n  encoding: ascii\n", "7:13", "unknown-value" },
        { "input:\n", "input:\n  format: xml\n", "7:11", "unknown-value" },
        { "zone: Europe/London", "zone: London", "8:55", "unknown-zone" },
        { "format: \"yyyy-MM-dd HH:mm\"", "format: \"HH:mm\"", "8:29", "bad-format" },
        { "format: \"yyyy-MM-dd HH:mm\"", "format: \"yyyy-MM-dd hh:mm\"", "8:29", "bad-format" },
        { "format: \"yyyy-MM-dd HH:mm\"", "format: \"yyyy-MM-dd nn\"", "8:29", "bad-format" },
        { "type: integer", "type: int", "12:29", "unknown-value" },
        { "currency: GBP, ", "", "11:11", "missing-key" },
        { "currency: GBP", "currency: pounds", "11:52", "bad-currency" },
        { "type: integer }", "type: integer, currency: GBP }", "12:48", "option-does-nothing" },
        { "required: true }", "required: maybe }", "10:37", "not-true-or-false" },
        { "note: Note", "note: Nota", "13:9", "unknown-column" },
        { "note: Note", "2note: Note", "13:3", "bad-name" },
        { "note: Note", "note: [Note]", "13:9", "not-a-mapping" },
        { "field: qty, below: 0", "field: qt, below: 0", "15:30", "unknown-field" },
        { "field: qty, below: 0", "field: note, below: 0", "15:43", "not-a-number-field" },
        { "field: qty, below: 0", "column: Qty, below: 0", "15:43", "not-a-number-field" },
        { "field: qty, below: 0", "field: qty, below: none", "15:42", "not-a-number" },
        { "field: qty, below: 0", "field: qty", "15:21", "condition-incomplete" },
        { "field: qty, below: 0", "below: 0", "15:21", "condition-incomplete" },
        { "field: qty, below: 0", "column: Note, matches: '('", "15:46", "bad-pattern" },
        { "field: qty, below: 0", "column: Note, matches: '(?=x)x'", "15:46", "bad-pattern" },
        { "field: qty, below: 0", "all: []", "15:28", "not-a-list" },
        { "when: { field: qty, below: 0 }", "when: sale", "15:21", "unknown-filter" },
        { "when: { field: qty, below: 0 }", "says: nothing", "15:3", "check-needs-one" },
        { "negative:", "exact_repeat:", "15:3", "reserved-name" },
        { "sum: qty * amount", "sum: qty + amount", "18:17", "bad-product" },
        { "sum: qty * amount", "sum: qty * note", "18:17", "not-a-number-field" },
        { "sum: qty * amount", "sum: amount * amount", "18:17", "money-times-money" },
        { "sum: qty * amount", "sum: qty * price", "18:17", "unknown-field" },
        { "sum: qty * amount, per: month", "per: month", "18:3", "sum-needs-one" },
        { "per: month", "per: week", "18:36", "unknown-value" },
        { "count: rows", "combine: total - rest", "19:21", "unknown-sum" },
        { "count: rows", "combine: total * 2", "19:21", "bad-combination" },
        { "count: rows", "distinct: Customer", "19:22", "unknown-column" },
        { "count: rows", "combine: total, filter: { column: Note, blank: true }", "19:36", "option-does-nothing" },
        { "note: Note", "note: &anchor Note", "13:9", "anchor-used" },
        { "note: Note", "note: Note\n  note: Note", "14:3", "not-yaml" },
        { "note: Note", "note: \"Note", "13:9", "not-yaml" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Every_fault_says_where_and_what(string replaced, string by, string position, string code)
    {
        Some.MappingText.ShouldContain(replaced);
        var faults = FaultsOf(Some.MappingText.Replace(replaced, by));
        faults.Select(fault => (fault.Pointer, fault.Code)).ShouldContain(("test.yaml:" + position, code));
        faults.Count.ShouldBeLessThanOrEqualTo(2, "One mistake must not look like many.");
    }

    [Fact]
    public void All_faults_come_at_once_in_the_order_of_the_file()
    {
        var faults = FaultsOf(Some.MappingText.Replace("v: 1", "v: 9").Replace("Europe/London", "Mars/Olympus").Replace("type: integer", "type: int").Replace("count: rows", "count: cows"));
        faults.Select(fault => fault.Code).ShouldBe(["unknown-version", "unknown-zone", "unknown-value", "unknown-value"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("just a text")]
    [InlineData("v: 1\n---\nv: 1\n")]
    [InlineData("[1, 2]")]
    [InlineData("\t- x")]
    public void What_is_no_mapping_at_all_is_refused(string text) => FaultsOf(text).ShouldNotBeEmpty();

    [Fact]
    public void Deep_nesting_is_refused_before_it_is_followed() =>
        FaultsOf(new string('[', 50_000)).Single().Code.ShouldBe("nested-too-deep");

    [Fact]
    public void A_fix_names_what_was_most_likely_meant()
    {
        FaultsOf(Some.MappingText.Replace("subject: Sku", "subject: Skuu")).Single().Detail.ShouldContain("Did you mean 'Sku'?");
        FaultsOf(Some.MappingText.Replace("Europe/London", "London")).Single().Detail.ShouldContain("Did you mean 'Europe/London'?");
        FaultsOf(Some.MappingText.Replace("field: qty,", "field: Qty,")).Single().Detail.ShouldContain("It is a column");
    }

    [Fact]
    public async Task Every_shipped_sample_reads_without_faults()
    {
        foreach (var sample in Directory.EnumerateFiles(Repository.PathTo("samples"), "*.yaml"))
        {
            var read = await MappingReader.ReadFile(sample, default);
            read.IsOk.ShouldBeTrue(sample + string.Join('\n', read.Problem?.Faults.Select(fault => fault.Detail) ?? []));
        }
    }

    [Fact]
    public void The_schema_for_editors_knows_the_same_keys()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.PathTo("schema", "import-mapping.schema.json")));
        var root = schema.RootElement;
        var defs = root.GetProperty("$defs");
        KeysOf(root).ShouldBe(MappingReader.Keys, ignoreOrder: true);
        KeysOf(root.GetProperty("properties").GetProperty("input")).ShouldBe(MappingScope.InputKeys, ignoreOrder: true);
        KeysOf(root.GetProperty("properties").GetProperty("time")).ShouldBe(MappingReader.TimeKeys, ignoreOrder: true);
        KeysOf(defs.GetProperty("field").GetProperty("oneOf")[1]).ShouldBe(MappingFields.Keys, ignoreOrder: true);
        KeysOf(defs.GetProperty("condition").GetProperty("oneOf")[2]).ShouldBe(MappingConditions.Keys, ignoreOrder: true);
        KeysOf(defs.GetProperty("check")).ShouldBe(MappingConditions.CheckKeys, ignoreOrder: true);
        KeysOf(defs.GetProperty("controlSum")).ShouldBe(MappingSums.Keys, ignoreOrder: true);

        static IEnumerable<string> KeysOf(JsonElement part) => part.GetProperty("properties").EnumerateObject().Select(key => key.Name);
    }

    [Fact]
    public async Task A_missing_or_oversized_mapping_is_refused()
    {
        using var folder = new TestFolder();
        (await MappingReader.ReadFile(Path.Combine(folder.Root, "none.yaml"), default)).Problem!.Code.ShouldBe("mapping-not-found");
        var large = folder.Write("large.yaml", new string('#', 300_000));
        (await MappingReader.ReadFile(large, default)).Problem!.Code.ShouldBe("mapping-too-large");
    }

    private static IReadOnlyList<Fault> FaultsOf(string text)
    {
        var read = MappingReader.Read("test.yaml", text);
        read.IsOk.ShouldBeFalse();
        return read.Problem!.Faults;
    }
}
