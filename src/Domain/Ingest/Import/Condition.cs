using System.Text.RegularExpressions;

namespace Cairn.Domain.Ingest.Import;

/// <summary>A mapped row as conditions and sums see it: the raw text of its columns and the values of its fields.</summary>
public readonly ref struct RowValues(string[] cells, FieldValue[] fields)
{
    /// <summary>The raw text of each column, in the order of the mapping.</summary>
    public string[] Cells { get; } = cells;

    /// <summary>The read value of each field, in the order of the mapping.</summary>
    public FieldValue[] Fields { get; } = fields;
}

/// <summary>Where a condition or a sum looks: at a column's raw text or at a field's read value.</summary>
public readonly record struct Operand(string Name, bool IsField, int Index)
{
    /// <summary>The text; empty for a blank.</summary>
    public string TextIn(RowValues row) => IsField ? row.Fields[Index].Text ?? "" : row.Cells[Index];

    /// <summary>Whether there is nothing but white space.</summary>
    public bool IsBlankIn(RowValues row) => string.IsNullOrWhiteSpace(TextIn(row));
}

/// <summary>Something that is true or false of a row. A blank value matches no pattern and is neither above nor below anything.</summary>
public abstract record Condition
{
    /// <summary>Whether the row fulfils it.</summary>
    public abstract bool Holds(RowValues row);

    /// <summary>The first value that the condition looks at: what a flag shows.</summary>
    public abstract Operand? Looks { get; }
}

/// <summary>The whole value fits, or does not fit, a regular expression.</summary>
public sealed record Matches(Operand Operand, Regex Pattern, bool Wanted) : Condition
{
    /// <inheritdoc/>
    public override Operand? Looks => Operand;

    /// <summary>
    /// Makes the expression for a whole value. It runs without backtracking, so that no pattern and no value can
    /// stall an import; look-around and back-references are refused for the same reason.
    /// </summary>
    public static Regex? TryCompile(string pattern, out string? why)
    {
        try
        {
            why = null;
            return new Regex($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception refused) when (refused is ArgumentException or NotSupportedException)
        {
            why = refused is NotSupportedException ? "look-around and back-references are not available here" : refused.Message;
            return null;
        }
    }

    /// <inheritdoc/>
    public override bool Holds(RowValues row) => !Operand.IsBlankIn(row) && Pattern.IsMatch(Operand.TextIn(row)) == Wanted;
}

/// <summary>The value is exactly this text (for a number field: the same number, whatever its zeros).</summary>
public sealed record EqualTo(Operand Operand, string Text, ExactDecimal? Number) : Condition
{
    /// <inheritdoc/>
    public override Operand? Looks => Operand;

    /// <inheritdoc/>
    public override bool Holds(RowValues row) => Number is { } number
        ? !row.Fields[Operand.Index].IsNull && row.Fields[Operand.Index].Number.CompareTo(number) == 0
        : Operand.TextIn(row) == Text;
}

/// <summary>The number field is above or below a limit, the limit itself not included.</summary>
public sealed record Compared(Operand Operand, ExactDecimal Limit, bool IsAbove) : Condition
{
    /// <inheritdoc/>
    public override Operand? Looks => Operand;

    /// <inheritdoc/>
    public override bool Holds(RowValues row)
    {
        var value = row.Fields[Operand.Index];
        return !value.IsNull && (IsAbove ? value.Number.CompareTo(Limit) > 0 : value.Number.CompareTo(Limit) < 0);
    }
}

/// <summary>The value is blank, or is not.</summary>
public sealed record Blank(Operand Operand, bool Wanted) : Condition
{
    /// <inheritdoc/>
    public override Operand? Looks => Operand;

    /// <inheritdoc/>
    public override bool Holds(RowValues row) => Operand.IsBlankIn(row) == Wanted;
}

/// <summary>Every one of several conditions holds.</summary>
public sealed record All(IReadOnlyList<Condition> Parts) : Condition
{
    /// <inheritdoc/>
    public override Operand? Looks => Parts.Count == 0 ? null : Parts[0].Looks;

    /// <inheritdoc/>
    public override bool Holds(RowValues row)
    {
        foreach (var part in Parts)
        {
            if (!part.Holds(row))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>At least one of several conditions holds.</summary>
public sealed record Any(IReadOnlyList<Condition> Parts) : Condition
{
    /// <inheritdoc/>
    public override Operand? Looks => Parts.Count == 0 ? null : Parts[0].Looks;

    /// <inheritdoc/>
    public override bool Holds(RowValues row)
    {
        foreach (var part in Parts)
        {
            if (part.Holds(row))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A condition does not hold.</summary>
public sealed record Not(Condition Part) : Condition
{
    /// <inheritdoc/>
    public override Operand? Looks => Part.Looks;

    /// <inheritdoc/>
    public override bool Holds(RowValues row) => !Part.Holds(row);
}
