namespace Cairn.Domain.Foundation.Formulas;

/// <summary>
/// Builds the tree from the pieces, by recursive descent. From loose to tight: <c>if</c>, <c>or</c>, <c>and</c>, <c>not</c>,
/// comparison (which does not chain), <c>otherwise</c>, <c>+ -</c>, <c>* /</c>, a minus before a value.
/// </summary>
internal sealed class FormulaParser
{
    private const int OrBinds = 2;

    private static readonly (FormulaOperator Operation, string[] Written)[] Operators =
    [
        (FormulaOperator.Or, ["or"]), (FormulaOperator.And, ["and"]), (FormulaOperator.Equal, ["=", "=="]), (FormulaOperator.NotEqual, ["!=", "<>"]),
        (FormulaOperator.LessOrEqual, ["<="]), (FormulaOperator.Less, ["<"]), (FormulaOperator.GreaterOrEqual, [">="]), (FormulaOperator.Greater, [">"]),
        (FormulaOperator.In, ["in"]), (FormulaOperator.Otherwise, ["otherwise"]), (FormulaOperator.Add, ["+"]), (FormulaOperator.Subtract, ["-"]),
        (FormulaOperator.Multiply, ["*"]), (FormulaOperator.Divide, ["/"]),
    ];

    private readonly IReadOnlyList<FormulaToken> tokens;
    private int at;
    private int depth;

    private FormulaParser(IReadOnlyList<FormulaToken> tokens) => this.tokens = tokens;

    /// <summary>Where each part begins; parts are told apart by reference, because equal ones may stand in several places.</summary>
    public Dictionary<FormulaNode, int> Columns { get; } = new(ReferenceEqualityComparer.Instance);

    public FormulaFault? Fault { get; private set; }

    private FormulaToken Now => tokens[at];

    /// <summary>The tree, or <see langword="null"/> with the parser's <see cref="Fault"/>.</summary>
    public static (FormulaNode? Node, FormulaParser Parser) Parse(IReadOnlyList<FormulaToken> tokens)
    {
        var parser = new FormulaParser(tokens);
        var node = parser.Expression();
        if (node is not null && parser.Now.Kind != FormulaTokenKind.End)
        {
            parser.Refuse($"'{parser.Now.Text}' is one thing too many: join two conditions with 'and' or 'or', two numbers with an operator, and put a text in quotes.");
            node = null;
        }

        return (node, parser);
    }

    private FormulaNode? Expression() => Deeper(() => Now.Is("if") ? Choice() : Joined(OrBinds));

    private FormulaNode? Choice()
    {
        var column = Now.Column;
        at++;
        if (Expression() is not { } condition || !Take("then", "after the condition of 'if'")
            || Expression() is not { } then || !Take("else", "after the value of 'then': every 'if' says what else")
            || Expression() is not { } otherwise)
        {
            return null;
        }

        return Placed(new FormulaNode.If(condition, then, otherwise), column);
    }

    /// <summary>Operators of one strength, grouped to the left, over what binds tighter.</summary>
    private FormulaNode? Joined(int binds)
    {
        if (binds == FormulaOperators.NotBinds)
        {
            return Negation();
        }

        if (binds == FormulaOperators.NegateBinds)
        {
            return Signed();
        }

        var column = Now.Column;
        var left = Joined(binds + 1);
        while (left is not null && OperatorHere(binds) is { } operation)
        {
            at++;
            left = Joined(binds + 1) is { } right ? Placed(new FormulaNode.Binary(operation, left, right), column) : null;
        }

        return left;
    }

    private FormulaNode? Negation()
    {
        if (!Now.Is("not"))
        {
            return Comparison();
        }

        var column = Now.Column;
        at++;
        return Deeper(Negation) is { } operand ? Placed(new FormulaNode.Not(operand), column) : null;
    }

    private FormulaNode? Comparison()
    {
        var column = Now.Column;
        var left = Joined(FormulaOperators.ComparisonBinds + 1);
        if (left is null)
        {
            return null;
        }

        var compared = Now.Is("is") ? MissingTest(left, column)
            : Now.Is("not") && tokens[at + 1].Is("in") ? NotIn(left, column)
            : OperatorHere(FormulaOperators.ComparisonBinds) is { } operation ? Compared(operation, left, column)
            : left;
        if (compared is not null && compared != left && (Now.Is("is") || OperatorHere(FormulaOperators.ComparisonBinds) is not null))
        {
            Refuse("Comparisons do not chain: write 'a < b and b < c'.");
            return null;
        }

        return compared;
    }

    private FormulaNode? Compared(FormulaOperator operation, FormulaNode left, int column)
    {
        at++;
        return Joined(FormulaOperators.ComparisonBinds + 1) is { } right ? Placed(new FormulaNode.Binary(operation, left, right), column) : null;
    }

    private FormulaNode? NotIn(FormulaNode left, int column)
    {
        at++;
        return Compared(FormulaOperator.In, left, column) is { } within ? Placed(new FormulaNode.Not(within), column) : null;
    }

    private FormulaNode? MissingTest(FormulaNode left, int column)
    {
        at++;
        var isNegated = Now.Is("not");
        at += isNegated ? 1 : 0;
        if (!Take("missing", "after 'is' (or 'is not missing'); two values are compared with '='"))
        {
            return null;
        }

        var test = Placed(new FormulaNode.IsMissing(left), column);
        return isNegated ? Placed(new FormulaNode.Not(test), column) : test;
    }

    private FormulaNode? Signed()
    {
        if (!Now.Is("-"))
        {
            return Primary();
        }

        var column = Now.Column;
        at++;
        return Deeper(Signed) is { } operand ? Placed(new FormulaNode.Negate(operand), column) : null;
    }

    private FormulaNode? Primary()
    {
        var token = Now;
        switch (token.Kind)
        {
            case FormulaTokenKind.Literal:
                at++;
                return Placed(new FormulaNode.Literal(token.Value!), token.Column);
            case FormulaTokenKind.Name:
                at++;
                return Now.Is("(") ? Call(token) : Placed(new FormulaNode.FactName(token.Text), token.Column);
            case FormulaTokenKind.Keyword when token.Text is "true" or "yes" or "false" or "no":
                at++;
                return Placed(new FormulaNode.Literal(new FormulaValue.Flag(token.Text is "true" or "yes")), token.Column);
            case FormulaTokenKind.Symbol when token.Text == "(":
                at++;
                return Expression() is { } inner && Take(")", "to close the bracket") ? inner : null;
            case FormulaTokenKind.Symbol when token.Text == "[":
                at++;
                return Items("]") is { } items ? Placed(new FormulaNode.ListOf(items), token.Column) : null;
            default:
                Refuse(Expected(token));
                return null;
        }
    }

    private static string Expected(FormulaToken token) => token.Kind switch
    {
        FormulaTokenKind.End => "The formula ends where a value is expected: a number, a text in quotes, a fact's name, or brackets.",
        FormulaTokenKind.Keyword when token.Text is "not" or "if" => $"Put brackets around the part that begins with '{token.Text}'.",
        _ => $"'{token.Text}' stands where a value is expected: a number, a text in quotes, a fact's name, or brackets.",
    };

    private FormulaNode? Call(FormulaToken name)
    {
        at++;
        if (Items(")") is not { } arguments)
        {
            return null;
        }

        return Placed(new FormulaNode.Call(name.Text, arguments), name.Column);
    }

    private List<FormulaNode>? Items(string close)
    {
        var items = new List<FormulaNode>();
        while (!Now.Is(close))
        {
            if (items.Count > 0 && !Take(",", $"between two values, or '{close}' at the end"))
            {
                return null;
            }

            if (Expression() is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        at++;
        return items;
    }

    private FormulaOperator? OperatorHere(int binds)
    {
        if (Now.Kind is not (FormulaTokenKind.Symbol or FormulaTokenKind.Keyword))
        {
            return null;
        }

        foreach (var (operation, written) in Operators)
        {
            if (written.Contains(Now.Text))
            {
                return operation.Binds() == binds ? operation : null;
            }
        }

        return null;
    }

    private FormulaNode? Deeper(Func<FormulaNode?> part)
    {
        if (depth == FormulaLimits.Depth)
        {
            Refuse($"The formula nests deeper than {FormulaLimits.Depth} levels. Publish a part of it as a fact of its own.", FormulaFault.TooLarge);
            return null;
        }

        depth++;
        var node = part();
        depth--;
        return node;
    }

    private bool Take(string expected, string where)
    {
        if (Now.Is(expected))
        {
            at++;
            return true;
        }

        Refuse($"Here '{expected}' is expected {where}.");
        return false;
    }

    private T Placed<T>(T node, int column)
        where T : FormulaNode
    {
        Columns[node] = column;
        return node;
    }

    // The first fault stands: what follows a wrong piece is guesswork.
    private void Refuse(string detail, string code = FormulaFault.Syntax) => Fault ??= new FormulaFault(Now.Column, code, detail);
}
