namespace Cairn.Domain.Foundation.Formulas;

/// <summary>A part of a formula. Equal parts mean the same; where they stood in the text is not part of them.</summary>
public abstract record FormulaNode
{
    private FormulaNode()
    {
    }

    /// <summary>The parts within, in the order of the text.</summary>
    public abstract IReadOnlyList<FormulaNode> Parts { get; }

    /// <summary>A value that is written out; never negative, never missing, never a list.</summary>
    public sealed record Literal(FormulaValue Value) : FormulaNode
    {
        /// <inheritdoc/>
        public override IReadOnlyList<FormulaNode> Parts => [];
    }

    /// <summary>A fact by its name.</summary>
    public sealed record FactName(string Name) : FormulaNode
    {
        /// <inheritdoc/>
        public override IReadOnlyList<FormulaNode> Parts => [];
    }

    /// <summary><c>not x</c>.</summary>
    public sealed record Not(FormulaNode Operand) : FormulaNode
    {
        /// <inheritdoc/>
        public override IReadOnlyList<FormulaNode> Parts => [Operand];
    }

    /// <summary><c>-x</c>.</summary>
    public sealed record Negate(FormulaNode Operand) : FormulaNode
    {
        /// <inheritdoc/>
        public override IReadOnlyList<FormulaNode> Parts => [Operand];
    }

    /// <summary><c>x is missing</c>.</summary>
    public sealed record IsMissing(FormulaNode Operand) : FormulaNode
    {
        /// <inheritdoc/>
        public override IReadOnlyList<FormulaNode> Parts => [Operand];
    }

    /// <summary>Two values and what is done with them.</summary>
    public sealed record Binary(FormulaOperator Operator, FormulaNode Left, FormulaNode Right) : FormulaNode
    {
        /// <inheritdoc/>
        public override IReadOnlyList<FormulaNode> Parts => [Left, Right];
    }

    /// <summary><c>if x then a else b</c>.</summary>
    public sealed record If(FormulaNode Condition, FormulaNode Then, FormulaNode Else) : FormulaNode
    {
        /// <inheritdoc/>
        public override IReadOnlyList<FormulaNode> Parts => [Condition, Then, Else];
    }

    /// <summary><c>[a, b]</c>.</summary>
    public sealed record ListOf(IReadOnlyList<FormulaNode> Items) : FormulaNode
    {
        /// <inheritdoc/>
        public override IReadOnlyList<FormulaNode> Parts => Items;

        /// <summary>Equal item by item.</summary>
        public bool Equals(ListOf? other) => other is not null && Items.SequenceEqual(other.Items);

        /// <inheritdoc/>
        public override int GetHashCode() => Items.Aggregate(Items.Count, HashCode.Combine);
    }

    /// <summary>A function and what it is applied to.</summary>
    public sealed record Call(string Function, IReadOnlyList<FormulaNode> Arguments) : FormulaNode
    {
        /// <inheritdoc/>
        public override IReadOnlyList<FormulaNode> Parts => Arguments;

        /// <summary>Equal argument by argument.</summary>
        public bool Equals(Call? other) => other is not null && Function == other.Function && Arguments.SequenceEqual(other.Arguments);

        /// <inheritdoc/>
        public override int GetHashCode() => Arguments.Aggregate(Function.GetHashCode(StringComparison.Ordinal), HashCode.Combine);
    }
}

/// <summary>What is done with two values.</summary>
public enum FormulaOperator
{
    /// <summary>At least one is yes.</summary>
    Or,

    /// <summary>Both are yes.</summary>
    And,

    /// <summary>The same value.</summary>
    Equal,

    /// <summary>Different values.</summary>
    NotEqual,

    /// <summary>Left is smaller, or earlier.</summary>
    Less,

    /// <summary>Left is not greater.</summary>
    LessOrEqual,

    /// <summary>Left is greater, or later.</summary>
    Greater,

    /// <summary>Left is not smaller.</summary>
    GreaterOrEqual,

    /// <summary>Left is an element of right.</summary>
    In,

    /// <summary>Left, or right when left is missing.</summary>
    Otherwise,

    /// <summary>Sum.</summary>
    Add,

    /// <summary>Difference.</summary>
    Subtract,

    /// <summary>Product.</summary>
    Multiply,

    /// <summary>Quotient.</summary>
    Divide,
}

/// <summary>How operators are written and how tightly they bind.</summary>
internal static class FormulaOperators
{
    public const int Loosest = 1;
    public const int NotBinds = 4;
    public const int ComparisonBinds = 5;
    public const int NegateBinds = 9;
    public const int Tightest = 10;

    public static string Symbol(this FormulaOperator operation) => operation switch
    {
        FormulaOperator.Or => "or",
        FormulaOperator.And => "and",
        FormulaOperator.Equal => "=",
        FormulaOperator.NotEqual => "!=",
        FormulaOperator.Less => "<",
        FormulaOperator.LessOrEqual => "<=",
        FormulaOperator.Greater => ">",
        FormulaOperator.GreaterOrEqual => ">=",
        FormulaOperator.In => "in",
        FormulaOperator.Otherwise => "otherwise",
        FormulaOperator.Add => "+",
        FormulaOperator.Subtract => "-",
        FormulaOperator.Multiply => "*",
        FormulaOperator.Divide => "/",
    };

    /// <summary>The higher, the tighter; <c>if</c> is 1, <c>not</c> 4, a minus before a value 9.</summary>
    public static int Binds(this FormulaOperator operation) => operation switch
    {
        FormulaOperator.Or => 2,
        FormulaOperator.And => 3,
        FormulaOperator.Equal or FormulaOperator.NotEqual or FormulaOperator.Less or FormulaOperator.LessOrEqual
            or FormulaOperator.Greater or FormulaOperator.GreaterOrEqual or FormulaOperator.In => ComparisonBinds,
        FormulaOperator.Otherwise => 6,
        FormulaOperator.Add or FormulaOperator.Subtract => 7,
        FormulaOperator.Multiply or FormulaOperator.Divide => 8,
    };
}
