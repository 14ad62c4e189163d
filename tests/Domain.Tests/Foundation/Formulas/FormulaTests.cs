using Cairn.Domain.Foundation.Formulas;
using NodaTime;

namespace Cairn.Domain.Tests.Foundation.Formulas;

public sealed class FormulaTests
{
    [Theory]
    // Literals
    [InlineData("42", "42")]
    [InlineData("1.50", "1.5")]
    [InlineData("120 USD", "120 USD")]
    [InlineData("4h 30m", "4h 30m")]
    [InlineData("2d 4h30m", "2d 4h 30m")]
    [InlineData("1w", "7d")]
    [InlineData("90m", "1h 30m")]
    [InlineData("1.5s", "1.5s")]
    [InlineData("2026-03-02", "2026-03-02")]
    [InlineData("2026-03-02T14:00:00+02:00", "2026-03-02T12:00:00Z")]
    [InlineData("'it''s' = \"x\"", "refused: The formula cannot be used: column 5: ''s'' is one thing too many: join two conditions with 'and' or 'or', two numbers with an operator, and put a text in quotes.")]
    [InlineData("\"say \\\"hi\\\"\"", "\"say \"hi\"\"")]
    [InlineData("yes", "yes")]
    [InlineData("[1, 2, 3]", "[1, 2, 3]")]
    [InlineData("[]", "[]")]
    // Arithmetic
    [InlineData("2 + 3 * 4", "14")]
    [InlineData("(2 + 3) * 4", "20")]
    [InlineData("10 - 4 - 3", "3")]
    [InlineData("2 * -3", "-6")]
    [InlineData("10 / 4", "2.5")]
    [InlineData("1 / 3", "0.3333333333…")]
    [InlineData("120 USD + 30 USD", "150 USD")]
    [InlineData("customer.arr / 12", "10000 USD")]
    [InlineData("customer.arr / 40000 USD", "3")]
    [InlineData("1.5 * 2h", "3h")]
    [InlineData("3h / 30m", "6")]
    [InlineData("2026-03-02 + 3d", "2026-03-05")]
    [InlineData("2026-03-05 - 2026-03-02", "3d")]
    [InlineData("now + 90m", "2026-03-02T11:00:00Z")]
    [InlineData("now - now", "0m")]
    // Comparison
    [InlineData("uptime.percent_7d >= 99.9", "yes")]
    [InlineData("response.mean < 4h", "no")]
    [InlineData("customer.plan = \"Enterprise\"", "yes")]
    [InlineData("customer.plan <> \"enterprise\"", "yes")]
    [InlineData("customer.plan in [\"Starter\", \"Enterprise\"]", "yes")]
    [InlineData("customer.plan not in [\"Starter\"]", "yes")]
    [InlineData("customer.renewal_date < 2027-01-01", "yes")]
    [InlineData("5 = 5.00", "yes")]
    // Names with hyphens, and minus
    [InlineData("parallel-run", "yes")]
    [InlineData("not parallel-run", "no")]
    [InlineData("adoption - 1", "39")]
    [InlineData("adoption -1", "39")]
    [InlineData("(adoption) - 1", "39")]
    [InlineData("adoption-1", "missing (there is no fact 'adoption-1')")]
    // Logic and missing
    [InlineData("yes and no", "no")]
    [InlineData("no or yes and yes", "yes")]
    [InlineData("unknown.value > 3", "missing ('unknown.value' is missing: no answers this month)")]
    [InlineData("unknown.value > 3 and no", "no")]
    [InlineData("unknown.value > 3 or yes", "yes")]
    [InlineData("unknown.value > 3 or no", "missing ('unknown.value' is missing: no answers this month)")]
    [InlineData("unknown.value is missing", "yes")]
    [InlineData("unknown.value is not missing", "no")]
    [InlineData("unknown.value otherwise 7", "7")]
    [InlineData("unknown.value otherwise 7 >= 5", "yes")]
    [InlineData("adoption / zero", "missing (division by zero)")]
    [InlineData("adoption / zero otherwise 0", "0")]
    [InlineData("if adoption > 50 then \"fine\" else \"low\"", "\"low\"")]
    [InlineData("if unknown.value > 1 then 1 else 2", "missing ('unknown.value' is missing: no answers this month)")]
    [InlineData("customer.arr + customer.cost", "missing (120000 USD and 1000 EUR are in different currencies)")]
    [InlineData("customer.arr > customer.cost", "missing (120000 USD and 1000 EUR are in different currencies)")]
    [InlineData("customer.arr > 5", "missing ('>' does not take an amount of money and a number)")]
    [InlineData("customer.renewal_date + 4h", "missing (a date moves by whole days only)")]
    [InlineData("nobody + nothing", "missing (there is no fact 'nobody'; there is no fact 'nothing')")]
    public void A_formula_yields(string formula, string value) => SomeFacts.Value(formula).ShouldBe(value);

    [Theory]
    [InlineData("min(3, 1, 2)", "1")]
    [InlineData("max(csat.scores)", "5")]
    [InlineData("sum(csat.scores)", "12")]
    [InlineData("sum(1 EUR, 2 EUR)", "3 EUR")]
    [InlineData("sum(1 EUR, 2 USD)", "missing (sum does not take 1 EUR and 2 USD)")]
    [InlineData("sum([])", "missing (an empty list has nothing to add up)")]
    [InlineData("mean(csat.scores)", "4")]
    [InlineData("median([5, 1, 3, 2])", "2.5")]
    [InlineData("median(1h, 3h, 2h)", "2h")]
    [InlineData("count(csat.scores)", "3")]
    [InlineData("count(checks)", "1")]
    [InlineData("count([])", "0")]
    [InlineData("any(checks)", "yes")]
    [InlineData("all(checks)", "missing (not measured)")]
    [InlineData("all([])", "yes")]
    [InlineData("any([])", "no")]
    [InlineData("round(2.5)", "3")]
    [InlineData("round(-2.5)", "-3")]
    [InlineData("round(3.14159, 2)", "3.14")]
    [InlineData("round(10 EUR / 3, 2)", "3.33 EUR")]
    [InlineData("round(1, 20)", "missing (round takes 0 to 10 digits)")]
    [InlineData("floor(-1.5)", "-2")]
    [InlineData("ceil(1.2)", "2")]
    [InlineData("abs(-3h)", "3h")]
    [InlineData("percent(3, 4)", "75")]
    [InlineData("percent(30m, 2h)", "25")]
    [InlineData("percent(1, 0)", "missing (division by zero)")]
    [InlineData("amount(customer.arr)", "120000")]
    [InlineData("currency(customer.arr)", "\"USD\"")]
    [InlineData("contains(customer.plan, \"prise\")", "yes")]
    [InlineData("contains(csat.scores, 4)", "yes")]
    [InlineData("starts_with(lower(customer.plan), \"ent\")", "yes")]
    [InlineData("ends_with(upper(customer.plan), \"SE\")", "yes")]
    [InlineData("length(customer.plan)", "10")]
    [InlineData("length(csat.scores)", "3")]
    [InlineData("days_between(2026-03-02, customer.renewal_date)", "304")]
    [InlineData("add_days(2026-02-27, 3)", "2026-03-02")]
    [InlineData("add_days(2026-02-27, 0.5)", "missing (add_days takes a whole number of days, at most 1000000)")]
    [InlineData("add_days(9999-12-31, 5)", "missing (the result is too large to be computed)")]
    [InlineData("date(now, \"America/New_York\")", "2026-03-02")]
    [InlineData("hour(now, \"America/New_York\")", "4")]
    [InlineData("minute(now, \"Asia/Kolkata\")", "0")]
    [InlineData("hour(now, \"Mars/Base\")", "missing ('Mars/Base' is no IANA time zone)")]
    [InlineData("year(customer.renewal_date) * 10000 + month(customer.renewal_date) * 100 + day(customer.renewal_date)", "20261231")]
    [InlineData("weekday(2026-03-02)", "\"monday\"")]
    [InlineData("hours(response.mean)", "4.5")]
    [InlineData("days(36h)", "1.5")]
    [InlineData("minutes(1h)", "60")]
    public void A_function_yields(string formula, string value) => SomeFacts.Value(formula).ShouldBe(value);

    [Fact]
    public void Every_function_of_the_language_is_in_the_table_above()
    {
        var shown = typeof(FormulaTests).GetMethod(nameof(A_function_yields))!.GetCustomAttributes(typeof(InlineDataAttribute), false)
            .Cast<InlineDataAttribute>().Select(row => (string)row.Data[0]!).ToList();
        Formula.Functions.Keys.Where(name => !shown.Exists(formula => formula.Contains(name + "(", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void A_derivation_tells_facts_with_their_sources_and_every_step()
    {
        var result = Formula.Parse("uptime.percent_7d >= 99.9 and (adoption + 20) / 2 >= 25").Value.Evaluate(SomeFacts.All);
        result.Holds.ShouldBeTrue();
        result.Derivation.Question.ShouldBe("uptime.percent_7d >= 99.9 and (adoption + 20) / 2 >= 25");
        result.Derivation.Result.ShouldBe("yes");
        result.Derivation.Inputs.Select(input => $"{input.Name} {input.Value} {input.Source}").ShouldBe(["uptime.percent_7d 99.95 a test", "adoption 40 a test"]);
        result.Derivation.Steps.Select(step => $"{step.Text}: {step.Value}").ShouldBe(
            ["uptime.percent_7d 99.95 >= 99.9: yes", "adoption 40 + 20: 60", "60 / 2: 30", "30 >= 25: yes", "yes and yes: yes"]);
        result.Derivation.DataAsOf.ShouldBe(SomeFacts.At);
        result.Derivation.Missing.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_missing_is_told_with_its_reason()
    {
        var result = Formula.Parse("nps.score > 40").Value.Evaluate(SomeFacts.All);
        result.Holds.ShouldBeFalse();
        result.Derivation.Result.ShouldBe("insufficient data: there is no fact 'nps.score'");
        result.Derivation.Missing.ShouldBe(["there is no fact 'nps.score'"]);
        result.Derivation.DataAsOf.ShouldBeNull();
    }

    [Fact]
    public void A_formula_knows_the_facts_that_it_reads_and_its_type()
    {
        var formula = Formula.Parse("if customer.plan = \"Starter\" then a.b else sum(a.b, c-d) / 2").Value;
        formula.Names.ShouldBe(["customer.plan", "a.b", "c-d"]);
        Formula.Parse("a > 1").Value.Type.ShouldBe(FormulaType.Boolean);
        Formula.Parse("2026-03-02 + 2d").Value.Type.ShouldBe(FormulaType.Date);
        Formula.Parse("a + b").Value.Type.ShouldBe(FormulaType.Unknown);
    }

    [Theory]
    [InlineData("a=b", "a = b")]
    [InlineData("((a + b)) * c", "(a + b) * c")]
    [InlineData("a + (b * c)", "a + b * c")]
    [InlineData("a - (b - c)", "a - (b - c)")]
    [InlineData("not (a and b)", "not (a and b)")]
    [InlineData("(not a) and b", "not a and b")]
    [InlineData("a not in [1]", "not a in [1]")]
    [InlineData("(if a then b else c) + 1", "(if a then b else c) + 1")]
    [InlineData("a is not missing", "not a is missing")]
    [InlineData("-(-5)", "-(-5)")]
    [InlineData("'x'", "\"x\"")]
    [InlineData("min( a ,b )", "min(a, b)")]
    public void A_formula_is_described_in_one_way(string text, string described) => Formula.Parse(text).Value.Describe().ShouldBe(described);

    [Fact]
    public void Durations_are_exact()
    {
        var third = (FormulaValue.Length)Formula.Parse("1h / 3").Value.Evaluate(KnownFacts.None).Value;
        third.Value.ShouldBe(Duration.FromMinutes(20));
    }
}
