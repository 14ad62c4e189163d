using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Formulas;
using NodaTime;

namespace Cairn.Domain.Tests.Foundation.Formulas;

/// <summary>Random trees: well-typed ones, which the parser must give back, and any, which must at least evaluate.</summary>
internal sealed class RandomFormulas(int seed)
{
    private static readonly FormulaType[] Types =
        [FormulaType.Number, FormulaType.Money, FormulaType.Duration, FormulaType.Date, FormulaType.Instant, FormulaType.Text, FormulaType.Boolean, FormulaType.List];

    private static readonly string[] Names =
        ["a", "b.c", "parallel-run", "uptime.percent_7d", "x_1", "no-such", "customer.plan", "customer.arr", "customer.cost", "adoption", "zero", "now", "csat.scores", "checks", "customer.renewal_date", "response.mean"];

    private static readonly FormulaOperator[] Comparisons =
        [FormulaOperator.Less, FormulaOperator.LessOrEqual, FormulaOperator.Greater, FormulaOperator.GreaterOrEqual, FormulaOperator.Equal, FormulaOperator.NotEqual];

    private readonly Random random = new(seed);

    public FormulaNode Typed(int depth) => Typed(Types[random.Next(Types.Length)], depth);

    public FormulaNode Typed(FormulaType type, int depth)
    {
        if (depth == 0 || random.Next(5) == 0)
        {
            return random.Next(3) == 0 ? Fact() : type == FormulaType.List ? new FormulaNode.ListOf([]) : Literal(type);
        }

        return random.Next(6) switch
        {
            0 => new FormulaNode.If(Typed(FormulaType.Boolean, depth - 1), Typed(type, depth - 1), Typed(type, depth - 1)),
            1 => new FormulaNode.Binary(FormulaOperator.Otherwise, new FormulaNode.Binary(FormulaOperator.Otherwise, Fact(), Typed(type, depth - 1)), Typed(type, depth - 1)),
            _ => Own(type, depth - 1),
        };
    }

    /// <summary>Nothing fits anything.</summary>
    public FormulaNode Any(int depth)
    {
        if (depth == 0)
        {
            return random.Next(2) == 0 ? Fact() : Literal(Types[random.Next(Types.Length - 1)]);
        }

        return random.Next(7) switch
        {
            0 => new FormulaNode.Not(Any(depth - 1)),
            1 => new FormulaNode.Negate(Any(depth - 1)),
            2 => new FormulaNode.IsMissing(Any(depth - 1)),
            3 => new FormulaNode.If(Any(depth - 1), Any(depth - 1), Any(depth - 1)),
            4 => new FormulaNode.ListOf([.. Enumerable.Range(0, random.Next(4)).Select(_ => Any(depth - 1))]),
            5 => new FormulaNode.Call(random.Next(10) == 0 ? "nothing" : Formula.Functions.Keys.ElementAt(random.Next(Formula.Functions.Count)), [.. Enumerable.Range(0, random.Next(4)).Select(_ => Any(depth - 1))]),
            _ => new FormulaNode.Binary((FormulaOperator)random.Next(Enum.GetValues<FormulaOperator>().Length), Any(depth - 1), Any(depth - 1)),
        };
    }

    private FormulaNode Own(FormulaType type, int depth) => type switch
    {
        FormulaType.Boolean => Boolean(depth),
        FormulaType.Number => random.Next(3) switch
        {
            0 => new FormulaNode.Call("days_between", [Typed(FormulaType.Date, depth), Typed(FormulaType.Date, depth)]),
            1 => new FormulaNode.Negate(Typed(FormulaType.Number, depth)),
            _ => new FormulaNode.Binary(random.Next(4) switch { 0 => FormulaOperator.Add, 1 => FormulaOperator.Subtract, 2 => FormulaOperator.Multiply, _ => FormulaOperator.Divide }, Typed(type, depth), Typed(type, depth)),
        },
        FormulaType.Money or FormulaType.Duration => random.Next(2) == 0
            ? new FormulaNode.Binary(FormulaOperator.Multiply, Typed(type, depth), Typed(FormulaType.Number, depth))
            : new FormulaNode.Call("max", [Typed(type, depth), Typed(type, depth), new FormulaNode.Negate(Typed(type, depth))]),
        FormulaType.Date => new FormulaNode.Call("add_days", [Typed(type, depth), Typed(FormulaType.Number, depth)]),
        FormulaType.Instant => new FormulaNode.Binary(FormulaOperator.Add, Typed(type, depth), Typed(FormulaType.Duration, depth)),
        FormulaType.Text => new FormulaNode.Call("lower", [Typed(type, depth)]),
        _ => new FormulaNode.ListOf([.. Enumerable.Range(0, random.Next(4)).Select(_ => Typed(depth))]),
    };

    private FormulaNode Boolean(int depth)
    {
        var type = Types[random.Next(5)];
        return random.Next(5) switch
        {
            0 => new FormulaNode.Not(Typed(FormulaType.Boolean, depth)),
            1 => new FormulaNode.IsMissing(Typed(depth)),
            2 => new FormulaNode.Binary(FormulaOperator.In, Typed(depth), Typed(FormulaType.List, depth)),
            3 => new FormulaNode.Binary(Comparisons[random.Next(Comparisons.Length)], Typed(type, depth), Typed(type, depth)),
            _ => new FormulaNode.Binary(random.Next(2) == 0 ? FormulaOperator.And : FormulaOperator.Or, Typed(FormulaType.Boolean, depth), Typed(FormulaType.Boolean, depth)),
        };
    }

    private FormulaNode.FactName Fact() => new(Names[random.Next(Names.Length)]);

    private FormulaNode.Literal Literal(FormulaType type) => new(type switch
    {
        FormulaType.Money => new FormulaValue.Amount(new Money(random.Next(100_000) / 100m, random.Next(2) == 0 ? "USD" : "EUR")),
        FormulaType.Duration => new FormulaValue.Length(Duration.FromSeconds(random.Next(2_000_000)) + Duration.FromNanoseconds(random.Next(3) == 0 ? random.Next(1_000_000_000) : 0)),
        FormulaType.Date => new FormulaValue.Date(new LocalDate(2026, 3, 2).PlusDays(random.Next(-2_000, 2_000))),
        FormulaType.Instant => new FormulaValue.Time(SomeFacts.At + Duration.FromSeconds(random.Next(-100_000_000, 100_000_000))),
        FormulaType.Text => new FormulaValue.Text(string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => "ab \"'\\{}é-=1"[random.Next(12)]))),
        FormulaType.Boolean => new FormulaValue.Flag(random.Next(2) == 0),
        _ => new FormulaValue.Number(random.Next(4) == 0 ? random.Next(1_000_000) / 1_000m : random.Next(200)),
    });
}
