using System.Collections.Frozen;
using Cairn.Domain.Ingest.Import;
using NodaTime;

namespace Cairn.Domain.Tests.Ingest.Import;

public sealed class FieldRuleTests
{
    private static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];

    [Theory]
    [InlineData(FieldType.Text, " as it is ", " as it is ")]
    [InlineData(FieldType.Integer, " -6 ", "-6")]
    [InlineData(FieldType.Decimal, "2.50", "2.50")]
    [InlineData(FieldType.Money, "2.5", "2.5")]
    [InlineData(FieldType.Boolean, "Yes", "true")]
    [InlineData(FieldType.Boolean, "0", "false")]
    [InlineData(FieldType.Date, "2011-07-31", "2011-07-31")]
    public void A_value_is_read_as_its_type(FieldType type, string cell, string text)
    {
        Field(type).TryRead(cell, out var value).ShouldBeNull();
        value.Text.ShouldBe(text);
    }

    [Theory]
    [InlineData(FieldType.Integer, "six", "not-a-number")]
    [InlineData(FieldType.Integer, "6.0", "not-a-whole-number")]
    [InlineData(FieldType.Decimal, "1,5", "not-a-number")]
    [InlineData(FieldType.Money, "GBP 5", "not-a-number")]
    [InlineData(FieldType.Boolean, "perhaps", "not-a-boolean")]
    [InlineData(FieldType.Date, "31/07/2011", "not-a-date")]
    [InlineData(FieldType.Text, "a\0b", "holds-nul")]
    public void What_is_not_of_the_type_is_refused(FieldType type, string cell, string code) =>
        Field(type).TryRead(cell, out _)!.Value.Code.ShouldBe(code);

    [Theory]
    [InlineData(FieldType.Text)]
    [InlineData(FieldType.Integer)]
    [InlineData(FieldType.Boolean)]
    [InlineData(FieldType.Date)]
    public void A_blank_is_null_unless_it_is_required(FieldType type)
    {
        Field(type).TryRead(" \t", out var value).ShouldBeNull();
        value.IsNull.ShouldBeTrue();
        (Field(type) with { IsRequired = true }).TryRead("", out _)!.Value.Code.ShouldBe("required-is-blank");
    }

    [Fact]
    public void An_ending_is_stripped_where_it_is_there()
    {
        var customer = Field(FieldType.Text) with { Strip = ".0" };
        Read(customer, "17850.0").ShouldBe("17850");
        Read(customer, "17850").ShouldBe("17850");
        Read(Field(FieldType.Integer) with { Strip = ".0" }, "6.0").ShouldBe("6");
    }

    [Fact]
    public void Options_change_the_reading()
    {
        Read(Field(FieldType.Text) with { IsTrimmed = true }, " x ").ShouldBe("x");
        Read(Field(FieldType.Decimal) with { Point = ',' }, "1,5").ShouldBe("1.5");
        var words = Field(FieldType.Boolean) with { Booleans = (FrozenSet.Create("ja"), FrozenSet.Create("nein")) };
        Read(words, "nein").ShouldBe("false");
        words.TryRead("no", out _)!.Value.Code.ShouldBe("not-a-boolean");
        Read(Field(FieldType.Date) with { DatePattern = DateFormat.TryCreate("dd/MM/yyyy", out _)! }, "31/07/2011").ShouldBe("2011-07-31");
    }

    [Fact]
    public void A_date_format_must_hold_the_whole_day()
    {
        DateFormat.TryCreate("dd/MM", out var why).ShouldBeNull();
        why.ShouldBe("the format must hold year, month and day");
        DateFormat.TryCreate("qq", out _).ShouldBeNull();
    }

    [Fact]
    public void A_timestamp_carries_the_offset_of_its_zone()
    {
        var local = Field(FieldType.Timestamp) with { Time = TimeRule.TryCreate("dd/MM/yyyy HH:mm", London, out _) };
        Read(local, "01/07/2011 09:30").ShouldBe("2011-07-01T09:30:00+01:00");
        Read(local, "01/12/2011 09:30").ShouldBe("2011-12-01T09:30:00Z");
        var exact = Field(FieldType.Timestamp) with { Time = TimeRule.TryCreate(TimeRule.Rfc3339, London, out _) };
        Read(exact, "2011-07-01T09:30:00.25-05:00").ShouldBe("2011-07-01T09:30:00.25-05:00");
        exact.TryRead("2011-07-01 09:30", out _)!.Value.Code.ShouldBe("not-a-time");
    }

    [Fact]
    public void Clock_changes_are_resolved_leniently_and_named()
    {
        var rule = TimeRule.TryCreate("yyyy-MM-dd HH:mm", London, out _)!;
        rule.TryRead("2011-03-27 01:30", out var skipped).ShouldBeNull();
        (skipped.Change, skipped.Text).ShouldBe((ClockChange.Skipped, "2011-03-27T02:30:00+01:00"));
        rule.TryRead("2011-10-30 01:30", out var twice).ShouldBeNull();
        (twice.Change, twice.Text).ShouldBe((ClockChange.Twice, "2011-10-30T01:30:00+01:00"));
        rule.TryRead("2011-10-30 02:30", out var plain).ShouldBeNull();
        plain.Change.ShouldBe(ClockChange.None);
    }

    [Fact]
    public void The_month_is_that_of_the_zone_not_of_the_offset()
    {
        var rule = TimeRule.TryCreate(TimeRule.Rfc3339, London, out _)!;
        rule.TryRead("2011-06-30T23:30:00Z", out var late).ShouldBeNull();
        late.Month.ShouldBe((2011 * 12) + 6);
    }

    private static FieldRule Field(FieldType type) => new() { Name = "field", Column = 0, Type = type };

    private static string? Read(FieldRule field, string cell)
    {
        field.TryRead(cell, out var value).ShouldBeNull();
        return value.Text;
    }
}
