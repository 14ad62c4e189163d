using System.Numerics;
using NodaTime;

namespace Cairn.Domain.Foundation.Formulas;

/// <summary>What operators do with two values that are there, and which types they take. Never throws: what cannot be computed is missing, with the reason.</summary>
internal static class FormulaArithmetic
{
    private const FormulaType Number = FormulaType.Number;
    private const FormulaType Money = FormulaType.Money;
    private const FormulaType Duration = FormulaType.Duration;
    private const FormulaType Date = FormulaType.Date;
    private const FormulaType Instant = FormulaType.Instant;

    private static readonly FormulaType[] Ordered = [Number, Money, Duration, Date, Instant];

    private static readonly (FormulaOperator Operation, FormulaType Left, FormulaType Right, FormulaType Result)[] Rules =
    [
        (FormulaOperator.Add, Number, Number, Number), (FormulaOperator.Add, Money, Money, Money), (FormulaOperator.Add, Duration, Duration, Duration),
        (FormulaOperator.Add, Date, Duration, Date), (FormulaOperator.Add, Instant, Duration, Instant),
        (FormulaOperator.Subtract, Number, Number, Number), (FormulaOperator.Subtract, Money, Money, Money), (FormulaOperator.Subtract, Duration, Duration, Duration),
        (FormulaOperator.Subtract, Date, Duration, Date), (FormulaOperator.Subtract, Instant, Duration, Instant),
        (FormulaOperator.Subtract, Date, Date, Duration), (FormulaOperator.Subtract, Instant, Instant, Duration),
        (FormulaOperator.Multiply, Number, Number, Number), (FormulaOperator.Multiply, Money, Number, Money), (FormulaOperator.Multiply, Number, Money, Money),
        (FormulaOperator.Multiply, Duration, Number, Duration), (FormulaOperator.Multiply, Number, Duration, Duration),
        (FormulaOperator.Divide, Number, Number, Number), (FormulaOperator.Divide, Money, Number, Money), (FormulaOperator.Divide, Money, Money, Number),
        (FormulaOperator.Divide, Duration, Number, Duration), (FormulaOperator.Divide, Duration, Duration, Number),
        (FormulaOperator.And, FormulaType.Boolean, FormulaType.Boolean, FormulaType.Boolean), (FormulaOperator.Or, FormulaType.Boolean, FormulaType.Boolean, FormulaType.Boolean),
    ];

    /// <summary>The type of the result; <see langword="null"/> when no values of these types go together, <see cref="FormulaType.Unknown"/> when only evaluation tells.</summary>
    public static FormulaType? Result(FormulaOperator operation, FormulaType left, FormulaType right)
    {
        switch (operation)
        {
            case FormulaOperator.Equal or FormulaOperator.NotEqual:
                return Match(left, right) ? FormulaType.Boolean : null;
            case FormulaOperator.Less or FormulaOperator.LessOrEqual or FormulaOperator.Greater or FormulaOperator.GreaterOrEqual:
                return Match(left, right) && IsOrdered(left) && IsOrdered(right) ? FormulaType.Boolean : null;
            case FormulaOperator.In:
                return right is FormulaType.List or FormulaType.Unknown ? FormulaType.Boolean : null;
            case FormulaOperator.Otherwise:
                return Match(left, right) ? left == FormulaType.Unknown ? right : left : null;
            default:
                var results = Rules.Where(rule => rule.Operation == operation && Match(rule.Left, left) && Match(rule.Right, right)).Select(rule => rule.Result).Distinct().ToList();
                return results.Count switch { 0 => null, 1 => results[0], _ => FormulaType.Unknown };
        }
    }

    /// <summary>Computes everything but <c>and</c>, <c>or</c> and <c>otherwise</c>, which look at missing values themselves.</summary>
    public static FormulaValue Apply(FormulaOperator operation, FormulaValue left, FormulaValue right) => Guarded(() => operation switch
    {
        FormulaOperator.Equal or FormulaOperator.NotEqual => left.Type == right.Type && !IsOtherCurrency(left, right)
            ? new FormulaValue.Flag(left.Equals(right) == (operation == FormulaOperator.Equal))
            : Unfit(operation, left, right),
        FormulaOperator.Less => Compared(operation, left, right, sign => sign < 0),
        FormulaOperator.LessOrEqual => Compared(operation, left, right, sign => sign <= 0),
        FormulaOperator.Greater => Compared(operation, left, right, sign => sign > 0),
        FormulaOperator.GreaterOrEqual => Compared(operation, left, right, sign => sign >= 0),
        FormulaOperator.In => right is FormulaValue.List list ? IsIn(left, list) : Unfit(operation, left, right),
        FormulaOperator.Add => Sum(left, right) ?? Unfit(operation, left, right),
        FormulaOperator.Subtract => Difference(left, right) ?? Unfit(operation, left, right),
        FormulaOperator.Multiply => Product(left, right) ?? Product(right, left) ?? Unfit(operation, left, right),
        FormulaOperator.Divide => Quotient(left, right) ?? Unfit(operation, left, right),
        FormulaOperator.And or FormulaOperator.Or or FormulaOperator.Otherwise => throw new InvalidOperationException($"'{operation.Symbol()}' is decided where missing values are."),
    });

    /// <summary>The value with its sign turned.</summary>
    public static FormulaValue Negated(FormulaValue value) => value switch
    {
        FormulaValue.Number number => new FormulaValue.Number(-number.Value),
        FormulaValue.Amount amount => new FormulaValue.Amount(amount.Value with { Amount = -amount.Value.Amount }),
        FormulaValue.Length length => new FormulaValue.Length(-length.Value),
        FormulaValue.Missing => value,
        _ => new FormulaValue.Missing($"{value.Type.Name()} has no opposite"),
    };

    /// <summary>-1, 0 or 1; <see langword="null"/> for values that have no order among each other.</summary>
    public static int? Order(FormulaValue left, FormulaValue right) => (left, right) switch
    {
        (FormulaValue.Number a, FormulaValue.Number b) => a.Value.CompareTo(b.Value),
        (FormulaValue.Amount a, FormulaValue.Amount b) when a.Value.Currency == b.Value.Currency => a.Value.Amount.CompareTo(b.Value.Amount),
        (FormulaValue.Length a, FormulaValue.Length b) => a.Value.CompareTo(b.Value),
        (FormulaValue.Date a, FormulaValue.Date b) => a.Value.CompareTo(b.Value),
        (FormulaValue.Time a, FormulaValue.Time b) => a.Value.CompareTo(b.Value),
        _ => null,
    };

    /// <summary>The sum, or <see langword="null"/> for values that cannot be added.</summary>
    public static FormulaValue? Sum(FormulaValue left, FormulaValue right) => (left, right) switch
    {
        (FormulaValue.Number a, FormulaValue.Number b) => new FormulaValue.Number(a.Value + b.Value),
        (FormulaValue.Amount a, FormulaValue.Amount b) when !IsOtherCurrency(a, b) => new FormulaValue.Amount(a.Value with { Amount = a.Value.Amount + b.Value.Amount }),
        (FormulaValue.Length a, FormulaValue.Length b) => new FormulaValue.Length(a.Value + b.Value),
        (FormulaValue.Date a, FormulaValue.Length b) => WholeDays(b.Value) is { } days ? new FormulaValue.Date(a.Value.PlusDays(days)) : new FormulaValue.Missing("a date moves by whole days only"),
        (FormulaValue.Time a, FormulaValue.Length b) => new FormulaValue.Time(a.Value + b.Value),
        _ => null,
    };

    /// <summary>The value divided by a number; <see langword="null"/> for values that cannot be.</summary>
    public static FormulaValue? Part(FormulaValue value, decimal divisor) => divisor == 0 ? new FormulaValue.Missing("division by zero") : value switch
    {
        FormulaValue.Number number => new FormulaValue.Number(number.Value / divisor),
        FormulaValue.Amount amount => new FormulaValue.Amount(amount.Value with { Amount = amount.Value.Amount / divisor }),
        FormulaValue.Length length => new FormulaValue.Length(Scaled(length.Value, nanoseconds => nanoseconds / divisor)),
        _ => null,
    };

    /// <summary>Runs a computation; what leaves the range of numbers or of the calendar is missing.</summary>
    public static FormulaValue Guarded(Func<FormulaValue> compute)
    {
        try
        {
            return compute();
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            // Asking beforehand would repeat the limits of decimal, Duration and the calendar for every operator.
            return new FormulaValue.Missing("the result is too large to be computed");
        }
    }

    private static bool Match(FormulaType left, FormulaType right) => left == right || left == FormulaType.Unknown || right == FormulaType.Unknown;

    private static bool IsOrdered(FormulaType type) => type == FormulaType.Unknown || Ordered.Contains(type);

    private static bool IsOtherCurrency(FormulaValue left, FormulaValue right) =>
        left is FormulaValue.Amount a && right is FormulaValue.Amount b && a.Value.Currency != b.Value.Currency;

    private static FormulaValue Compared(FormulaOperator operation, FormulaValue left, FormulaValue right, Func<int, bool> holds) =>
        Order(left, right) is { } sign ? new FormulaValue.Flag(holds(sign)) : Unfit(operation, left, right);

    // An element that is missing may be the one that is looked for, so "no" is only known when none is.
    private static FormulaValue IsIn(FormulaValue value, FormulaValue.List list) =>
        list.Values.Contains(value) ? new FormulaValue.Flag(true)
        : list.Values.OfType<FormulaValue.Missing>().FirstOrDefault() is { } missing ? missing
        : new FormulaValue.Flag(false);

    private static FormulaValue? Difference(FormulaValue left, FormulaValue right) => (left, right) switch
    {
        (FormulaValue.Date a, FormulaValue.Date b) => new FormulaValue.Length(NodaTime.Duration.FromDays(Period.DaysBetween(b.Value, a.Value))),
        (FormulaValue.Time a, FormulaValue.Time b) => new FormulaValue.Length(a.Value - b.Value),
        (_, FormulaValue.Number or FormulaValue.Amount or FormulaValue.Length) => Sum(left, Negated(right)),
        _ => null,
    };

    private static FormulaValue? Product(FormulaValue left, FormulaValue right) => (left, right) switch
    {
        (FormulaValue.Number a, FormulaValue.Number b) => new FormulaValue.Number(a.Value * b.Value),
        (FormulaValue.Amount a, FormulaValue.Number b) => new FormulaValue.Amount(a.Value with { Amount = a.Value.Amount * b.Value }),
        (FormulaValue.Length a, FormulaValue.Number b) => new FormulaValue.Length(Scaled(a.Value, nanoseconds => nanoseconds * b.Value)),
        _ => null,
    };

    private static FormulaValue? Quotient(FormulaValue left, FormulaValue right) => (left, right) switch
    {
        (_, FormulaValue.Number b) => Part(left, b.Value),
        (FormulaValue.Amount a, FormulaValue.Amount b) when !IsOtherCurrency(a, b) => Part(new FormulaValue.Number(a.Value.Amount), b.Value.Amount),
        (FormulaValue.Length a, FormulaValue.Length b) => Part(new FormulaValue.Number(Nanoseconds(a.Value)), Nanoseconds(b.Value)),
        _ => null,
    };

    private static FormulaValue.Missing Unfit(FormulaOperator operation, FormulaValue left, FormulaValue right) => new(
        IsOtherCurrency(left, right)
            ? $"{left.ToText()} and {right.ToText()} are in different currencies"
            : $"'{operation.Symbol()}' does not take {left.Type.Name()} and {right.Type.Name()}");

    private static int? WholeDays(NodaTime.Duration duration) => duration == NodaTime.Duration.FromDays(duration.Days) ? duration.Days : null;

    private static decimal Nanoseconds(NodaTime.Duration duration) => (decimal)duration.ToBigIntegerNanoseconds();

    private static NodaTime.Duration Scaled(NodaTime.Duration duration, Func<decimal, decimal> scale) => NodaTime.Duration.FromNanoseconds(new BigInteger(decimal.Round(scale(Nanoseconds(duration)))));
}
