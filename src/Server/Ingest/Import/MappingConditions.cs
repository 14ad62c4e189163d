using Cairn.Domain.Ingest.Import;
using YamlDotNet.RepresentationModel;

namespace Cairn.Server.Ingest.Import;

/// <summary>Reads conditions, the named ones under <c>filters</c>, and the checks that flag rows by them.</summary>
internal static class MappingConditions
{
    public static readonly string[] CheckKeys = ["says", "when", "case_variants_of", "show"];
    private static readonly string[] Tests = ["matches", "not_matches", "equals", "above", "below", "blank"];
    public static readonly string[] Keys = ["column", "field", .. Tests, "all", "any", "not"];

    public static void ReadFilters(MappingNode root, MappingScope scope)
    {
        foreach (var (_, name, node) in MappingNode.Of(root.Node("filters"), scope.Faults, "filters")?.Members() ?? [])
        {
            // A faulty filter is registered as one that never holds, so that its name is not reported again at each use.
            scope.Filters[name] = Read(node, scope, 0) ?? new Any([]);
        }
    }

    public static IReadOnlyList<CheckRule> ReadChecks(MappingNode root, MappingScope scope)
    {
        var checks = new List<CheckRule>();
        foreach (var (at, name, value) in MappingNode.Of(root.Node("checks"), scope.Faults, "checks")?.Members() ?? [])
        {
            var node = MappingNode.Of(value, scope.Faults, $"The check '{name}'", CheckKeys);
            if (node is null)
            {
                continue;
            }

            if (name is ImportTally.ExactRepeat or CheckRule.TimeSkipped or CheckRule.TimeTwice)
            {
                scope.Faults.Add(at, "reserved-name", $"'{name}' is always checked; choose another name.");
            }

            if (node.Has("when") == node.Has("case_variants_of"))
            {
                scope.Faults.Add(at, "check-needs-one", $"The check '{name}' needs either 'when' (a condition) or 'case_variants_of' (a column).");
            }

            checks.Add(ReadCheck(name, node, scope));
        }

        return checks;
    }

    /// <summary>
    /// Reads a condition: the name of a filter, a list (all of them), all/any/not, or one column or field with its tests.
    /// Null, with a fault, when it is none.
    /// </summary>
    public static Condition? Read(YamlNode at, MappingScope scope, int depth)
    {
        if (depth > ImportLimits.ConditionDepth)
        {
            scope.Faults.Add(at, "nested-too-deep", $"Conditions nest at most {ImportLimits.ConditionDepth} deep. Name parts of it under filters.");
            return null;
        }

        if (MappingNode.TextOf(at) is { } name)
        {
            if (scope.Filters.TryGetValue(name, out var filter))
            {
                return filter;
            }

            scope.Faults.Add(at, "unknown-filter", $"'{name}' is not one of the filters above this line. {MappingFaults.Suggest(name, scope.Filters.Keys)}");
            return null;
        }

        if (at is YamlSequenceNode list)
        {
            return new All(Parts(list, scope, depth));
        }

        return MappingNode.Of(at, scope.Faults, "A condition", Keys) is { } node ? ReadNode(node, scope, depth) : null;
    }

    private static CheckRule ReadCheck(string name, MappingNode node, MappingScope scope)
    {
        var condition = node.Node("when") is { } when ? Read(when, scope, 0) : null;
        Operand? variants = node.Has("case_variants_of") ? ColumnOperand(node, "case_variants_of", scope) : null;
        return new CheckRule
        {
            Name = name,
            Says = node.Text("says"),
            When = condition,
            CaseVariantsOf = variants,
            Shows = node.Has("show") ? ColumnOperand(node, "show", scope) : variants ?? condition?.Looks,
        };
    }

    private static Operand? ColumnOperand(MappingNode node, string key, MappingScope scope)
    {
        var name = node.Text(key);
        var column = name is null ? -1 : scope.Column(name, node.Node(key)!);
        return column < 0 ? null : new Operand(name!, false, column);
    }

    private static List<Condition> Parts(YamlNode at, MappingScope scope, int depth)
    {
        if (at is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            scope.Faults.Add(at, "not-a-list", "Here stands a list of at least one condition, each on a line that begins with '-'.");
            return [];
        }

        return [.. list.Children.Select(part => Read(part, scope, depth + 1)).OfType<Condition>()];
    }

    private static Condition? ReadNode(MappingNode node, MappingScope scope, int depth)
    {
        var parts = new List<Condition>();
        if (node.Node("all") is { } all)
        {
            parts.Add(new All(Parts(all, scope, depth)));
        }

        if (node.Node("any") is { } any)
        {
            parts.Add(new Any(Parts(any, scope, depth)));
        }

        if (node.Node("not") is { } not && Read(not, scope, depth + 1) is { } denied)
        {
            parts.Add(new Not(denied));
        }

        var isEmpty = !node.Has("all") && !node.Has("any") && !node.Has("not");
        if (node.Has("column") || node.Has("field") || Tests.Any(node.Has) || isEmpty)
        {
            ReadTests(node, scope, parts);
        }

        return parts.Count == 1 ? parts[0] : new All(parts);
    }

    private static void ReadTests(MappingNode node, MappingScope scope, List<Condition> parts)
    {
        if (node.Has("column") == node.Has("field") || !Tests.Any(node.Has))
        {
            scope.Faults.Add(node.Self, "condition-incomplete", $"A condition names one 'column' (raw text) or one 'field' (read value), and a test: {string.Join(", ", Tests)}.");
            return;
        }

        var found = node.Has("column") ? ColumnOperand(node, "column", scope) : node.Text("field") is { } name ? scope.Field(name, node.Node("field")!) : null;
        var operand = found ?? default;
        // The tests are read even where the operand is at fault, so that their own faults come out in the same run.
        foreach (var key in Tests.Where(node.Has))
        {
            Condition? part = key switch
            {
                "matches" or "not_matches" => Pattern(node, key, operand, scope),
                "above" or "below" => Limit(node, key, operand, found is not null, scope),
                "blank" => new Blank(operand, node.Flag(key)),
                _ => Equality(node, operand, found is not null, scope),
            };
            if (part is not null && found is not null)
            {
                parts.Add(part);
            }
        }
    }

    private static Matches? Pattern(MappingNode node, string key, Operand operand, MappingScope scope)
    {
        if (node.Text(key) is not { } text)
        {
            return null;
        }

        var pattern = Matches.TryCompile(text, out var why);
        if (pattern is null)
        {
            scope.Faults.Add(node.Node(key)!, "bad-pattern", $"'{text}' is no pattern: {why}.");
        }

        return pattern is null ? null : new Matches(operand, pattern, key == "matches");
    }

    private static Compared? Limit(MappingNode node, string key, Operand operand, bool isKnown, MappingScope scope)
    {
        if (node.Has("column") || (isKnown && !scope.Fields[operand.Index].IsNumber))
        {
            scope.Faults.Add(node.Node(key)!, "not-a-number-field", $"'{key}' needs a field of type integer, decimal or money; a column is raw text.");
            return null;
        }

        return Number(node, key, scope) is { } limit ? new Compared(operand, limit, key == "above") : null;
    }

    private static EqualTo? Equality(MappingNode node, Operand operand, bool isKnown, MappingScope scope)
    {
        if (node.Text("equals") is not { } text)
        {
            return null;
        }

        var isNumber = isKnown && operand.IsField && scope.Fields[operand.Index].IsNumber;
        return isNumber ? Number(node, "equals", scope) is { } number ? new EqualTo(operand, text, number) : null : new EqualTo(operand, text, null);
    }

    private static ExactDecimal? Number(MappingNode node, string key, MappingScope scope)
    {
        if (node.Text(key) is not { } text)
        {
            return null;
        }

        if (ExactDecimal.TryRead(text, '.', out var number))
        {
            return number;
        }

        scope.Faults.Add(node.Node(key)!, "not-a-number", $"'{key}: {text}' is not a number. Write digits, with '.' as decimal point.");
        return null;
    }
}
