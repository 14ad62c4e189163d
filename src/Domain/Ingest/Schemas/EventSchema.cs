using System.Text.Json;
using System.Text.RegularExpressions;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Import;

namespace Cairn.Domain.Ingest.Schemas;

/// <summary>The JSON types that a schema may ask for; a whole number is a number too.</summary>
[Flags]
public enum SchemaTypes
{
    /// <summary>Nothing is asked for.</summary>
    None = 0,

    /// <summary>A null.</summary>
    Null = 1,

    /// <summary>True or false.</summary>
    Boolean = 2,

    /// <summary>An object.</summary>
    Object = 4,

    /// <summary>A list.</summary>
    Array = 8,

    /// <summary>Any number.</summary>
    Number = 16,

    /// <summary>A text.</summary>
    String = 32,

    /// <summary>A number without a fraction; 1.0 is one.</summary>
    Integer = 64,
}

/// <summary>The formats that are checked.</summary>
public enum SchemaFormat
{
    /// <summary>An RFC 3339 time with its zone.</summary>
    DateTime,

    /// <summary>A day such as 2026-03-02.</summary>
    Date,

    /// <summary>A mail address: one @, a name before it, a domain after it.</summary>
    Email,

    /// <summary>An absolute URI.</summary>
    Uri,
}

/// <summary>
/// One schema of the supported part of JSON Schema 2020-12 (<c>docs/guides/data-quality.md</c> lists it). Immutable once
/// read by <see cref="SchemaReader"/>; a reference points to its target.
/// </summary>
public sealed class SchemaNode
{
    /// <summary>Whether the whole schema is just <c>true</c> or <c>false</c>.</summary>
    public bool? Always { get; internal set; }

    /// <summary>The allowed types.</summary>
    public SchemaTypes Types { get; internal set; }

    /// <summary>Where a reference leads, before it is resolved.</summary>
    public string? Reference { get; internal set; }

    /// <summary>Where a reference leads.</summary>
    public SchemaNode? Target { get; internal set; }

    /// <summary>Schemas of named members.</summary>
    public Dictionary<string, SchemaNode> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>Members that must be there.</summary>
    public List<string> Required { get; } = [];

    /// <summary>The schema of all other members.</summary>
    public SchemaNode? AdditionalProperties { get; internal set; }

    /// <summary>The values of which it must be one.</summary>
    public List<JsonElement>? Enum { get; internal set; }

    /// <summary>The one value that it must be.</summary>
    public JsonElement? Const { get; internal set; }

    /// <summary>At least.</summary>
    public ExactDecimal? Minimum { get; internal set; }

    /// <summary>At most.</summary>
    public ExactDecimal? Maximum { get; internal set; }

    /// <summary>More than.</summary>
    public ExactDecimal? ExclusiveMinimum { get; internal set; }

    /// <summary>Less than.</summary>
    public ExactDecimal? ExclusiveMaximum { get; internal set; }

    /// <summary>The least characters.</summary>
    public int? MinLength { get; internal set; }

    /// <summary>The most characters.</summary>
    public int? MaxLength { get; internal set; }

    /// <summary>A pattern that must be found somewhere in the text; never backtracks.</summary>
    public Regex? Pattern { get; internal set; }

    /// <summary>What the text must be the form of.</summary>
    public SchemaFormat? Format { get; internal set; }

    /// <summary>The schema of a list's items.</summary>
    public SchemaNode? Items { get; internal set; }

    /// <summary>The least items.</summary>
    public int? MinItems { get; internal set; }

    /// <summary>The most items.</summary>
    public int? MaxItems { get; internal set; }

    /// <summary>Schemas that must all hold.</summary>
    public List<SchemaNode> AllOf { get; } = [];

    /// <summary>Schemas of which one must hold.</summary>
    public List<SchemaNode> AnyOf { get; } = [];

    /// <summary>Schemas of which exactly one must hold.</summary>
    public List<SchemaNode> OneOf { get; } = [];

    /// <summary>The schemas that look at the same value as this one.</summary>
    internal IEnumerable<SchemaNode> InPlace()
    {
        if (Target is not null)
        {
            yield return Target;
        }

        foreach (var node in AllOf.Concat(AnyOf).Concat(OneOf))
        {
            yield return node;
        }
    }
}

/// <summary>A schema that was read without a fault, ready to check payloads. Safe for several threads.</summary>
public sealed class EventSchema
{
    private readonly SchemaNode root;

    internal EventSchema(SchemaNode root) => this.root = root;

    /// <summary>Everything that is wrong with a payload, each with a JSON pointer into it; empty when it fits.</summary>
    public IReadOnlyList<Fault> Check(JsonElement payload)
    {
        var check = new SchemaCheck();
        check.Run(root, payload);
        return check.Faults;
    }
}
