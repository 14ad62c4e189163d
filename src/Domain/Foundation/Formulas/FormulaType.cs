namespace Cairn.Domain.Foundation.Formulas;

/// <summary>What kind of value a formula yields or a fact has, as far as it is known before evaluation.</summary>
public enum FormulaType
{
    /// <summary>Only evaluation tells: a fact whose type was not stated, or a choice between different types.</summary>
    Unknown,

    /// <summary>A number without a unit; shares are in percent points.</summary>
    Number,

    /// <summary>An amount in one currency.</summary>
    Money,

    /// <summary>A length of time; a day is 24 hours.</summary>
    Duration,

    /// <summary>A day of the calendar.</summary>
    Date,

    /// <summary>A point in time.</summary>
    Instant,

    /// <summary>A text.</summary>
    Text,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>Several values in order.</summary>
    List,
}

/// <summary>How messages call the types.</summary>
public static class FormulaTypes
{
    /// <summary>The type with its article.</summary>
    public static string Name(this FormulaType type) => type switch
    {
        FormulaType.Unknown => "any value",
        FormulaType.Number => "a number",
        FormulaType.Money => "an amount of money",
        FormulaType.Duration => "a duration",
        FormulaType.Date => "a date",
        FormulaType.Instant => "a point in time",
        FormulaType.Text => "a text",
        FormulaType.Boolean => "yes or no",
        FormulaType.List => "a list",
    };
}
