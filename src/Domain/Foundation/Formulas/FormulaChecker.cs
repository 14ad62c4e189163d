namespace Cairn.Domain.Foundation.Formulas;

/// <summary>Finds what cannot work whatever the facts are: unknown functions, wrong numbers of arguments, types that do not go together. All at once.</summary>
internal sealed class FormulaChecker(IReadOnlyDictionary<FormulaNode, int> columns, IReadOnlyDictionary<string, FormulaType> known)
{
    private readonly List<FormulaFault> faults = [];

    public IReadOnlyList<FormulaFault> Faults => faults;

    /// <summary>The type of a part; <see cref="FormulaType.Unknown"/> after a fault, so that one mistake is told once.</summary>
    public FormulaType TypeOf(FormulaNode node)
    {
        switch (node)
        {
            case FormulaNode.Literal literal:
                return literal.Value.Type;
            case FormulaNode.FactName fact:
                return known.GetValueOrDefault(fact.Name);
            case FormulaNode.Not not:
                Expect(not.Operand, FormulaType.Boolean, "'not' takes");
                return FormulaType.Boolean;
            case FormulaNode.IsMissing missing:
                TypeOf(missing.Operand);
                return FormulaType.Boolean;
            case FormulaNode.Negate negate:
                return Negated(negate);
            case FormulaNode.Binary binary:
                return Binary(binary);
            case FormulaNode.If choice:
                return Choice(choice);
            case FormulaNode.ListOf list:
                _ = list.Items.Select(TypeOf).ToList();
                return FormulaType.List;
            case FormulaNode.Call call:
                return Call(call);
            default:
                throw new InvalidOperationException($"A formula has no {node.GetType().Name}.");
        }
    }

    private FormulaType Negated(FormulaNode.Negate negate)
    {
        var type = TypeOf(negate.Operand);
        if (type is FormulaType.Unknown or FormulaType.Number or FormulaType.Money or FormulaType.Duration)
        {
            return type;
        }

        Add(negate, FormulaFault.WrongType, $"A minus before a value takes a number, an amount or a duration, not {type.Name()}.");
        return FormulaType.Unknown;
    }

    private FormulaType Binary(FormulaNode.Binary binary)
    {
        var left = TypeOf(binary.Left);
        var right = TypeOf(binary.Right);
        if (binary is { Operator: FormulaOperator.Otherwise, Left: FormulaNode.Literal })
        {
            Add(binary, FormulaFault.WrongType, "A value that is written out is never missing, so 'otherwise' has nothing to do here. It binds tighter than comparisons: put the comparison in brackets.");
            return right;
        }

        if (FormulaArithmetic.Result(binary.Operator, left, right) is { } result)
        {
            return result;
        }

        Add(binary, FormulaFault.WrongType, $"'{binary.Operator.Symbol()}' does not take {left.Name()} and {right.Name()}.{Advice(binary.Operator, left, right)}");
        return FormulaType.Unknown;
    }

    private static string Advice(FormulaOperator operation, FormulaType left, FormulaType right) => (operation, left, right) switch
    {
        (FormulaOperator.Add or FormulaOperator.Subtract, FormulaType.Money, FormulaType.Number) or (FormulaOperator.Add or FormulaOperator.Subtract, FormulaType.Number, FormulaType.Money) =>
            " Give the number its currency: 120 USD.",
        (FormulaOperator.Add or FormulaOperator.Subtract, FormulaType.Date, FormulaType.Number) => " Use add_days(date, number), or a duration such as 5d.",
        (_, FormulaType.Duration, FormulaType.Number) or (_, FormulaType.Number, FormulaType.Duration) => " Give the number its unit, such as 4h, or turn the duration into a number with hours(…) or days(…).",
        (_, FormulaType.Money, FormulaType.Number) or (_, FormulaType.Number, FormulaType.Money) => " Give the number its currency, such as 120 USD, or take amount(money).",
        (_, FormulaType.Instant, FormulaType.Date) or (_, FormulaType.Date, FormulaType.Instant) => " Turn the point in time into a date with date(time, \"Europe/Berlin\").",
        (FormulaOperator.In, _, _) => " The right side is a list: [\"gold\", \"silver\"].",
        (FormulaOperator.And or FormulaOperator.Or, _, _) => " Both sides are yes or no; write the comparison out on each side.",
        _ => "",
    };

    private FormulaType Choice(FormulaNode.If choice)
    {
        Expect(choice.Condition, FormulaType.Boolean, "The condition of 'if' is");
        var then = TypeOf(choice.Then);
        var otherwise = TypeOf(choice.Else);
        return then == otherwise ? then : FormulaType.Unknown;
    }

    private FormulaType Call(FormulaNode.Call call)
    {
        var given = call.Arguments.Select(TypeOf).ToList();
        if (!FormulaFunctions.All.TryGetValue(call.Function, out var function))
        {
            Add(call, FormulaFault.FunctionUnknown, $"There is no function '{InputFaults.Shorten(call.Function)}'.{NearestWord.Hint(call.Function, FormulaFunctions.All.Keys)} Functions are: {string.Join(", ", FormulaFunctions.All.Keys)}.");
            return FormulaType.Unknown;
        }

        if (function.Result(given) is { } result)
        {
            return result;
        }

        Add(call, FormulaFault.WrongType, $"It is called as {function.Usage}.");
        return FormulaType.Unknown;
    }

    private void Expect(FormulaNode node, FormulaType wanted, string what)
    {
        var type = TypeOf(node);
        if (type != wanted && type != FormulaType.Unknown)
        {
            Add(node, FormulaFault.WrongType, $"{what} {wanted.Name()}, not {type.Name()}.");
        }
    }

    private void Add(FormulaNode node, string code, string detail) => faults.Add(new FormulaFault(columns.GetValueOrDefault(node, 1), code, detail));
}
