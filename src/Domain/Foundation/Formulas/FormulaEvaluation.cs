namespace Cairn.Domain.Foundation.Formulas;

/// <summary>
/// One evaluation: computes the value and writes down each step. Total: whatever the facts are, it ends within
/// <see cref="FormulaLimits.Steps"/> with a value or with the reason why there is none.
/// </summary>
internal sealed class FormulaEvaluation(IFactSource facts)
{
    private const int LongestReason = 400;

    private static readonly FormulaValue.Missing TooLong = new($"the evaluation takes more than {FormulaLimits.Steps} steps");

    private readonly List<DerivationStep> steps = [];
    private readonly Dictionary<string, FormulaValue> found = new(StringComparer.Ordinal);
    private readonly List<DerivationInput> inputs = [];
    private readonly List<string> missing = [];
    private int taken;

    public FormulaResult Run(Formula formula)
    {
        var value = Value(formula.Root);
        var reason = (value as FormulaValue.Missing)?.Reason;
        var derivation = new Derivation(formula.Describe(), reason is null ? value.ToText() : "insufficient data: " + reason)
        {
            Inputs = inputs,
            Steps = steps,
            Missing = reason is null || missing.Contains(reason) ? missing : [.. missing, reason],
            DataAsOf = inputs.Min(input => input.At),
        };
        return new FormulaResult(value, derivation);
    }

    private FormulaValue Value(FormulaNode node)
    {
        if (++taken > FormulaLimits.Steps)
        {
            return TooLong;
        }

        return node switch
        {
            FormulaNode.Literal literal => literal.Value,
            FormulaNode.FactName fact => Look(fact.Name),
            FormulaNode.ListOf list => new FormulaValue.List([.. list.Items.Select(Value)]),
            FormulaNode.Not not => Not(not),
            FormulaNode.Negate negate => Negated(negate),
            FormulaNode.IsMissing test => Tested(test),
            FormulaNode.If choice => Chosen(choice),
            FormulaNode.Call call => Called(call),
            FormulaNode.Binary { Operator: FormulaOperator.Otherwise } binary => Otherwise(binary),
            FormulaNode.Binary binary => Joined(binary),
            _ => throw new InvalidOperationException($"A formula has no {node.GetType().Name}."),
        };
    }

    private FormulaValue Look(string name)
    {
        if (found.TryGetValue(name, out var known))
        {
            return known;
        }

        var fact = facts.Find(name);
        var value = fact?.Value switch
        {
            null => new FormulaValue.Missing($"there is no fact '{name}'"),
            FormulaValue.Missing none => new FormulaValue.Missing($"'{name}' is missing: {none.Reason}"),
            var there => there,
        };
        if (value is FormulaValue.Missing nothing)
        {
            missing.Add(nothing.Reason);
        }
        else
        {
            inputs.Add(new DerivationInput(name, value.ToText(), fact!.Source, At: fact.At));
        }

        found[name] = value;
        return value;
    }

    private FormulaValue Not(FormulaNode.Not node)
    {
        var operand = Value(node.Operand);
        return Step($"not {Shown(node.Operand, operand)}", operand switch
        {
            FormulaValue.Flag flag => new FormulaValue.Flag(!flag.Value),
            FormulaValue.Missing => operand,
            _ => new FormulaValue.Missing($"'not' does not take {operand.Type.Name()}"),
        });
    }

    private FormulaValue Negated(FormulaNode.Negate node)
    {
        var operand = Value(node.Operand);
        var value = FormulaArithmetic.Negated(operand);
        return node.Operand is FormulaNode.Literal ? value : Step($"-{Shown(node.Operand, operand)}", value);
    }

    private FormulaValue Tested(FormulaNode.IsMissing node)
    {
        var operand = Value(node.Operand);
        return Step($"{Shown(node.Operand, operand)} is missing", new FormulaValue.Flag(operand is FormulaValue.Missing));
    }

    // Only the branch that counts is computed, so that the derivation tells nothing that does not matter.
    private FormulaValue Chosen(FormulaNode.If node)
    {
        var condition = Value(node.Condition);
        return condition switch
        {
            FormulaValue.Flag { Value: true } => Step($"if {Shown(node.Condition, condition)}: then", Value(node.Then)),
            FormulaValue.Flag => Step($"if {Shown(node.Condition, condition)}: else", Value(node.Else)),
            FormulaValue.Missing => Step("if missing", condition),
            _ => Step("if", new FormulaValue.Missing($"the condition of 'if' is {condition.Type.Name()}, not yes or no")),
        };
    }

    private FormulaValue Otherwise(FormulaNode.Binary node)
    {
        var left = Value(node.Left);
        return left is not FormulaValue.Missing
            ? Step($"{Shown(node.Left, left)} otherwise …", left)
            : Step($"{Shown(node.Left, left)} otherwise", Value(node.Right));
    }

    private FormulaValue Joined(FormulaNode.Binary node)
    {
        var left = Value(node.Left);
        var right = Value(node.Right);
        taken += right is FormulaValue.List list ? list.Values.Count : 0;
        var value = taken > FormulaLimits.Steps ? TooLong
            : node.Operator is FormulaOperator.And or FormulaOperator.Or ? Decided(node.Operator, left, right)
            : Combined(left, right) is { } nothing ? nothing
            : FormulaArithmetic.Apply(node.Operator, left, right);
        return Step($"{Shown(node.Left, left)} {node.Operator.Symbol()} {Shown(node.Right, right)}", value);
    }

    /// <summary>One "no" decides an <c>and</c> and one "yes" an <c>or</c>, even when the other side is missing.</summary>
    private static FormulaValue Decided(FormulaOperator operation, FormulaValue left, FormulaValue right)
    {
        var decisive = new FormulaValue.Flag(operation == FormulaOperator.Or);
        foreach (var side in new[] { left, right })
        {
            if (side is not (FormulaValue.Flag or FormulaValue.Missing))
            {
                return new FormulaValue.Missing($"'{operation.Symbol()}' does not take {side.Type.Name()}");
            }
        }

        return left.Equals(decisive) || right.Equals(decisive) ? decisive : Combined(left, right) ?? (FormulaValue)new FormulaValue.Flag(!decisive.Value);
    }

    private FormulaValue Called(FormulaNode.Call node)
    {
        var values = node.Arguments.Select(Value).ToList();
        taken += values.OfType<FormulaValue.List>().Sum(list => list.Values.Count);
        var text = $"{node.Function}({string.Join(", ", node.Arguments.Zip(values, Shown))})";
        if (taken > FormulaLimits.Steps)
        {
            return Step(text, TooLong);
        }

        if (!FormulaFunctions.All.TryGetValue(node.Function, out var function) || !function.Signatures.Any(signature => signature.Fits([.. values.Select(_ => FormulaType.Unknown)])))
        {
            return Step(text, new FormulaValue.Missing($"'{node.Function}' cannot be called so"));
        }

        var nothing = function.TakesMissing ? null : values.Concat(FormulaFunctions.Flat(values)).OfType<FormulaValue.Missing>().FirstOrDefault();
        return Step(text, nothing ?? FormulaArithmetic.Guarded(() => function.Apply(values)
            ?? new FormulaValue.Missing($"{function.Name} does not take {string.Join(" and ", values.Select(value => value.ToText()))}")));
    }

    private static FormulaValue.Missing? Combined(FormulaValue left, FormulaValue right) => (left, right) switch
    {
        (FormulaValue.Missing a, FormulaValue.Missing b) when a.Reason != b.Reason && a.Reason.Length + b.Reason.Length < LongestReason => new FormulaValue.Missing($"{a.Reason}; {b.Reason}"),
        (FormulaValue.Missing a, _) => a,
        (_, FormulaValue.Missing b) => b,
        _ => null,
    };

    private FormulaValue Step(string text, FormulaValue value)
    {
        steps.Add(new DerivationStep(text, value.ToText()));
        return value;
    }

    /// <summary>A fact with its value, a literal as it is, anything else by its value, because its own step stands above.</summary>
    private static string Shown(FormulaNode node, FormulaValue value) => node switch
    {
        FormulaNode.FactName fact => value is FormulaValue.Missing ? $"{fact.Name} (missing)" : $"{fact.Name} {value.ToText()}",
        _ => value is FormulaValue.Missing ? "missing" : value.ToText(),
    };
}
