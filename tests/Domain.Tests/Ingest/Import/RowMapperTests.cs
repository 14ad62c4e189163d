using System.Text;
using Cairn.Domain.Ingest;
using Cairn.Domain.Ingest.Import;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Cairn.Domain.Tests.Ingest.Import;

public sealed class RowMapperTests
{
    private static readonly string[] Columns = ["Id", "Amount", "At"];
    private static readonly string[] Row = ["a", "1.50", "2011-01-05 09:00"];
    private static readonly Operand Amount = new("amount", true, 1);

    [Fact]
    public void A_row_becomes_an_event_whose_bytes_depend_on_nothing_else()
    {
        var made = Map(Row).Event!;
        (made.EventId, made.Source, made.Type, made.Subject, made.TimeText).ShouldBe(("f.csv:7", "shop", "sale", "a", "2011-01-05T09:00:00Z"));
        Payload(made).ShouldBe("""{"id":"a","amount":1.50}""");
        made.Time.ShouldBe(Instant.FromUtc(2011, 1, 5, 9, 0));
    }

    [Fact]
    public void Text_is_escaped_as_little_as_json_allows() =>
        Payload(Map(["\"\\\n\u0001é😀/<", "1", Row[2]]).Event!).ShouldBe("{\"id\":\"\\\"\\\\\\n\\u0001é😀/<\",\"amount\":1}");

    [Fact]
    public void Every_text_survives_the_payload() => Check.QuickThrowOnFailure(Prop.ForAll<NonNull<string>>(text =>
    {
        var row = Map([text.Get, "1", Row[2]]);
        if (row.Event is null)
        {
            return row.Faults.Count > 0;
        }

        using var json = System.Text.Json.JsonDocument.Parse(row.Event.Data);
        var read = json.RootElement.GetProperty("id");
        return string.IsNullOrWhiteSpace(text.Get) ? read.ValueKind == System.Text.Json.JsonValueKind.Null : read.GetString() == text.Get;
    }));

    [Theory]
    [InlineData(600, "too-long")]
    [InlineData(300_000, "too-long,event-too-large")]
    public void What_is_too_long_is_refused_with_its_column(int length, string codes) =>
        string.Join(',', Map([new string('x', length), "1", Row[2]]).Faults.Select(fault => fault.Code)).ShouldBe(codes);

    [Fact]
    public void An_id_made_of_a_blank_column_is_refused() =>
        Map(["", "1", Row[2]], "{Id}").Faults.Single().Code.ShouldBe("id-is-blank");

    [Theory]
    [InlineData("{file}:{row}", "f.csv:7")]
    [InlineData("{{{Id}}}-{Amount}", "{a}-1.50")]
    [InlineData("x{Id}{Id}", "xaa")]
    public void A_template_is_filled(string template, string id) => Map(Row, template).Event!.EventId.ShouldBe(id);

    [Fact]
    public void Only_later_occurrences_of_equal_rows_are_repeats_and_cells_do_not_run_together()
    {
        var finder = new RepeatFinder();
        var first = new RowPlace("a.csv", 1, 2);
        finder.Find(first, ["ab", "c"]).ShouldBeNull();
        finder.Find(new RowPlace("a.csv", 2, 3), ["a", "bc"]).ShouldBeNull();
        finder.Find(new RowPlace("b.csv", 1, 2), ["ab", "c"]).ShouldBe(first);
        finder.Find(new RowPlace("b.csv", 2, 3), ["ab", "c"]).ShouldBe(first);
    }

    [Fact]
    public void Conditions_hold_as_they_read()
    {
        var pattern = Matches.TryCompile("[a-z]", out _)!;
        var id = new Operand("Id", false, 0);
        Holds(new Matches(id, pattern, true), "a", "1").ShouldBeTrue();
        Holds(new Matches(id, pattern, true), "ab", "1").ShouldBeFalse();
        Holds(new Matches(id, pattern, false), "ab", "1").ShouldBeTrue();
        Holds(new Matches(id, pattern, false), "", "1").ShouldBeFalse();
        Holds(new Compared(Amount, Number("1"), IsAbove: true), "a", "1.00").ShouldBeFalse();
        Holds(new Compared(Amount, Number("1"), IsAbove: true), "a", "1.01").ShouldBeTrue();
        Holds(new Compared(Amount, Number("0"), IsAbove: false), "a", "").ShouldBeFalse();
        Holds(new EqualTo(Amount, "1", Number("1")), "a", "1.00").ShouldBeTrue();
        Holds(new EqualTo(id, "a", null), "a", "1").ShouldBeTrue();
        Holds(new Blank(id, true), " ", "1").ShouldBeTrue();
        Holds(new Not(new Blank(id, true)), "a", "1").ShouldBeTrue();
        Holds(new All([]), "a", "1").ShouldBeTrue();
        Holds(new Any([]), "a", "1").ShouldBeFalse();
    }

    [Fact]
    public void Months_sum_to_the_total_and_a_combination_to_its_parts() => Check.QuickThrowOnFailure(Prop.ForAll<(short Amount, byte Month)[]>(rows =>
    {
        ControlSum[] sums =
        [
            new() { Name = "up", Kind = ControlSumKind.Sum, Factors = [Amount], IsMonthly = true, Filter = new Compared(Amount, Number("0"), true) },
            new() { Name = "down", Kind = ControlSumKind.Sum, Factors = [Amount], IsNegated = true, IsMonthly = true, Filter = new Compared(Amount, Number("0"), false) },
            new() { Name = "net", Kind = ControlSumKind.Combine, Terms = [(0, false), (1, true)], IsMonthly = true },
            new() { Name = "rows", Kind = ControlSumKind.Count, IsMonthly = true },
        ];
        var totals = new ControlTotals(sums);
        foreach (var (amount, month) in rows)
        {
            var values = Values("a", amount.ToString(System.Globalization.CultureInfo.InvariantCulture));
            totals.Add([.. sums.Select(sum => sum.Of(new RowValues(values.Cells, values.Fields)))], month);
        }

        var net = totals.Total()[2].Value;
        var byMonth = totals.Monthly().Aggregate(ExactDecimal.Zero, (sum, month) => sum + month.Figures[2].Value);
        return net.CompareTo(byMonth) == 0
            && net.ToString() == rows.Sum(row => (long)row.Amount).ToString(System.Globalization.CultureInfo.InvariantCulture)
            && totals.Total()[3].Value.ToString() == rows.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }));

    [Fact]
    public void Distinct_values_are_told_apart_within_the_month_and_over_all()
    {
        var sum = new ControlSum { Name = "ids", Kind = ControlSumKind.Distinct, Subject = new Operand("Id", false, 0), IsMonthly = true };
        var totals = new ControlTotals([sum]);
        foreach (var (id, month) in new[] { ("a", 1), ("a", 1), ("A", 1), ("a", 2), ("", 2) })
        {
            var values = Values(id, "1");
            totals.Add([sum.Of(new RowValues(values.Cells, values.Fields))], month);
        }

        totals.Total().Single().Value.ToString().ShouldBe("2");
        totals.Monthly().Select(month => month.Figures.Single().Value.ToString()).ShouldBe(["2", "1"]);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("bell\a and \u001b[31m", "bell␇ and ␛[31m")]
    public void A_shown_value_cannot_act_on_the_terminal(string value, string shown) => ShownValue.Of(value).ShouldBe(shown);

    private static MappedRow Map(string[] cells, string id = "{file}:{row}") => new RowMapper(new ImportMapping
    {
        EventType = "sale",
        Source = TextTemplate.TryParse("shop", Columns, out _)!,
        Id = TextTemplate.TryParse(id, Columns, out _)!,
        Subject = 0,
        Columns = Columns,
        TimeColumn = 2,
        Time = TimeRule.TryCreate("yyyy-MM-dd HH:mm", DateTimeZone.Utc, out _)!,
        Fields = [new FieldRule { Name = "id", Column = 0, Type = FieldType.Text }, new FieldRule { Name = "amount", Column = 1, Type = FieldType.Decimal }],
    }).Map(new RowPlace("f.csv", 7, 8), cells);

    private static (string[] Cells, FieldValue[] Fields) Values(string id, string amount) =>
        ([id, amount, ""], [new FieldValue(id, default), amount.Length == 0 ? default : new FieldValue(amount, Number(amount))]);

    private static bool Holds(Condition condition, string id, string amount)
    {
        var values = Values(id, amount);
        return condition.Holds(new RowValues(values.Cells, values.Fields));
    }

    private static ExactDecimal Number(string text) => ExactDecimal.TryRead(text, '.', out var value) ? value : throw new ArgumentException(text);

    private static string Payload(IngestEvent made) => Encoding.UTF8.GetString(made.Data.Span);
}
