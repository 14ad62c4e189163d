using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Formulas;
using NodaTime;

namespace Cairn.Domain.Tests.Foundation.Formulas;

/// <summary>Facts of every type, for the tables of the language.</summary>
internal static class SomeFacts
{
    public static readonly Instant At = Instant.FromUtc(2026, 3, 2, 9, 30);

    public static readonly IFactSource All = new KnownFacts(
    [
        Of("uptime.percent_7d", new FormulaValue.Number(99.95m)),
        Of("adoption", new FormulaValue.Number(40)),
        Of("zero", new FormulaValue.Number(0)),
        Of("customer.plan", new FormulaValue.Text("Enterprise")),
        Of("customer.arr", new FormulaValue.Amount(new Money(120_000, "USD"))),
        Of("customer.cost", new FormulaValue.Amount(new Money(1_000, "EUR"))),
        Of("customer.renewal_date", new FormulaValue.Date(new LocalDate(2026, 12, 31))),
        Of("response.mean", new FormulaValue.Length(Duration.FromMinutes(270))),
        Of("parallel-run", new FormulaValue.Flag(true)),
        Of("now", new FormulaValue.Time(At)),
        Of("csat.scores", new FormulaValue.List([new FormulaValue.Number(4), new FormulaValue.Number(5), new FormulaValue.Number(3)])),
        Of("checks", new FormulaValue.List([new FormulaValue.Flag(true), new FormulaValue.Missing("not measured")])),
        Of("unknown.value", new FormulaValue.Missing("no answers this month")),
    ]);

    public static string Value(string formula) => Formula.Parse(formula) switch
    {
        { IsOk: true } read => read.Value.Evaluate(All).Value.ToText(),
        var refused => $"refused: {refused.Problem.Detail}",
    };

    private static Fact Of(string name, FormulaValue value) => new(name, value, "a test", At);
}
