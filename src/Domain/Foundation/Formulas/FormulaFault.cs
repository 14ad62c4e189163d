namespace Cairn.Domain.Foundation.Formulas;

/// <summary>Something wrong with a formula.</summary>
/// <param name="Column">Where, counted from 1 in characters of the formula.</param>
/// <param name="Code">A stable code.</param>
/// <param name="Detail">What is wrong and how to put it right, one or two sentences.</param>
public sealed record FormulaFault(int Column, string Code, string Detail)
{
    /// <summary>A character or word that does not belong where it stands.</summary>
    public const string Syntax = "formula-syntax";

    /// <summary>A number, amount, duration, date or text that cannot be read.</summary>
    public const string Literal = "formula-literal";

    /// <summary>Longer or deeper than the limits.</summary>
    public const string TooLarge = "formula-too-large";

    /// <summary>A function that does not exist.</summary>
    public const string FunctionUnknown = "formula-function-unknown";

    /// <summary>A value of a type that cannot stand there.</summary>
    public const string WrongType = "formula-type";
}
