namespace Cairn.Domain.Foundation.Formulas;

/// <summary>What a function takes and gives: one of its ways to be called.</summary>
/// <param name="Takes">The types of its arguments; <see cref="FormulaType.Unknown"/> takes any.</param>
/// <param name="Gives">The type of its result.</param>
/// <param name="Repeats">Whether the last argument may be given several times.</param>
internal sealed record FormulaSignature(IReadOnlyList<FormulaType> Takes, FormulaType Gives, bool Repeats = false)
{
    public bool Fits(IReadOnlyList<FormulaType> given)
    {
        if (Repeats ? given.Count < Takes.Count : given.Count != Takes.Count)
        {
            return false;
        }

        return !given.Where((type, i) => type != FormulaType.Unknown && Takes[Math.Min(i, Takes.Count - 1)] is not FormulaType.Unknown and var taken && taken != type).Any();
    }
}

/// <summary>A function of the formula language. It is applied to values that are there, unless it says otherwise.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Usage">How it is called, for messages and the guide: <c>round(number, digits)</c>.</param>
/// <param name="Signatures">The ways in which it may be called.</param>
/// <param name="Apply">What it does; <see langword="null"/> when the values do not fit.</param>
internal sealed record FormulaFunction(string Name, string Usage, IReadOnlyList<FormulaSignature> Signatures, Func<IReadOnlyList<FormulaValue>, FormulaValue?> Apply)
{
    /// <summary>Whether it looks at missing values itself; otherwise one of them makes the result missing.</summary>
    public bool TakesMissing { get; init; }

    /// <summary>The type of the result; <see langword="null"/> when it cannot be called so.</summary>
    public FormulaType? Result(IReadOnlyList<FormulaType> given)
    {
        var results = Signatures.Where(signature => signature.Fits(given)).Select(signature => signature.Gives).Distinct().ToList();
        return results.Count switch { 0 => null, 1 => results[0], _ => FormulaType.Unknown };
    }
}
