namespace Cairn.Domain.Ingest.Import;

/// <summary>How a control sum is made.</summary>
public enum ControlSumKind
{
    /// <summary>A field, or a product of fields, added up over the rows of the filter; a blank factor adds nothing.</summary>
    Sum,

    /// <summary>The number of rows of the filter.</summary>
    Count,

    /// <summary>The number of different values of a column or field over the rows of the filter; blanks are not counted.</summary>
    Distinct,

    /// <summary>Other control sums added and subtracted.</summary>
    Combine,
}

/// <summary>One figure that the source's own books can be compared with.</summary>
public sealed record ControlSum
{
    /// <summary>The figure's name in the report.</summary>
    public required string Name { get; init; }

    /// <summary>How it is made.</summary>
    public required ControlSumKind Kind { get; init; }

    /// <summary>Which rows count; null for all.</summary>
    public Condition? Filter { get; init; }

    /// <summary>Whether the report also gives it by month of the event, in the mapping's zone.</summary>
    public bool IsMonthly { get; init; }

    /// <summary>The factors of <see cref="ControlSumKind.Sum"/>.</summary>
    public IReadOnlyList<Operand> Factors { get; init; } = [];

    /// <summary>Whether the product counts with the other sign.</summary>
    public bool IsNegated { get; init; }

    /// <summary>What <see cref="ControlSumKind.Distinct"/> tells apart.</summary>
    public Operand Subject { get; init; }

    /// <summary>The earlier control sums of <see cref="ControlSumKind.Combine"/> and whether each is subtracted.</summary>
    public IReadOnlyList<(int Sum, bool IsSubtracted)> Terms { get; init; } = [];

    /// <summary>What one row adds.</summary>
    public Measure Of(RowValues row)
    {
        if (Kind == ControlSumKind.Combine || (Filter is { } filter && !filter.Holds(row)))
        {
            return default;
        }

        return Kind switch
        {
            ControlSumKind.Sum => Product(row),
            ControlSumKind.Count => new Measure(true, default, null),
            ControlSumKind.Distinct => Subject.IsBlankIn(row) ? default : new Measure(true, default, Subject.TextIn(row)),
            ControlSumKind.Combine => default,
        };
    }

    private Measure Product(RowValues row)
    {
        var product = default(ExactDecimal);
        for (var at = 0; at < Factors.Count; at++)
        {
            var factor = row.Fields[Factors[at].Index];
            if (factor.IsNull)
            {
                return default;
            }

            product = at == 0 ? factor.Number : product * factor.Number;
        }

        return new Measure(true, IsNegated ? -product : product, null);
    }
}

/// <summary>What one row adds to one control sum: nothing, an amount, or a value to be told apart.</summary>
public readonly record struct Measure(bool Counts, ExactDecimal Amount, string? Key);
