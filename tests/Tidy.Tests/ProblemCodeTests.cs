using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Cairn.Tidy.Tests;

/// <summary>Every refusal has a stable code, a test that provokes it, and a line in the documentation.</summary>
public sealed partial class ProblemCodeTests
{
    private const string Documentation = "docs/api/problems.md";

    /// <summary>Codes without a test yet; may only shrink.</summary>
    private const string Untested = "tests/Tidy.Tests/untested-problems.txt";

    private const string Heading = "# Problem codes that no test provokes yet. May only shrink: CAIRN_REGENERATE=1 takes out those that have a test.\n";

    /// <summary>Every code that the source can produce, with the places that do.</summary>
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Codes = new(Find);

    [Fact]
    public void Codes_are_kebab_case() => Findings.None(
        from code in Codes.Value
        where !KebabPattern().IsMatch(code.Key)
        select new Finding(code.Key, code.Value),
        "Problem codes are kebab-case and say the fact: 'customer-not-found'.");

    [Fact]
    public void Every_problem_stands_in_a_test()
    {
        var tests = string.Concat(Checkout.Files
            .Where(file => file.StartsWith("tests/", StringComparison.Ordinal) && !file.StartsWith("tests/Tidy.Tests/", StringComparison.Ordinal) && !file.StartsWith("tests/golden/", StringComparison.Ordinal)
                && file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(Checkout.Text));
        var untested = Codes.Value.Where(code => !IsNamed(tests, code.Key)).ToDictionary();
        var known = Checkout.Files.Contains(Untested) ? Checkout.Text(Untested).Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToList() : [];
        if (Environment.GetEnvironmentVariable("CAIRN_REGENERATE") == "1")
        {
            // Regenerating takes codes out; a new one without a test stays a failure.
            known = [.. known.Where(untested.ContainsKey)];
            File.WriteAllText(Checkout.Full(Untested), Heading + string.Concat(known.Order(StringComparer.Ordinal).Select(code => code + "\n")));
        }

        var fresh = untested.Where(code => !known.Contains(code.Key)).Select(code => $"{code.Value}  {code.Key}").Order().ToList();
        fresh.ShouldBeEmpty($"These problems are in no test. A refusal's test is a table, one row per refusal in the order in which they are checked.\n{string.Join('\n', fresh)}\n");
        known.Except(untested.Keys).ShouldBeEmpty($"These have a test now; take them from {Untested} (CAIRN_REGENERATE=1 does).");
    }

    [Fact]
    public void Every_problem_is_documented_and_nothing_else_is()
    {
        var documented = RowPattern().Matches(Checkout.Text(Documentation)).Select(match => match.Groups[1].Value).ToList();
        var missing = Codes.Value.Keys.Except(documented).Order().Select(code => $"{Codes.Value[code]}  {code}").ToList();
        missing.ShouldBeEmpty($"Add a row to {Documentation}: the code, what it means, and what the reader does about it.\n{string.Join('\n', missing)}\n");
        documented.Except(Codes.Value.Keys).Order().ShouldBeEmpty($"{Documentation} explains what the program never says.");
        documented.GroupBy(code => code).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty($"{Documentation} explains these twice.");
    }

    /// <summary>Alone in quotes, or in a row of a table after the place of the fault: <c>"/a:schema-type /b:schema-enum"</c>.</summary>
    private static bool IsNamed(string tests, string code) => tests.Contains($"\"{code}\"", StringComparison.Ordinal) || tests.Contains($"\\\"{code}\\\"", StringComparison.Ordinal)
        || tests.Contains($":{code}\"", StringComparison.Ordinal) || tests.Contains($" {code}\"", StringComparison.Ordinal) || tests.Contains($":{code} ", StringComparison.Ordinal)
        || tests.Contains($"problem={code}\"", StringComparison.Ordinal)
        || Constants(code).Any(name => tests.Contains(name, StringComparison.Ordinal));

    /// <summary>A test may also name the constant that holds the code, for instance <c>InputFaults.MemberMissing</c>.</summary>
    private static IEnumerable<string> Constants(string code) =>
        from source in CodeModel.Compilable
        from field in source.Value.GetRoot().DescendantNodes().OfType<VariableDeclaratorSyntax>()
        where field.Initializer?.Value is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression) && literal.Token.ValueText == code
        let type = field.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault()
        where type is not null && field.Parent?.Parent is FieldDeclarationSyntax
        select $"{type.Identifier.Text}.{field.Identifier.Text}";

    /// <summary>Whatever is handed to a parameter called 'code' of a function, record or constructor of ours, when it is a constant.</summary>
    private static Dictionary<string, string> Find()
    {
        var found = new ConcurrentDictionary<string, string>();
        Parallel.ForEach(CodeModel.Compilable, source =>
        {
            var model = CodeModel.ModelOf(source.Value);
            foreach (var argument in source.Value.GetRoot().DescendantNodes().OfType<ArgumentSyntax>())
            {
                if (model.GetOperation(argument) is IArgumentOperation { Parameter: { } parameter } operation
                    && parameter.Name.Equals("code", StringComparison.OrdinalIgnoreCase) && parameter.Type.SpecialType == SpecialType.System_String
                    && CodeModel.FileOf(parameter.ContainingSymbol) is not null)
                {
                    foreach (var code in Values(operation.Value))
                    {
                        found.AddOrUpdate(code, CodeModel.Place(source.Key, argument), (_, first) => string.CompareOrdinal(first, CodeModel.Place(source.Key, argument)) < 0 ? first : CodeModel.Place(source.Key, argument));
                    }
                }
            }
        });
        return found.ToDictionary();
    }

    private static IEnumerable<string> Values(IOperation value) => value switch
    {
        { ConstantValue: { HasValue: true, Value: string code } } => [code],
        IConditionalOperation { WhenFalse: { } other } choice => Values(choice.WhenTrue).Concat(Values(other)),
        ISwitchExpressionOperation choice => choice.Arms.SelectMany(arm => Values(arm.Value)),
        _ => [],
    };

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex KebabPattern();

    [GeneratedRegex(@"^\|\s*<a id=""[^""]*""></a>`([^`]+)`", RegexOptions.Multiline)]
    private static partial Regex RowPattern();
}
