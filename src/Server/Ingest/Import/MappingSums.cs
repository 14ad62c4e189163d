using System.Text.RegularExpressions;
using Cairn.Domain.Ingest.Import;
using YamlDotNet.RepresentationModel;

namespace Cairn.Server.Ingest.Import;

/// <summary>Reads <c>control_sums</c>: the figures that prove an import complete.</summary>
internal static partial class MappingSums
{
    private static readonly string[] Ways = ["sum", "count", "distinct", "combine"];
    public static readonly string[] Keys = ["says", "filter", "per", .. Ways];

    public static IReadOnlyList<ControlSum> Read(MappingNode root, MappingScope scope)
    {
        var sums = new List<ControlSum>();
        foreach (var (at, name, value) in MappingNode.Of(root.Node("control_sums"), scope.Faults, "control_sums")?.Members() ?? [])
        {
            var node = MappingNode.Of(value, scope.Faults, $"The control sum '{name}'", Keys);
            if (node is null)
            {
                continue;
            }

            if (Ways.Count(node.Has) != 1)
            {
                scope.Faults.Add(at, "sum-needs-one", $"The control sum '{name}' needs exactly one of: {string.Join(", ", Ways)}.");
                continue;
            }

            sums.Add(ReadOne(name, node, sums, scope));
        }

        return sums;
    }

    private static ControlSum ReadOne(string name, MappingNode node, List<ControlSum> above, MappingScope scope)
    {
        node.OneOf("per", "month");
        var sum = new ControlSum
        {
            Name = name,
            Kind = node.Has("sum") ? ControlSumKind.Sum : node.Has("count") ? ControlSumKind.Count : node.Has("distinct") ? ControlSumKind.Distinct : ControlSumKind.Combine,
            Filter = node.Node("filter") is { } filter ? MappingConditions.Read(filter, scope, 0) : null,
            IsMonthly = node.Has("per"),
        };
        switch (sum.Kind)
        {
            case ControlSumKind.Sum:
                var text = node.Text("sum") ?? "";
                return sum with { Factors = ReadFactors(text, node.Node("sum")!, scope), IsNegated = text.TrimStart().StartsWith('-') };
            case ControlSumKind.Count:
                node.OneOf("count", "rows");
                return sum;
            case ControlSumKind.Distinct:
                return sum with { Subject = ReadSubject(node, scope) };
            case ControlSumKind.Combine:
                if (node.Has("filter"))
                {
                    scope.Faults.Add(node.Node("filter")!, "option-does-nothing", "A combination has no filter of its own. Put it on the sums that it combines.");
                }

                return sum with { Terms = ReadTerms(node, above, scope) };
        }

        return sum;
    }

    /// <summary>The product of a sum: fields joined by '*', with a '-' before the first to count with the other sign.</summary>
    private static List<Operand> ReadFactors(string text, YamlNode at, MappingScope scope)
    {
        var factors = new List<Operand>();
        if (!Product().IsMatch(text))
        {
            scope.Faults.Add(at, "bad-product", $"'{text}' is neither a field nor a product of fields. Example: 'quantity * unitPrice', or '-quantity * unitPrice'.");
            return factors;
        }

        foreach (var name in text.Trim().TrimStart('-').Split('*', StringSplitOptions.TrimEntries))
        {
            if (scope.Field(name, at) is not { } field)
            {
                continue;
            }

            if (!scope.Fields[field.Index].IsNumber)
            {
                scope.Faults.Add(at, "not-a-number-field", $"'{name}' cannot be summed: it is no number. Give the field type integer, decimal or money.");
            }

            factors.Add(field);
        }

        if (factors.Count(factor => scope.Fields[factor.Index].Type == FieldType.Money) > 1)
        {
            scope.Faults.Add(at, "money-times-money", "Money times money means nothing. Multiply one amount by plain numbers.");
        }

        return factors;
    }

    private static Operand ReadSubject(MappingNode node, MappingScope scope)
    {
        var name = node.Text("distinct");
        if (name is null)
        {
            return default;
        }

        // A name may be a column or a field; the column wins, because distinct values are most often keys as the source wrote them.
        if (!scope.Columns.Contains(name) && (scope.Fields.Any(field => field.Name == name) || scope.FaultyFields.Contains(name)))
        {
            return scope.Field(name, node.Node("distinct")!) ?? default;
        }

        return new Operand(name, false, scope.Column(name, node.Node("distinct")!));
    }

    private static List<(int Sum, bool IsSubtracted)> ReadTerms(MappingNode node, List<ControlSum> above, MappingScope scope)
    {
        var terms = new List<(int, bool)>();
        var at = node.Node("combine")!;
        var text = node.Text("combine") ?? "";
        if (!Combination().IsMatch(text))
        {
            scope.Faults.Add(at, "bad-combination", $"'{text}' does not add or subtract control sums. Example: 'gross - cancelled'.");
            return terms;
        }

        foreach (Match term in Term().Matches(text))
        {
            var name = term.Groups["name"].Value;
            var index = above.FindIndex(sum => sum.Name == name);
            if (index < 0)
            {
                scope.Faults.Add(at, "unknown-sum", $"'{name}' is not one of the control sums above this line. {MappingFaults.Suggest(name, [.. above.Select(sum => sum.Name)])}");
            }
            else if (above[index].Kind == ControlSumKind.Distinct)
            {
                scope.Faults.Add(at, "distinct-combined", $"'{name}' counts different values; those of two sums may be the same, so that adding them means nothing. Leave it out of 'combine'.");
            }

            terms.Add((index, term.Groups["sign"].Value == "-"));
        }

        return terms;
    }

    [GeneratedRegex(@"\A\s*-?\s*[A-Za-z_]\w*(\s*\*\s*[A-Za-z_]\w*)*\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Product();

    [GeneratedRegex(@"\A\s*-?\s*[A-Za-z_]\w*(\s*[+-]\s*[A-Za-z_]\w*)*\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Combination();

    [GeneratedRegex(@"(?<sign>[+-]?)\s*(?<name>[A-Za-z_]\w*)", RegexOptions.CultureInvariant)]
    private static partial Regex Term();
}
