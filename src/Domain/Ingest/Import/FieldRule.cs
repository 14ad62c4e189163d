using System.Collections.Frozen;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Domain.Ingest.Import;

/// <summary>What a column's text is read as.</summary>
public enum FieldType
{
    /// <summary>The text as it is.</summary>
    Text,

    /// <summary>A whole number, written to the payload as a JSON number.</summary>
    Integer,

    /// <summary>A decimal number, written to the payload as a JSON number with its digits kept.</summary>
    Decimal,

    /// <summary>An amount of one currency, written as <c>{"amount":"2.55","currency":"GBP"}</c>.</summary>
    Money,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>A day, written as <c>2011-07-31</c>.</summary>
    Date,

    /// <summary>A point in time, written in RFC 3339.</summary>
    Timestamp,
}

/// <summary>A read value: its text as the payload holds it (null for a blank) and, for numbers, the number.</summary>
public readonly record struct FieldValue(string? Text, ExactDecimal Number)
{
    /// <summary>Whether the column was blank.</summary>
    public bool IsNull => Text is null;
}

/// <summary>How one member of the payload is read from one column.</summary>
public sealed record FieldRule
{
    /// <summary>What <see cref="FieldType.Boolean"/> takes, in any case, unless the mapping says otherwise.</summary>
    public static readonly (FrozenSet<string> True, FrozenSet<string> False) UsualBooleans = (
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "true", "yes", "y", "1"),
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "false", "no", "n", "0"));

    /// <summary>The member's name in the payload.</summary>
    public required string Name { get; init; }

    /// <summary>The column, as an index into the mapping's columns.</summary>
    public required int Column { get; init; }

    /// <summary>What the text is read as.</summary>
    public required FieldType Type { get; init; }

    /// <summary>Whether a blank rejects the row; otherwise it becomes null.</summary>
    public bool IsRequired { get; init; }

    /// <summary>An ending that is taken off before reading, for instance <c>.0</c> of <c>17850.0</c>.</summary>
    public string? Strip { get; init; }

    /// <summary>Whether white space around a text is taken off; numbers, booleans and times always lose it.</summary>
    public bool IsTrimmed { get; init; }

    /// <summary>The currency of <see cref="FieldType.Money"/>.</summary>
    public string? Currency { get; init; }

    /// <summary>The decimal point of numbers.</summary>
    public char Point { get; init; } = '.';

    /// <summary>What counts as true and as false.</summary>
    public (FrozenSet<string> True, FrozenSet<string> False) Booleans { get; init; } = UsualBooleans;

    /// <summary>The pattern of <see cref="FieldType.Date"/>.</summary>
    public LocalDatePattern DatePattern { get; init; } = LocalDatePattern.Iso;

    /// <summary>The reader of <see cref="FieldType.Timestamp"/>.</summary>
    public TimeRule? Time { get; init; }

    /// <summary>Whether the value can be compared and summed.</summary>
    public bool IsNumber => Type is FieldType.Integer or FieldType.Decimal or FieldType.Money;

    /// <summary>Reads the column's text; the answer is a code and a sentence when it cannot be read.</summary>
    public ReadFault? TryRead(string cell, out FieldValue value)
    {
        value = default;
        if (string.IsNullOrWhiteSpace(cell))
        {
            return IsRequired ? ImportFaults.RequiredIsBlank(Name) : null;
        }

        if (cell.Contains('\0'))
        {
            return ImportFaults.HoldsNul();
        }

        var text = IsTrimmed || Type != FieldType.Text ? cell.Trim() : cell;
        text = Strip is { } ending && text.EndsWith(ending, StringComparison.Ordinal) ? text[..^ending.Length] : text;
        return Type switch
        {
            FieldType.Text => Take(text, out value),
            FieldType.Integer => ReadNumber(text, whole: true, out value),
            FieldType.Decimal or FieldType.Money => ReadNumber(text, whole: false, out value),
            FieldType.Boolean => ReadBoolean(text, out value),
            FieldType.Date => ReadDate(text, out value),
            FieldType.Timestamp => ReadTimestamp(text, out value),
        };
    }

    private static ReadFault? Take(string text, out FieldValue value)
    {
        value = new FieldValue(text, default);
        return null;
    }

    private ReadFault? ReadNumber(string text, bool whole, out FieldValue value)
    {
        value = default;
        if (!ExactDecimal.TryRead(text, Point, out var number))
        {
            return ImportFaults.NotANumber(Name, Point);
        }

        if (whole && number.Scale > 0)
        {
            return ImportFaults.NotWhole(Name);
        }

        value = new FieldValue(number.ToString(), number);
        return null;
    }

    private ReadFault? ReadBoolean(string text, out FieldValue value)
    {
        var isTrue = Booleans.True.Contains(text);
        value = new FieldValue(isTrue ? "true" : "false", default);
        return isTrue || Booleans.False.Contains(text) ? null : ImportFaults.NotABoolean(Name);
    }

    private ReadFault? ReadDate(string text, out FieldValue value)
    {
        var day = DatePattern.Parse(text);
        value = day.Success ? new FieldValue(LocalDatePattern.Iso.Format(day.Value), default) : default;
        return day.Success ? null : ImportFaults.NotADate(Name, DatePattern.PatternText);
    }

    private ReadFault? ReadTimestamp(string text, out FieldValue value)
    {
        var time = Time ?? throw new InvalidOperationException("A timestamp field without a time rule: " + Name);
        var fault = time.TryRead(text, out var read);
        value = fault is null ? new FieldValue(read.Text, default) : default;
        return fault;
    }
}
