namespace Cairn.Domain.Foundation.Formulas;

/// <summary>The named limits of a formula, so that no text can stall or break what evaluates it.</summary>
public static class FormulaLimits
{
    /// <summary>The longest formula, in characters.</summary>
    public const int Length = 2_000;

    /// <summary>How deep brackets, lists, calls, <c>not</c>, minus and <c>if</c> may nest.</summary>
    public const int Depth = 64;

    /// <summary>How many operations and list elements one evaluation may take; more is missing, with the reason.</summary>
    public const int Steps = 10_000;

    /// <summary>The longest name of a fact, in characters.</summary>
    public const int NameLength = 120;

    /// <summary>The most significant digits of a number that is written out.</summary>
    public const int Digits = 28;

    /// <summary>The most days of a duration, about a hundred years.</summary>
    public const int DurationDays = 36_600;
}
