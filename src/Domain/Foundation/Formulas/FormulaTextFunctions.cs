using System.Globalization;

namespace Cairn.Domain.Foundation.Formulas;

/// <summary>Functions over texts and the length of lists. Letters count as they are written: "A" is not "a".</summary>
internal static class FormulaTextFunctions
{
    public static FormulaValue? Contains(IReadOnlyList<FormulaValue> values) => values[0] is FormulaValue.List
        ? FormulaArithmetic.Apply(FormulaOperator.In, values[1], values[0])
        : Both(values, (text, part) => text.Contains(part, StringComparison.Ordinal));

    public static FormulaValue? Both(IReadOnlyList<FormulaValue> values, Func<string, string, bool> holds) =>
        values[0] is FormulaValue.Text text && values[1] is FormulaValue.Text part ? new FormulaValue.Flag(holds(text.Value, part.Value)) : null;

    /// <summary>Characters as people count them, or the elements of a list.</summary>
    public static FormulaValue? Length(IReadOnlyList<FormulaValue> values) => values[0] switch
    {
        FormulaValue.Text text => new FormulaValue.Number(new StringInfo(text.Value).LengthInTextElements),
        FormulaValue.List list => new FormulaValue.Number(list.Values.Count),
        _ => null,
    };
}
