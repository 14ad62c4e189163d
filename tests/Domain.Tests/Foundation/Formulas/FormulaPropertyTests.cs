using Cairn.Domain.Foundation.Formulas;
using FsCheck;
using FsCheck.Fluent;

namespace Cairn.Domain.Tests.Foundation.Formulas;

public sealed class FormulaPropertyTests
{
    private const string Alphabet = "ab.-_1 2()[]+*/<>=!,\"'\\ifthenelseorandnotinUSD%{}é\n";

    [Fact]
    public void Parsing_what_was_described_gives_the_same_formula() =>
        Prop.ForAll(Seeds(), seed =>
        {
            var root = new RandomFormulas(seed).Typed(4);
            var text = Formula.Of(root).Describe();
            if (text.Length <= FormulaLimits.Length)
            {
                var (read, faults) = Formula.Read(text);
                faults.ShouldBeEmpty($"{text}");
                read!.Root.ShouldBe(root, text);
                read.Describe().ShouldBe(text);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Whatever_is_described_has_no_fault_of_writing() =>
        Prop.ForAll(Seeds(), seed =>
        {
            var text = Formula.Of(new RandomFormulas(seed).Any(3)).Describe();
            Formula.Read(text).Faults.ShouldAllBe(fault => fault.Code == FormulaFault.WrongType || fault.Code == FormulaFault.FunctionUnknown || fault.Code == FormulaFault.TooLarge, text);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Evaluation_never_throws_and_its_derivation_tells_the_value() =>
        Prop.ForAll(Seeds(), seed =>
        {
            var formula = Formula.Of(new RandomFormulas(seed).Any(4));
            var result = formula.Evaluate(SomeFacts.All);
            result.Derivation.Result.ShouldBe(result.Value is FormulaValue.Missing missing ? "insufficient data: " + missing.Reason : result.Value.ToText());
            result.Derivation.Inputs.Select(input => input.Name).Except(formula.Names).ShouldBeEmpty();
            (result.Value is not FormulaValue.Missing || result.Derivation.Missing.Count > 0).ShouldBeTrue();
            if (result.Derivation.Steps.Count > 0 && formula.Root is FormulaNode.Binary or FormulaNode.Call or FormulaNode.If or FormulaNode.Not)
            {
                result.Derivation.Steps[^1].Value.ShouldBe(result.Value.ToText());
            }

            formula.Evaluate(SomeFacts.All).Value.ShouldBe(result.Value);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    [Fact]
    public void Reading_any_text_ends_with_a_formula_or_a_fault_within_it() =>
        Prop.ForAll(Gen.Choose(0, Alphabet.Length - 1).ListOf().ToArbitrary(), picks =>
        {
            var text = string.Concat(picks.Select(pick => Alphabet[pick]));
            var (formula, faults) = Formula.Read(text);
            (formula is null).ShouldBe(faults.Count > 0);
            faults.ShouldAllBe(fault => fault.Column >= 1 && fault.Column <= text.Length + 1 && fault.Detail.Length > 0);
            formula?.Evaluate(SomeFacts.All).Derivation.Result.ShouldNotBeEmpty();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    [Fact]
    public void A_duration_reads_as_it_is_written() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), number =>
        {
            var duration = NodaTime.Duration.FromMilliseconds(number);
            DurationText.Read(DurationText.Write(duration)).ShouldBe(duration);
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<int> Seeds() => Gen.Choose(0, int.MaxValue).ToArbitrary();
}
