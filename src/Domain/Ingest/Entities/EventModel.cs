using System.Text.RegularExpressions;
using Cairn.Domain.Ingest.Import;

namespace Cairn.Domain.Ingest.Entities;

/// <summary>What one type of event means for the state of things. Read from a file of <c>models/events</c>; complete and consistent once it exists.</summary>
public sealed record EventModel
{
    /// <summary>The version of the file format that this program writes and reads.</summary>
    public const int Version = 1;

    /// <summary>The type of the events.</summary>
    public required string EventType { get; init; }

    /// <summary>What the events tell, for people.</summary>
    public string? Says { get; init; }

    /// <summary>The entities that an event changes, in order.</summary>
    public required IReadOnlyList<EntityRule> Entities { get; init; }
}

/// <summary>How an event changes one entity.</summary>
public sealed record EntityRule
{
    /// <summary>The kind of thing, for instance <c>sku</c>.</summary>
    public required string EntityType { get; init; }

    /// <summary>Which one.</summary>
    public required IdTemplate Id { get; init; }

    /// <summary>Whether an event without an id is fine and changes nothing; otherwise it is a fault.</summary>
    public bool IsOptional { get; init; }

    /// <summary>All must hold, or the event leaves this entity alone.</summary>
    public IReadOnlyList<PathCondition> When { get; init; } = [];

    /// <summary>The fields that change, in order.</summary>
    public required IReadOnlyList<FieldFold> Fields { get; init; }
}

/// <summary>The three things that can happen to a field.</summary>
public enum FoldKind
{
    /// <summary>The field becomes the value.</summary>
    Set,

    /// <summary>The value is added to the field; a field without a number counts as nothing.</summary>
    Add,

    /// <summary>The value is taken off the field.</summary>
    Subtract,
}

/// <summary>How an event changes one field.</summary>
public sealed record FieldFold
{
    /// <summary>The field's name.</summary>
    public required string Field { get; init; }

    /// <summary>What happens to it.</summary>
    public required FoldKind Kind { get; init; }

    /// <summary>The value, or the factors of a product.</summary>
    public required IReadOnlyList<FoldTerm> Factors { get; init; }

    /// <summary>For <see cref="FoldKind.Set"/>: whether a null leaves the field as it is, because it says "not known" and not "none".</summary>
    public bool IgnoresNull { get; init; }

    /// <summary>What the number counts, for people: <c>pieces</c>, <c>GBP</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>What the field tells, for people.</summary>
    public string? Says { get; init; }

    /// <summary>All must hold, or the event leaves this field alone.</summary>
    public IReadOnlyList<PathCondition> When { get; init; } = [];
}

/// <summary>A value of the event, or a fixed number.</summary>
public sealed record FoldTerm(EventPath? Path, ExactDecimal Number);

/// <summary>An entity's id: fixed text and values of the event, for instance <c>{data.sku}@{data.location}</c>.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Parts">Either a text or a path each.</param>
public sealed record IdTemplate(string Text, IReadOnlyList<(string? Literal, EventPath? Path)> Parts);

/// <summary>A condition on one value of an event. An absent value fulfils only <see cref="IsPresent"/> = false.</summary>
public sealed record PathCondition
{
    /// <summary>Which value.</summary>
    public required EventPath Path { get; init; }

    /// <summary>A number that the value must exceed.</summary>
    public ExactDecimal? Above { get; init; }

    /// <summary>A number that the value must stay under.</summary>
    public ExactDecimal? Below { get; init; }

    /// <summary>A text that the value must be.</summary>
    public string? EqualTo { get; init; }

    /// <summary>A pattern for the whole value; never backtracks, so that no payload can stall the fold.</summary>
    public Regex? Matches { get; init; }

    /// <summary>A pattern that the whole value must not fit.</summary>
    public Regex? NotMatches { get; init; }

    /// <summary>Whether the value must be there (and not null), or must not.</summary>
    public bool? IsPresent { get; init; }

    /// <summary>Whether the event fulfils all that is stated.</summary>
    public bool Holds(EventView view)
    {
        var value = Path.Of(view);
        if (IsPresent is { } present && present == value.IsBlank)
        {
            return false;
        }

        if (value.IsBlank)
        {
            return IsPresent == false;
        }

        var number = default(ExactDecimal);
        if ((Above is not null || Below is not null) && !value.TryNumber(out number))
        {
            return false;
        }

        var text = value.Plain();
        return (Above is not { } above || number.CompareTo(above) > 0)
            && (Below is not { } below || number.CompareTo(below) < 0)
            && (EqualTo is null || text == EqualTo)
            && (Matches is null || (text is not null && Matches.IsMatch(text)))
            && (NotMatches is null || (text is not null && !NotMatches.IsMatch(text)));
    }
}
