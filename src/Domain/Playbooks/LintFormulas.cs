using System.Globalization;
using System.Text.RegularExpressions;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Formulas;

namespace Cairn.Domain.Playbooks;

/// <summary>Formulas that cannot work, names that nothing answers to, and <c>{{name}}</c> of what is no parameter.</summary>
internal static partial class LintFormulas
{
    /// <summary>Facts without a dot that are not parameters.</summary>
    private static readonly Dictionary<string, FormulaType> Standard = new() { ["now"] = FormulaType.Instant, ["today"] = FormulaType.Date };

    public static void Check(Playbook playbook, PlaybookFaults faults)
    {
        var types = Types(playbook);
        foreach (var (node, shape, name) in ShapeCheck.Texts(playbook.Node, PlaybookShapes.Root))
        {
            if (shape.Means is TextMeaning.Formula or TextMeaning.Condition)
            {
                CheckFormula(node, name, shape.Means == TextMeaning.Condition, playbook, types, faults);
            }
            else if (shape.Means == TextMeaning.Filled)
            {
                CheckPlaceholders(node, playbook, types, faults);
            }
        }

        foreach (var target in playbook.Targets)
        {
            CheckTarget(target, playbook, types, faults);
        }
    }

    /// <summary>What formulas of this playbook know about the types of facts.</summary>
    public static Dictionary<string, FormulaType> Types(Playbook playbook)
    {
        var types = new Dictionary<string, FormulaType>(CustomerFacts.Types.Concat(Standard), StringComparer.Ordinal);
        foreach (var parameter in playbook.Parameters.Where(parameter => parameter.Id.Length > 0))
        {
            types[parameter.Id] = parameter.ValueType;
        }

        return types;
    }

    /// <summary>The <c>{{name}}</c> in a text.</summary>
    public static MatchCollection Placeholders(string text) => PlaceholderPattern().Matches(text);

    private static void CheckFormula(FileScalar node, string name, bool isCondition, Playbook playbook, Dictionary<string, FormulaType> types, PlaybookFaults faults)
    {
        var (formula, wrong) = Formula.Read(node.Text, types);
        foreach (var fault in wrong)
        {
            faults.Add(At(node, fault.Column, fault.Code, fault.Detail));
        }

        if (formula is null)
        {
            return;
        }

        if (isCondition && formula.Type is not (FormulaType.Boolean or FormulaType.Unknown))
        {
            faults.Add(node, FormulaFault.WrongType, $"'{name}' is yes or no, and this formula yields {formula.Type.Name()}.", "Compare it with something.");
        }

        foreach (var fact in formula.Names)
        {
            CheckName(node, fact, playbook, types, faults);
        }

        CheckOptions(node, formula.Root, playbook, faults);
        if (formula.Names.Count == 0 && name == "when" && !formula.Evaluate(KnownFacts.None).Holds)
        {
            faults.Warn(node, "unreachable", "This condition never holds, so what it guards is always left out.", "Name a parameter or a fact in it, or take the part out.");
        }
    }

    private static void CheckName(FileScalar node, string name, Playbook playbook, Dictionary<string, FormulaType> types, PlaybookFaults faults)
    {
        var column = Math.Max(1, node.Text.IndexOf(name, StringComparison.Ordinal) + 1);
        if (!name.Contains('.', StringComparison.Ordinal) && !types.ContainsKey(name))
        {
            faults.Add(At(node, column, "parameter-unknown", $"There is no parameter '{InputFaults.Shorten(name)}'.{ParameterHint(name, playbook)}"));
        }
        else if (name.StartsWith(CustomerFacts.Prefix, StringComparison.Ordinal) && !CustomerFacts.Exists(name))
        {
            faults.Add(At(node, column, "fact-unknown", $"A customer's record has no '{InputFaults.Shorten(name)}'.{NearestWord.Hint(name, CustomerFacts.Types.Keys)} It has {string.Join(", ", CustomerFacts.Types.Keys)}, and {CustomerFacts.OwnPrefix}… for members of your own."));
        }
    }

    private static string ParameterHint(string name, Playbook playbook) =>
        $"{NearestWord.Hint(name, playbook.Parameters.Select(parameter => parameter.Id))} Declare it under 'parameters'; facts have a dot in their name, and texts stand in quotes.";

    /// <summary>A comparison with an answer that the choice does not have can never hold.</summary>
    private static void CheckOptions(FileScalar node, FormulaNode part, Playbook playbook, PlaybookFaults faults)
    {
        if (part is FormulaNode.Binary { Operator: FormulaOperator.Equal or FormulaOperator.NotEqual or FormulaOperator.In } binary)
        {
            var name = (binary.Left as FormulaNode.FactName ?? binary.Right as FormulaNode.FactName)?.Name;
            var choice = playbook.Parameters.FirstOrDefault(parameter => parameter.Id == name && parameter is { Type: "choice", Options.Count: > 0 });
            var other = binary.Left is FormulaNode.FactName ? binary.Right : binary.Left;
            var texts = other is FormulaNode.ListOf list ? list.Items : [other];
            foreach (var text in texts.OfType<FormulaNode.Literal>().Select(literal => literal.Value).OfType<FormulaValue.Text>().Where(text => choice is not null && !choice.Options.Contains(text.Value)))
            {
                faults.Add(node, "option-unknown", $"'{choice!.Id}' is never \"{InputFaults.Shorten(text.Value)}\".", $"{NearestWord.Hint(text.Value, choice.Options).TrimStart()} Its options are: {string.Join(", ", choice.Options)}.".TrimStart());
            }
        }

        foreach (var inner in part.Parts)
        {
            CheckOptions(node, inner, playbook, faults);
        }
    }

    private static void CheckPlaceholders(FileScalar node, Playbook playbook, Dictionary<string, FormulaType> types, PlaybookFaults faults)
    {
        foreach (var (name, column) in Placeholders(node.Text).Select(match => (match.Groups[1].Value, match.Index + 1)))
        {
            if (!types.ContainsKey(name) && !CustomerFacts.Exists(name))
            {
                faults.Add(At(node, column, "parameter-unknown", $"There is no parameter '{InputFaults.Shorten(name)}' to fill in.{NearestWord.Hint(name, playbook.Parameters.Select(parameter => parameter.Id))} Declare it under 'parameters', or write a customer fact such as {{{{customer.name}}}}."));
            }
        }
    }

    private static void CheckTarget(PlaybookTarget target, Playbook playbook, Dictionary<string, FormulaType> types, PlaybookFaults faults)
    {
        if (target.Node.Find("metric") is FileScalar metric && Formula.Read(metric.Text).Formula?.Root is not FormulaNode.FactName)
        {
            faults.Add(metric, "value-form", $"'{InputFaults.Shorten(metric.Text)}' is no name of a fact.", "Write a name such as adoption.percent; a computation goes into 'formula'.");
        }

        // The goal is the right side of a comparison with the measure, so the two must go together.
        if (target.Node.Find("goal") is FileScalar goal && PlaybookTexts.GoalPattern().IsMatch(goal.Text)
            && Formula.Read(target.Formula, types).Formula is { } measure && Formula.Read($"({measure.Describe()}) {goal.Text}", types) is { Formula: null } both)
        {
            faults.Add(goal, FormulaFault.WrongType, $"The goal '{InputFaults.Shorten(goal.Text)}' cannot be compared with '{InputFaults.Shorten(target.Formula)}'.", both.Faults[0].Detail);
        }
    }

    /// <summary>The place within the file; a formula over several lines only has the place of its beginning.</summary>
    private static PlaybookFault At(FileScalar node, int column, string code, string detail) => node.Indent is { } indent && !node.Text.Contains('\n', StringComparison.Ordinal)
        ? Split(new PlaybookFault(node.Line, node.Column + indent + column - 1, code, detail, ""))
        : Split(new PlaybookFault(node.Line, node.Column, code, string.Create(CultureInfo.InvariantCulture, $"At character {column}: {detail}"), ""));

    /// <summary>The first sentence says what is wrong, the rest how to put it right.</summary>
    private static PlaybookFault Split(PlaybookFault fault)
    {
        var end = fault.Detail.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? fault with { Fix = "The language is in docs/guides/formulas.md." } : fault with { Detail = fault.Detail[..(end + 1)], Fix = fault.Detail[(end + 2)..] };
    }

    [GeneratedRegex(@"\{\{\s*([^{}]*?)\s*\}\}")]
    private static partial Regex PlaceholderPattern();
}
