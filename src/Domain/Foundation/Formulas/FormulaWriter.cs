using System.Globalization;
using System.Text;

namespace Cairn.Domain.Foundation.Formulas;

/// <summary>Writes a formula back as text, one way for each meaning: single blanks, brackets only where they are needed.</summary>
internal static class FormulaWriter
{
    public static string Write(FormulaNode node)
    {
        var text = new StringBuilder();
        Write(text, node, FormulaOperators.Loosest);
        return text.ToString();
    }

    private static void Write(StringBuilder text, FormulaNode node, int least)
    {
        var needsBrackets = Binds(node) < least;
        text.Append(needsBrackets ? "(" : "");
        WritePlain(text, node);
        text.Append(needsBrackets ? ")" : "");
    }

    private static int Binds(FormulaNode node) => node switch
    {
        FormulaNode.If => FormulaOperators.Loosest,
        FormulaNode.Binary binary => binary.Operator.Binds(),
        FormulaNode.Not => FormulaOperators.NotBinds,
        FormulaNode.IsMissing => FormulaOperators.ComparisonBinds,
        FormulaNode.Negate => FormulaOperators.NegateBinds,
        _ => FormulaOperators.Tightest,
    };

    private static void WritePlain(StringBuilder text, FormulaNode node)
    {
        switch (node)
        {
            case FormulaNode.Literal literal:
                text.Append(Text(literal.Value));
                break;
            case FormulaNode.FactName fact:
                text.Append(fact.Name);
                break;
            case FormulaNode.Not not:
                Write(text.Append("not "), not.Operand, FormulaOperators.NotBinds);
                break;
            case FormulaNode.Negate negate:
                Write(text.Append('-'), negate.Operand, FormulaOperators.Tightest);
                break;
            case FormulaNode.IsMissing missing:
                Write(text, missing.Operand, FormulaOperators.ComparisonBinds + 1);
                text.Append(" is missing");
                break;
            case FormulaNode.Binary binary:
                Write(text, binary);
                break;
            case FormulaNode.If choice:
                Write(text.Append("if "), choice.Condition, FormulaOperators.Loosest);
                Write(text.Append(" then "), choice.Then, FormulaOperators.Loosest);
                Write(text.Append(" else "), choice.Else, FormulaOperators.Loosest);
                break;
            case FormulaNode.ListOf list:
                WriteAll(text.Append('['), list.Items);
                text.Append(']');
                break;
            case FormulaNode.Call call:
                WriteAll(text.Append(call.Function).Append('('), call.Arguments);
                text.Append(')');
                break;
            default:
                throw new InvalidOperationException($"A formula has no {node.GetType().Name}.");
        }
    }

    // Operators of one strength group to the left; comparisons do not group at all.
    private static void Write(StringBuilder text, FormulaNode.Binary binary)
    {
        var binds = binary.Operator.Binds();
        Write(text, binary.Left, binds == FormulaOperators.ComparisonBinds ? binds + 1 : binds);
        text.Append(' ').Append(binary.Operator.Symbol()).Append(' ');
        Write(text, binary.Right, binds + 1);
    }

    private static void WriteAll(StringBuilder text, IReadOnlyList<FormulaNode> nodes)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            Write(text.Append(i == 0 ? "" : ", "), nodes[i], FormulaOperators.Loosest);
        }
    }

    private static string Text(FormulaValue value) => value switch
    {
        FormulaValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        FormulaValue.Amount amount => $"{amount.Value.AmountText} {amount.Value.Currency}",
        FormulaValue.Text text => Quoted(text.Value),
        FormulaValue.Flag flag => flag.Value ? "true" : "false",
        _ => value.ToText(),
    };

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
