using System.Globalization;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Entities;
using Cairn.Domain.Ingest.Import;

namespace Cairn.Domain.Ingest.Schemas;

/// <summary>One check of one payload. Total: every schema that was read and every payload end in a list of faults.</summary>
internal sealed class SchemaCheck
{
    private readonly List<Fault> faults = [];
    private readonly List<string> path = [];
    private int steps;
    private bool isGivenUp;

    public IReadOnlyList<Fault> Faults => faults;

    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public void Run(SchemaNode node, JsonElement value)
    {
        if (isGivenUp || faults.Count >= SchemaLimits.FaultsListed)
        {
            return;
        }

        if (++steps > SchemaLimits.Steps)
        {
            isGivenUp = true;
            Add("schema-too-costly", $"Checking takes more than {SchemaLimits.Steps} steps. Simplify the alternatives (anyOf, oneOf) of the schema.");
            return;
        }

        if (node.Always is { } always)
        {
            if (!always)
            {
                Add("schema-not-allowed", "Nothing is allowed here. Leave it out.");
            }

            return;
        }

        if (!TypeFits(node, value))
        {
            // Further rules would only say the same again in other words.
            return;
        }

        Values(node, value);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object: Members(node, value); break;
            case JsonValueKind.Array: Items(node, value); break;
            case JsonValueKind.String: Text(node, value.GetString()!); break;
            case JsonValueKind.Number: Number(node, value); break;
        }

        Combinations(node, value);
    }

    private void Add(string code, string detail) => faults.Add(new Fault(string.Concat(path), code, detail));

    private bool TypeFits(SchemaNode node, JsonElement value)
    {
        if (node.Types == SchemaTypes.None || (node.Types & TypeOf(value)) != SchemaTypes.None
            || (value.ValueKind == JsonValueKind.Number && node.Types.HasFlag(SchemaTypes.Integer) && IsWhole(value)))
        {
            return true;
        }

        Add("schema-type", $"Expected {Named(node.Types)}, but it is {Named(TypeOf(value))}.");
        return false;
    }

    private void Values(SchemaNode node, JsonElement value)
    {
        if (node.Const is { } one && !Same(one, value))
        {
            Add("schema-const", $"It must be {InputFaults.Shorten(one.GetRawText())}.");
        }

        if (node.Enum is { } allowed && !allowed.Exists(item => Same(item, value)))
        {
            Add("schema-enum", $"It must be one of {InputFaults.Shorten(string.Join(", ", allowed.Select(item => item.GetRawText())))}.");
        }
    }

    private void Members(SchemaNode node, JsonElement value)
    {
        foreach (var name in node.Required)
        {
            if (!value.TryGetProperty(name, out _))
            {
                Within("/" + Escape(name), () => Add("schema-required", $"'{InputFaults.Shorten(name)}' is missing. Add it."));
            }
        }

        if (node.Properties.Count == 0 && node.AdditionalProperties is null)
        {
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            if ((node.Properties.GetValueOrDefault(member.Name) ?? node.AdditionalProperties) is { } schema)
            {
                Within("/" + Escape(member.Name), () => Run(schema, member.Value));
            }
        }
    }

    private void Items(SchemaNode node, JsonElement value)
    {
        var count = value.GetArrayLength();
        if (count < node.MinItems)
        {
            Add("schema-min-items", $"It has {count} items and needs at least {node.MinItems}.");
        }

        if (count > node.MaxItems)
        {
            Add("schema-max-items", $"It has {count} items and may have at most {node.MaxItems}.");
        }

        if (node.Items is not { } schema)
        {
            return;
        }

        var place = 0;
        foreach (var item in value.EnumerateArray())
        {
            Within("/" + place++.ToString(CultureInfo.InvariantCulture), () => Run(schema, item));
        }
    }

    private void Text(SchemaNode node, string text)
    {
        if (node.MinLength is not null || node.MaxLength is not null)
        {
            // JSON Schema counts characters, not the halves of surrogate pairs.
            var length = text.Length - text.Count(char.IsLowSurrogate);
            if (length < node.MinLength)
            {
                Add("schema-min-length", $"It has {length} characters and needs at least {node.MinLength}.");
            }

            if (length > node.MaxLength)
            {
                Add("schema-max-length", $"It has {length} characters and may have at most {node.MaxLength}.");
            }
        }

        if (node.Pattern is { } pattern && !pattern.IsMatch(text))
        {
            Add("schema-pattern", $"It does not fit the pattern {InputFaults.Shorten(pattern.ToString())}.");
        }

        if (node.Format is { } format && SchemaFormats.Wrong(format, text) is { } expected)
        {
            Add("schema-format", $"It is no {expected}.");
        }
    }

    private void Number(SchemaNode node, JsonElement value)
    {
        if (node.Minimum is null && node.Maximum is null && node.ExclusiveMinimum is null && node.ExclusiveMaximum is null)
        {
            return;
        }

        if (!JsonNumber.TryRead(value.GetRawText(), out var number))
        {
            Add("schema-number", $"It has more than {ImportLimits.NumberDigits} digits, so its bounds are not checked.");
            return;
        }

        Bound(node.Minimum, least => number.CompareTo(least) >= 0, "schema-minimum", "at least");
        Bound(node.Maximum, most => number.CompareTo(most) <= 0, "schema-maximum", "at most");
        Bound(node.ExclusiveMinimum, least => number.CompareTo(least) > 0, "schema-exclusive-minimum", "more than");
        Bound(node.ExclusiveMaximum, most => number.CompareTo(most) < 0, "schema-exclusive-maximum", "less than");
    }

    private void Bound(ExactDecimal? bound, Func<ExactDecimal, bool> holds, string code, string words)
    {
        if (bound is { } number && !holds(number))
        {
            Add(code, $"It must be {words} {number}.");
        }
    }

    private void Combinations(SchemaNode node, JsonElement value)
    {
        if (node.Target is { } target)
        {
            Run(target, value);
        }

        foreach (var part in node.AllOf)
        {
            Run(part, value);
        }

        if (node.AnyOf.Count > 0 && Alternatives(node.AnyOf, value, stopAtFirst: true) is { Fitting: 0 } none)
        {
            Add("schema-any-of", $"It fits none of the {node.AnyOf.Count} alternatives; nearest: {none.Nearest}");
        }

        if (node.OneOf.Count > 0 && Alternatives(node.OneOf, value, stopAtFirst: false) is { Fitting: not 1 } some)
        {
            Add("schema-one-of", some.Fitting == 0
                ? $"It fits none of the {node.OneOf.Count} alternatives; nearest: {some.Nearest}"
                : $"It fits {some.Fitting} of the {node.OneOf.Count} alternatives and must fit exactly one.");
        }
    }

    private (int Fitting, string Nearest) Alternatives(List<SchemaNode> alternatives, JsonElement value, bool stopAtFirst)
    {
        var fitting = 0;
        var fewest = int.MaxValue;
        var nearest = "";
        foreach (var alternative in alternatives)
        {
            var before = faults.Count;
            Run(alternative, value);
            if (isGivenUp)
            {
                return (1, "");
            }

            var found = faults.Count - before;
            if (found == 0 && before < SchemaLimits.FaultsListed)
            {
                fitting++;
                if (stopAtFirst)
                {
                    return (fitting, "");
                }
            }
            else if (found > 0 && found < fewest)
            {
                fewest = found;
                nearest = $"{(faults[before].Pointer.Length > 0 ? faults[before].Pointer + ": " : "")}{faults[before].Detail}";
            }

            faults.RemoveRange(before, found);
        }

        return (fitting, nearest);
    }

    private void Within(string step, Action check)
    {
        path.Add(step);
        check();
        path.RemoveAt(path.Count - 1);
    }

    private static bool IsWhole(JsonElement value) => JsonNumber.TryRead(value.GetRawText(), out var number)
        ? (number.Unscaled % System.Numerics.BigInteger.Pow(10, number.Scale)).IsZero
        : !value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E');

    private static SchemaTypes TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => SchemaTypes.Null,
        JsonValueKind.True or JsonValueKind.False => SchemaTypes.Boolean,
        JsonValueKind.Object => SchemaTypes.Object,
        JsonValueKind.Array => SchemaTypes.Array,
        JsonValueKind.Number => SchemaTypes.Number,
        _ => SchemaTypes.String,
    };

    private static string Named(SchemaTypes types) => types.ToString().ToLowerInvariant().Replace(", ", " or ", StringComparison.Ordinal);

    /// <summary>Equality of JSON values: numbers by value (1 is 1.0), objects whatever the order of their members.</summary>
    private static bool Same(JsonElement left, JsonElement right)
    {
        if (left.ValueKind != right.ValueKind)
        {
            return false;
        }

        return left.ValueKind == JsonValueKind.Number
            && JsonNumber.TryRead(left.GetRawText(), out var one) && JsonNumber.TryRead(right.GetRawText(), out var other)
            ? one.CompareTo(other) == 0
            : left.ValueKind switch
            {
                JsonValueKind.Array => left.GetArrayLength() == right.GetArrayLength() && left.EnumerateArray().Zip(right.EnumerateArray(), Same).All(same => same),
                JsonValueKind.Object => left.EnumerateObject().Count() == right.EnumerateObject().Count()
                    && left.EnumerateObject().All(member => right.TryGetProperty(member.Name, out var twin) && Same(member.Value, twin)),
                _ => JsonElement.DeepEquals(left, right),
            };
    }
}
