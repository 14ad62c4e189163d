using NodaTime;

namespace Cairn.Domain.Foundation.Formulas;

/// <summary>Functions over dates, points in time and durations. A point in time has a day and an hour only in a zone, so the zone is always said.</summary>
internal static class FormulaTimeFunctions
{
    private const int MostDays = 1_000_000;

    public static FormulaValue? DaysBetween(IReadOnlyList<FormulaValue> values) => values[0] is FormulaValue.Date from && values[1] is FormulaValue.Date until
        ? new FormulaValue.Number(Period.DaysBetween(from.Value, until.Value))
        : null;

    public static FormulaValue? AddDays(IReadOnlyList<FormulaValue> values)
    {
        if (values[0] is not FormulaValue.Date date || values[1] is not FormulaValue.Number number)
        {
            return null;
        }

        return number.Value == Math.Floor(number.Value) && Math.Abs(number.Value) <= MostDays
            ? new FormulaValue.Date(date.Value.PlusDays((int)number.Value))
            : new FormulaValue.Missing($"add_days takes a whole number of days, at most {MostDays}");
    }

    public static FormulaValue? Local(IReadOnlyList<FormulaValue> values, Func<LocalDateTime, FormulaValue> part)
    {
        if (values[0] is not FormulaValue.Time time || values[1] is not FormulaValue.Text name)
        {
            return null;
        }

        return DateTimeZoneProviders.Tzdb.GetZoneOrNull(name.Value) is { } zone
            ? part(time.Value.InZone(zone).LocalDateTime)
            : new FormulaValue.Missing($"'{InputFaults.Shorten(name.Value)}' is no IANA time zone");
    }

    public static FormulaValue? OfDay(IReadOnlyList<FormulaValue> values, Func<LocalDate, int> part) =>
        values[0] is FormulaValue.Date date ? new FormulaValue.Number(part(date.Value)) : null;

    public static FormulaValue? Weekday(IReadOnlyList<FormulaValue> values) =>
        values[0] is FormulaValue.Date date ? new FormulaValue.Text(date.Value.DayOfWeek.ToString().ToLowerInvariant()) : null;

    public static FormulaValue? Counted(IReadOnlyList<FormulaValue> values, Duration unit) =>
        values[0] is FormulaValue.Length length ? FormulaArithmetic.Apply(FormulaOperator.Divide, length, new FormulaValue.Length(unit)) : null;
}
