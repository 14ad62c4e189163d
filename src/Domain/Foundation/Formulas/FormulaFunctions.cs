using NodaTime;

namespace Cairn.Domain.Foundation.Formulas;

/// <summary>All functions of the formula language. They are only ever added to, because stored formulas use them.</summary>
internal static class FormulaFunctions
{
    private const FormulaType Any = FormulaType.Unknown;
    private const FormulaType Number = FormulaType.Number;
    private const FormulaType Date = FormulaType.Date;
    private const FormulaType Instant = FormulaType.Instant;
    private const FormulaType Text = FormulaType.Text;
    private const FormulaType Boolean = FormulaType.Boolean;
    private const FormulaType List = FormulaType.List;

    private static readonly FormulaType[] Addable = [Number, FormulaType.Money, FormulaType.Duration];
    private static readonly FormulaType[] Ordered = [.. Addable, Date, Instant];
    private static readonly FormulaType[] Rounded = [Number, FormulaType.Money];

    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, FormulaFunction> All { get; } = new List<FormulaFunction>
    {
        new("min", "min(a, b, …) or min(list)", Several(Ordered), values => Extreme(values, -1)),
        new("max", "max(a, b, …) or max(list)", Several(Ordered), values => Extreme(values, 1)),
        new("sum", "sum(a, b, …) or sum(list)", Several(Addable), Sum),
        new("mean", "mean(a, b, …) or mean(list)", Several(Addable), values => Sum(values) is { } sum ? FormulaArithmetic.Part(sum, Flat(values).Count) : null),
        new("median", "median(a, b, …) or median(list)", Several(Addable), Median),
        new("count", "count(list), which leaves missing values out", [new([List], Number)], values =>
            values[0] is FormulaValue.List list ? new FormulaValue.Number(list.Values.Count(value => value is not FormulaValue.Missing)) : null) { TakesMissing = true },
        new("any", "any(list of yes or no), or any(a, b, …)", Several([Boolean]), values => Decided(Flat(values), true)) { TakesMissing = true },
        new("all", "all(list of yes or no), or all(a, b, …)", Several([Boolean]), values => Decided(Flat(values), false)) { TakesMissing = true },
        new("round", "round(number) or round(number, digits)", [.. Same(Rounded), .. Rounded.Select(type => new FormulaSignature([type, Number], type))], Round),
        new("floor", "floor(number)", Same(Rounded), values => Changed(values[0], Math.Floor)),
        new("ceil", "ceil(number)", Same(Rounded), values => Changed(values[0], Math.Ceiling)),
        new("abs", "abs(number)", Same(Addable), values => values[0] is FormulaValue.Length { Value: var length } ? new FormulaValue.Length(length < Duration.Zero ? -length : length) : Changed(values[0], Math.Abs)),
        new("percent", "percent(part, whole), in percent points", [.. Addable.Select(type => new FormulaSignature([type, type], Number))], Percent),
        new("amount", "amount(money), without its currency", [new([FormulaType.Money], Number)], values => values[0] is FormulaValue.Amount amount ? new FormulaValue.Number(amount.Value.Amount) : null),
        new("currency", "currency(money), as a text such as \"USD\"", [new([FormulaType.Money], Text)], values => values[0] is FormulaValue.Amount amount ? new FormulaValue.Text(amount.Value.Currency) : null),
        new("contains", "contains(text, part) or contains(list, value)", [new([Text, Text], Boolean), new([List, Any], Boolean)], FormulaTextFunctions.Contains),
        new("starts_with", "starts_with(text, beginning)", [new([Text, Text], Boolean)], values => FormulaTextFunctions.Both(values, (text, part) => text.StartsWith(part, StringComparison.Ordinal))),
        new("ends_with", "ends_with(text, end)", [new([Text, Text], Boolean)], values => FormulaTextFunctions.Both(values, (text, part) => text.EndsWith(part, StringComparison.Ordinal))),
        new("lower", "lower(text)", [new([Text], Text)], values => values[0] is FormulaValue.Text text ? new FormulaValue.Text(text.Value.ToLowerInvariant()) : null),
        new("upper", "upper(text)", [new([Text], Text)], values => values[0] is FormulaValue.Text text ? new FormulaValue.Text(text.Value.ToUpperInvariant()) : null),
        new("length", "length(text) or length(list)", [new([Text], Number), new([List], Number)], FormulaTextFunctions.Length),
        new("days_between", "days_between(from, until), two dates", [new([Date, Date], Number)], FormulaTimeFunctions.DaysBetween),
        new("add_days", "add_days(date, number), calendar days", [new([Date, Number], Date)], FormulaTimeFunctions.AddDays),
        new("date", "date(time, \"Europe/Berlin\")", [new([Instant, Text], Date)], values => FormulaTimeFunctions.Local(values, at => new FormulaValue.Date(at.Date))),
        new("hour", "hour(time, \"Europe/Berlin\")", [new([Instant, Text], Number)], values => FormulaTimeFunctions.Local(values, at => new FormulaValue.Number(at.Hour))),
        new("minute", "minute(time, \"Europe/Berlin\")", [new([Instant, Text], Number)], values => FormulaTimeFunctions.Local(values, at => new FormulaValue.Number(at.Minute))),
        new("year", "year(date)", [new([Date], Number)], values => FormulaTimeFunctions.OfDay(values, day => day.Year)),
        new("month", "month(date), 1 to 12", [new([Date], Number)], values => FormulaTimeFunctions.OfDay(values, day => day.Month)),
        new("day", "day(date), of the month", [new([Date], Number)], values => FormulaTimeFunctions.OfDay(values, day => day.Day)),
        new("weekday", "weekday(date), as \"monday\" to \"sunday\"", [new([Date], Text)], FormulaTimeFunctions.Weekday),
        new("days", "days(duration), of 24 hours", [new([FormulaType.Duration], Number)], values => FormulaTimeFunctions.Counted(values, Duration.FromDays(1))),
        new("hours", "hours(duration)", [new([FormulaType.Duration], Number)], values => FormulaTimeFunctions.Counted(values, Duration.FromHours(1))),
        new("minutes", "minutes(duration)", [new([FormulaType.Duration], Number)], values => FormulaTimeFunctions.Counted(values, Duration.FromMinutes(1))),
    }.ToDictionary(function => function.Name, StringComparer.Ordinal);

    /// <summary>A single list stands for its elements.</summary>
    public static IReadOnlyList<FormulaValue> Flat(IReadOnlyList<FormulaValue> values) => values is [FormulaValue.List list] ? list.Values : values;

    private static List<FormulaSignature> Several(IReadOnlyList<FormulaType> types) =>
        [.. types.Select(type => new FormulaSignature([type], type, Repeats: true)), new([List], types is [Boolean] ? Boolean : Any)];

    private static List<FormulaSignature> Same(IReadOnlyList<FormulaType> types) => [.. types.Select(type => new FormulaSignature([type], type))];

    private static FormulaValue? Extreme(IReadOnlyList<FormulaValue> values, int sign)
    {
        var flat = Flat(values);
        if (flat.Count == 0)
        {
            return new FormulaValue.Missing("an empty list has no smallest or greatest value");
        }

        var best = flat[0];
        foreach (var value in flat)
        {
            // The first is compared with itself as well, so that a value without an order is found.
            if (FormulaArithmetic.Order(value, best) is not { } order)
            {
                return null;
            }

            best = order == sign ? value : best;
        }

        return best;
    }

    private static FormulaValue? Sum(IReadOnlyList<FormulaValue> values)
    {
        var flat = Flat(values);
        if (flat.Count == 0)
        {
            return new FormulaValue.Missing("an empty list has nothing to add up");
        }

        var isAddable = flat.All(value => Addable.Contains(value.Type));
        return isAddable ? flat.Skip(1).Aggregate((FormulaValue?)flat[0], (sum, value) => sum is null ? null : FormulaArithmetic.Sum(sum, value)) : null;
    }

    private static FormulaValue? Median(IReadOnlyList<FormulaValue> values)
    {
        if (Sum(values) is not { } sum || sum is FormulaValue.Missing)
        {
            return Sum(values);
        }

        // What can be added up has one type and one currency, so it has an order.
        var sorted = Flat(values).ToList();
        sorted.Sort((a, b) => FormulaArithmetic.Order(a, b) ?? 0);
        var half = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[half] : FormulaArithmetic.Part(FormulaArithmetic.Sum(sorted[half - 1], sorted[half])!, 2);
    }

    /// <summary>With <paramref name="wanted"/> one such value decides; else all must be otherwise, and a missing one leaves it open.</summary>
    private static FormulaValue? Decided(IReadOnlyList<FormulaValue> values, bool wanted)
    {
        if (values.Any(value => value is not (FormulaValue.Flag or FormulaValue.Missing)))
        {
            return null;
        }

        return values.Contains(new FormulaValue.Flag(wanted)) ? new FormulaValue.Flag(wanted)
            : values.OfType<FormulaValue.Missing>().FirstOrDefault() is { } missing ? missing
            : new FormulaValue.Flag(!wanted);
    }

    private static FormulaValue? Round(IReadOnlyList<FormulaValue> values)
    {
        const int most = 10;
        var digits = values.Count < 2 ? 0m : values[1] is FormulaValue.Number number ? number.Value : -1;
        return digits is >= 0 and <= most && digits == Math.Floor(digits)
            ? Changed(values[0], value => decimal.Round(value, (int)digits, MidpointRounding.AwayFromZero))
            : new FormulaValue.Missing($"round takes 0 to {most} digits");
    }

    private static FormulaValue? Changed(FormulaValue value, Func<decimal, decimal> change) => value switch
    {
        FormulaValue.Number number => new FormulaValue.Number(change(number.Value)),
        FormulaValue.Amount amount => new FormulaValue.Amount(amount.Value with { Amount = change(amount.Value.Amount) }),
        _ => null,
    };

    private static FormulaValue? Percent(IReadOnlyList<FormulaValue> values)
    {
        const decimal points = 100;
        if (values[0].Type != values[1].Type || !Addable.Contains(values[0].Type))
        {
            return null;
        }

        var share = values[0] is FormulaValue.Number part && values[1] is FormulaValue.Number whole
            ? FormulaArithmetic.Part(part, whole.Value)
            : FormulaArithmetic.Apply(FormulaOperator.Divide, values[0], values[1]);
        return share is FormulaValue.Number number ? new FormulaValue.Number(number.Value * points) : share;
    }
}
