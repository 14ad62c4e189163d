using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Domain.Foundation.Formulas;

/// <summary>A value that formulas compute with. Equal values are equal whatever trailing zeros they were written with.</summary>
public abstract record FormulaValue
{
    private const int ShownDecimals = 10;
    private const int ShownElements = 5;
    private const int ShownText = 60;

    private FormulaValue()
    {
    }

    /// <summary>What kind of value it is; <see cref="FormulaType.Unknown"/> for a missing one.</summary>
    public abstract FormulaType Type { get; }

    /// <summary>The value as a derivation shows it: <c>99.95</c>, <c>120 USD</c>, <c>4h 30m</c>, <c>"gold"</c>, <c>yes</c>; long ones cut.</summary>
    public abstract string ToText();

    /// <summary>The value as it stands in a sentence: texts without quotes and whole.</summary>
    public virtual string ToPlainText() => ToText();

    /// <summary>Whether two texts of record members are the same is told by their values, not by how they print.</summary>
    public sealed override string ToString() => ToText();

    /// <summary>A number; a share is in percent points, so 5 % is 5.</summary>
    public sealed record Number(decimal Value) : FormulaValue
    {
        /// <inheritdoc/>
        public override FormulaType Type => FormulaType.Number;

        /// <inheritdoc/>
        public override string ToText() => Shown(Value);
    }

    /// <summary>An amount in one currency.</summary>
    public sealed record Amount(Money Value) : FormulaValue
    {
        /// <inheritdoc/>
        public override FormulaType Type => FormulaType.Money;

        /// <inheritdoc/>
        public override string ToText() => $"{Shown(Value.Amount)} {Value.Currency}";
    }

    /// <summary>A length of time; a day is exactly 24 hours.</summary>
    public sealed record Length(Duration Value) : FormulaValue
    {
        /// <inheritdoc/>
        public override FormulaType Type => FormulaType.Duration;

        /// <inheritdoc/>
        public override string ToText() => DurationText.Write(Value);
    }

    /// <summary>A day of the calendar.</summary>
    public sealed record Date(LocalDate Value) : FormulaValue
    {
        /// <inheritdoc/>
        public override FormulaType Type => FormulaType.Date;

        /// <inheritdoc/>
        public override string ToText() => LocalDatePattern.Iso.Format(Value);
    }

    /// <summary>A point in time.</summary>
    public sealed record Time(Instant Value) : FormulaValue
    {
        /// <inheritdoc/>
        public override FormulaType Type => FormulaType.Instant;

        /// <inheritdoc/>
        public override string ToText() => InstantPattern.ExtendedIso.Format(Value);
    }

    /// <summary>A text.</summary>
    public sealed record Text(string Value) : FormulaValue
    {
        /// <inheritdoc/>
        public override FormulaType Type => FormulaType.Text;

        /// <inheritdoc/>
        public override string ToText() => $"\"{(Value.Length <= ShownText ? Value : string.Concat(Value.AsSpan(0, ShownText), "…"))}\"";

        /// <inheritdoc/>
        public override string ToPlainText() => Value;
    }

    /// <summary>Yes or no.</summary>
    public sealed record Flag(bool Value) : FormulaValue
    {
        /// <inheritdoc/>
        public override FormulaType Type => FormulaType.Boolean;

        /// <inheritdoc/>
        public override string ToText() => Value ? "yes" : "no";
    }

    /// <summary>Several values in order.</summary>
    public sealed record List(IReadOnlyList<FormulaValue> Values) : FormulaValue
    {
        /// <inheritdoc/>
        public override FormulaType Type => FormulaType.List;

        /// <inheritdoc/>
        public override string ToText()
        {
            var shown = string.Join(", ", Values.Take(ShownElements).Select(value => value.ToText()));
            return Values.Count <= ShownElements ? $"[{shown}]" : $"[{shown}, … {Values.Count} values]";
        }

        /// <summary>Lists are equal when their values are, in order.</summary>
        public bool Equals(List? other) => other is not null && Values.SequenceEqual(other.Values);

        /// <inheritdoc/>
        public override int GetHashCode() => Values.Aggregate(Values.Count, HashCode.Combine);
    }

    /// <summary>No value, and why: a fact that nobody published, a division by zero, two currencies.</summary>
    public sealed record Missing(string Reason) : FormulaValue
    {
        /// <inheritdoc/>
        public override FormulaType Type => FormulaType.Unknown;

        /// <inheritdoc/>
        public override string ToText() => $"missing ({Reason})";
    }

    /// <summary>A number without trailing zeros; more than ten decimals are cut, and the dots say so.</summary>
    private static string Shown(decimal value)
    {
        var cut = decimal.Round(value, ShownDecimals, MidpointRounding.ToZero);
        var text = cut.ToString("0.##########", CultureInfo.InvariantCulture);
        return cut == value ? text : text + "…";
    }
}
