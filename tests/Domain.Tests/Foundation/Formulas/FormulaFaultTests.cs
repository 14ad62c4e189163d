using Cairn.Domain.Foundation.Formulas;

namespace Cairn.Domain.Tests.Foundation.Formulas;

public sealed class FormulaFaultTests
{
    private static readonly Dictionary<string, FormulaType> Types = new()
    {
        ["mode"] = FormulaType.Text, ["many"] = FormulaType.Number, ["arr"] = FormulaType.Money, ["since"] = FormulaType.Date, ["age"] = FormulaType.Duration, ["sso"] = FormulaType.Boolean,
    };

    // formula, where, code, part of the sentence that says how to put it right
    [Theory]
    [InlineData("", 1, FormulaFault.Syntax, "ends where a value is expected")]
    [InlineData("a +", 4, FormulaFault.Syntax, "ends where a value is expected")]
    [InlineData("a b", 3, FormulaFault.Syntax, "one thing too many")]
    [InlineData("(a", 3, FormulaFault.Syntax, "')' is expected")]
    [InlineData("[a b]", 4, FormulaFault.Syntax, "',' is expected")]
    [InlineData("a < b < c", 7, FormulaFault.Syntax, "a < b and b < c")]
    [InlineData("if a then b", 12, FormulaFault.Syntax, "'else' is expected")]
    [InlineData("1 + not a", 5, FormulaFault.Syntax, "Put brackets around")]
    [InlineData("a is nice", 6, FormulaFault.Syntax, "'missing' is expected")]
    [InlineData("5-3", 2, FormulaFault.Syntax, "a minus needs a blank")]
    [InlineData("a && b", 3, FormulaFault.Syntax, "Write 'and'")]
    [InlineData("USD 120", 1, FormulaFault.Syntax, "120 USD")]
    [InlineData("{{mode}}", 1, FormulaFault.Syntax, "bare name")]
    [InlineData("ä", 1, FormulaFault.Syntax, "stands in quotes")]
    [InlineData(".5", 1, FormulaFault.Syntax, "write 0.5")]
    [InlineData("99.9 %", 6, FormulaFault.Literal, "percent points")]
    [InlineData("2026-02-30", 1, FormulaFault.Literal, "no day of the calendar")]
    [InlineData("2026-3-2", 1, FormulaFault.Literal, "no day of the calendar")]
    [InlineData("30m 4h", 1, FormulaFault.Literal, "larger units first")]
    [InlineData("5x", 1, FormulaFault.Literal, "no unit")]
    [InlineData("99999999999999999999999999999", 1, FormulaFault.Literal, "28 digits")]
    [InlineData("1.1234567 EUR", 1, FormulaFault.Literal, "after it")]
    [InlineData("\"open", 1, FormulaFault.Literal, "close it")]
    [InlineData("\"a\\n\"", 3, FormulaFault.Literal, "backslash")]
    [InlineData("cout(many)", 1, FormulaFault.FunctionUnknown, "Did you mean 'count'?")]
    [InlineData("round(1, 2, 3)", 1, FormulaFault.WrongType, "round(number, digits)")]
    [InlineData("1 + min()", 5, FormulaFault.WrongType, "min(a, b, …)")]
    [InlineData("arr + 3", 1, FormulaFault.WrongType, "Give the number its currency")]
    [InlineData("since + 3", 1, FormulaFault.WrongType, "add_days")]
    [InlineData("age > 3", 1, FormulaFault.WrongType, "its unit")]
    [InlineData("mode > \"a\"", 1, FormulaFault.WrongType, "does not take a text and a text")]
    [InlineData("mode = 3", 1, FormulaFault.WrongType, "a text and a number")]
    [InlineData("mode in \"a\"", 1, FormulaFault.WrongType, "The right side is a list")]
    [InlineData("sso and many", 1, FormulaFault.WrongType, "Both sides are yes or no")]
    [InlineData("not many", 5, FormulaFault.WrongType, "yes or no, not a number")]
    [InlineData("if many then 1 else 2", 4, FormulaFault.WrongType, "The condition of 'if'")]
    [InlineData("-mode", 1, FormulaFault.WrongType, "A minus before a value")]
    [InlineData("many > 5 otherwise no", 8, FormulaFault.WrongType, "never missing")]
    public void A_fault_names_its_place_and_the_fix(string text, int column, string code, string part)
    {
        var (formula, faults) = Formula.Read(text, Types);
        formula.ShouldBeNull();
        faults[0].Detail.ShouldContain(part, Case.Insensitive);
        (faults[0].Column, faults[0].Code).ShouldBe((column, code));
    }

    [Fact]
    public void Faults_of_types_are_told_all_at_once_and_the_problem_lists_them()
    {
        var refused = Formula.Parse("mode + 1 > 3 and not many", Types);
        refused.Problem!.Code.ShouldBe("formula-invalid");
        refused.Problem.Faults.Select(fault => $"{fault.Pointer} {fault.Code}").ShouldBe(["column 1 formula-type", "column 22 formula-type"]);
    }

    [Fact]
    public void Limits_are_kept()
    {
        Formula.Read(new string('1', FormulaLimits.Length + 1)).Faults.ShouldHaveSingleItem().Code.ShouldBe(FormulaFault.TooLarge);
        Formula.Read(new string('(', 1_000) + "1").Faults.ShouldHaveSingleItem().Code.ShouldBe(FormulaFault.TooLarge);
        Formula.Read(string.Concat(Enumerable.Repeat("not ", 400)) + "yes").Faults.ShouldHaveSingleItem().Code.ShouldBe(FormulaFault.TooLarge);
        Formula.Read(string.Concat(Enumerable.Repeat("- ", 900)) + "1").Faults.ShouldHaveSingleItem().Code.ShouldBe(FormulaFault.TooLarge);
        Formula.Read(new string('a', 200)).Faults.ShouldHaveSingleItem().Code.ShouldBe(FormulaFault.TooLarge);
        Formula.Parse(new string('(', 60) + "1" + new string(')', 60)).IsOk.ShouldBeTrue();
        // A long row of one strength is not deep.
        Formula.Parse("1" + string.Concat(Enumerable.Repeat(" + 1", 480))).Value.Evaluate(KnownFacts.None).Value.ShouldBe(new FormulaValue.Number(481));
    }

    [Fact]
    public void An_evaluation_ends_after_its_steps()
    {
        var many = new KnownFacts([new Fact("many", new FormulaValue.List([.. Enumerable.Range(0, FormulaLimits.Steps).Select(i => new FormulaValue.Number(i))]), "a test")]);
        Formula.Parse("sum(many)").Value.Evaluate(many).Derivation.Result.ShouldContain("more than 10000 steps");
        Formula.Parse("5 in many").Value.Evaluate(many).Derivation.Result.ShouldContain("more than 10000 steps");
    }

    [Fact]
    public void What_leaves_the_range_of_numbers_is_missing()
    {
        foreach (var text in new[] { "9999999999999999999999999999 * 9999999999999999999999999999", "36000d * 99999999999", "now + 36000d * 90", "2026-03-02 + 36600d * 500" })
        {
            Formula.Parse(text).Value.Evaluate(SomeFacts.All).Value.ShouldBe(new FormulaValue.Missing("the result is too large to be computed"), text);
        }
    }
}
