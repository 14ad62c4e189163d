using System.Globalization;

namespace Cairn.Domain.Foundation.Formulas;

/// <summary>What a formula came to, and how.</summary>
/// <param name="Value">The value; <see cref="FormulaValue.Missing"/> with its reason when there is none.</param>
/// <param name="Derivation">Every fact that was used and every step.</param>
public sealed record FormulaResult(FormulaValue Value, Derivation Derivation)
{
    /// <summary>Whether the value is yes. No and missing are both not: what cannot be shown does not hold.</summary>
    public bool Holds => Value is FormulaValue.Flag { Value: true };
}

/// <summary>
/// A formula of the product's own small language (docs/guides/formulas.md): conditions, criteria, metrics and scores.
/// It reads facts and nothing else, changes nothing, always ends, and never throws whatever the facts are.
/// </summary>
public sealed class Formula
{
    private static readonly Dictionary<string, FormulaType> NothingKnown = [];

    private readonly Lazy<string> text;
    private readonly Lazy<IReadOnlyList<string>> names;

    private Formula(FormulaNode root, FormulaType type)
    {
        Root = root;
        Type = type;
        text = new(() => FormulaWriter.Write(root));
        names = new(() => [.. NamesIn(root).Distinct()]);
    }

    /// <summary>The tree, for whoever translates formulas into something else.</summary>
    public FormulaNode Root { get; }

    /// <summary>What it yields, as far as that follows from the text.</summary>
    public FormulaType Type { get; }

    /// <summary>The facts that it reads, each once, in the order of the text.</summary>
    public IReadOnlyList<string> Names => names.Value;

    /// <summary>Every function with how it is called, for guides and editors.</summary>
    public static IReadOnlyDictionary<string, string> Functions { get; } = FormulaFunctions.All.Values.ToDictionary(function => function.Name, function => function.Usage);

    /// <summary>Reads a formula. The refusal <c>formula-invalid</c> lists every fault, with <c>column N</c> as its place.</summary>
    /// <param name="text">At most <see cref="FormulaLimits.Length"/> characters.</param>
    /// <param name="types">Types of facts that are known already, so that more can be checked; a fact that is not in it has any type.</param>
    public static Outcome<Formula> Parse(string text, IReadOnlyDictionary<string, FormulaType>? types = null)
    {
        var (formula, faults) = Read(text, types);
        if (formula is not null)
        {
            return formula;
        }

        var first = faults[0];
        return new Problem(ProblemKind.Unacceptable, "formula-invalid", string.Create(CultureInfo.InvariantCulture, $"The formula cannot be used: column {first.Column}: {first.Detail}"))
        {
            Faults = [.. faults.Select(fault => new Fault(string.Create(CultureInfo.InvariantCulture, $"column {fault.Column}"), fault.Code, fault.Detail))],
        };
    }

    /// <summary>As <see cref="Parse"/>, with the faults themselves: either a formula or at least one fault.</summary>
    public static (Formula? Formula, IReadOnlyList<FormulaFault> Faults) Read(string text, IReadOnlyDictionary<string, FormulaType>? types = null)
    {
        if (text.Length > FormulaLimits.Length)
        {
            return (null, [new FormulaFault(1, FormulaFault.TooLarge, $"A formula has at most {FormulaLimits.Length} characters. Publish a part of it as a fact of its own.")]);
        }

        var (tokens, refused) = FormulaTokens.Read(text);
        if (refused is not null)
        {
            return (null, [refused]);
        }

        var (root, parser) = FormulaParser.Parse(tokens);
        if (root is null)
        {
            return (null, [parser.Fault!]);
        }

        var checker = new FormulaChecker(parser.Columns, types ?? NothingKnown);
        var type = checker.TypeOf(root);
        return checker.Faults.Count > 0 ? (null, checker.Faults) : (new Formula(root, type), []);
    }

    /// <summary>A formula made of parts instead of text, for what computes formulas. It may hold what <see cref="Parse"/> would refuse; then it evaluates to missing.</summary>
    public static Formula Of(FormulaNode root) => new(root, FormulaType.Unknown);

    /// <summary>Evaluates against facts. Total: division by zero, missing facts, mixed currencies and exceeded limits yield a missing value with its reason.</summary>
    public FormulaResult Evaluate(IFactSource facts) => new FormulaEvaluation(facts).Run(this);

    /// <summary>The text in its one canonical form; parsing it gives an equal formula.</summary>
    public string Describe() => text.Value;

    /// <inheritdoc/>
    public override string ToString() => Describe();

    private static IEnumerable<string> NamesIn(FormulaNode node) => node is FormulaNode.FactName fact ? [fact.Name] : node.Parts.SelectMany(NamesIn);
}
