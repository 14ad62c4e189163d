using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cairn.Tidy.Tests;

/// <summary>Where SQL lives, and that nothing but constants is ever pasted into it (ARCHITECTURE.md, rule 2).</summary>
public sealed partial class SqlTests
{
    /// <summary>Files that may name the tables of a prefix beyond the module's own store and views, and why.</summary>
    private static readonly Dictionary<string, string[]> Homes = new()
    {
        // The settings of an installation and the list of migrations are Platform's own and too small for a store.
        ["platform"] = ["src/Server/Platform/"],
        // The ledger is written by its appender, published and read by Receipts; Ingest keeps its batches in it.
        ["ledger"] =
        [
            "src/Server/Platform/Ledger", "src/Server/Receipts/ReceiptsStore.cs", "src/Server/Receipts/ReceiptsViews.cs",
            "src/Server/Ingest/IngestStore.cs", "src/Server/Ingest/IngestViews.cs", "src/Server/Ingest/FollowersStore.cs",
        ],
    };

    /// <summary>What is pasted into SQL without being a constant, and why it cannot be anything else than what it should be.</summary>
    private static readonly Dictionary<string, string> Pasted = new();

    private static IReadOnlyList<string> Tables { get; } = [.. Checkout.Files
        .Where(file => file.Contains("/Migrations/", StringComparison.Ordinal) && file.EndsWith(".sql", StringComparison.Ordinal))
        .SelectMany(file => CreatedPattern().Matches(Checkout.Text(file)).Select(match => match.Groups[1].Value))
        .Append("platform_migrations")
        .Distinct()];

    [Fact]
    public void Every_table_has_the_prefix_of_a_module() => Findings.None(
        from table in Tables
        let prefix = table.Split('_')[0]
        where prefix != "ledger" && !Modules.Known.Any(module => module.Equals(prefix, StringComparison.OrdinalIgnoreCase))
        select new Finding(table, "Migrations"),
        "A table is called <module>_<nouns>, so that its home can be guessed.");

    [Fact]
    public void A_table_is_named_only_in_its_modules_store_and_views() => Findings.None(
        from source in CodeModel.Sources
        from text in Texts(source.Value.GetRoot())
        from Match match in TablePattern().Matches(text.Text)
        where Tables.Contains(match.Value) && !IsHome(match.Value, source.Key)
        select new Finding($"{Path.GetFileName(source.Key)} names {match.Value}", CodeModel.Place(source.Key, text.Node)),
        "SQL lives in the <Module>Store.cs or <Module>Views.cs of the module whose prefix the table has; call a method of that store, or read through the <Module>Directory.");

    [Fact]
    public void Only_constants_are_pasted_into_SQL() => Findings.None(
        from source in CodeModel.Compilable
        from text in source.Value.GetRoot().DescendantNodes().OfType<InterpolatedStringExpressionSyntax>()
        where SqlPattern().IsMatch(string.Concat(text.Contents.OfType<InterpolatedStringTextSyntax>().Take(1)))
        from hole in text.Contents.OfType<InterpolationSyntax>()
        where !IsConstant(hole.Expression, source.Value)
        select new Finding($"{Path.GetFileName(source.Key)}: {hole}", CodeModel.Place(source.Key, hole)),
        "Only constants (column lists, 'asc' or 'desc' chosen by a condition) may be pasted into SQL; everything else is a parameter.",
        Pasted);

    [Fact]
    public void Every_statement_of_a_store_on_a_customers_table_can_be_found_by_its_customer()
    {
        // A cheap guard beside row-level security: the word stands in each store's statements at least as often as not.
        var stores = CodeModel.Sources.Keys.Where(file => file.EndsWith("Store.cs", StringComparison.Ordinal) && file.StartsWith("src/Server/", StringComparison.Ordinal)).ToList();
        stores.ShouldNotBeEmpty();
        stores.ShouldAllBe(file => Checkout.Text(file).Contains("customer_id", StringComparison.Ordinal), "A store that never says customer_id reads everybody's rows.");
    }

    private static bool IsHome(string table, string file)
    {
        var prefix = table.Split('_')[0];
        if (Homes.TryGetValue(prefix, out var homes))
        {
            return homes.Any(home => file.StartsWith(home, StringComparison.Ordinal));
        }

        var module = Modules.Known.FirstOrDefault(known => known.Equals(prefix, StringComparison.OrdinalIgnoreCase));
        return module is not null && file.StartsWith($"src/Server/{module}/", StringComparison.Ordinal)
            && (file.EndsWith("Store.cs", StringComparison.Ordinal) || file.EndsWith("Views.cs", StringComparison.Ordinal));
    }

    private static bool IsConstant(ExpressionSyntax hole, SyntaxTree tree) => hole switch
    {
        ParenthesizedExpressionSyntax inner => IsConstant(inner.Expression, tree),
        ConditionalExpressionSyntax choice => IsConstant(choice.WhenTrue, tree) && IsConstant(choice.WhenFalse, tree),
        _ => CodeModel.ModelOf(tree).GetConstantValue(hole).HasValue,
    };

    private static IEnumerable<(string Text, SyntaxNode Node)> Texts(SyntaxNode root)
    {
        foreach (var node in root.DescendantNodes())
        {
            if (node is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression))
            {
                yield return (literal.Token.ValueText, literal);
            }
            else if (node is InterpolatedStringTextSyntax part)
            {
                yield return (part.TextToken.ValueText, part);
            }
        }
    }

    [GeneratedRegex(@"create (?:unlogged )?(?:table|view|materialized view) (?:if not exists )?([a-z_]+)", RegexOptions.IgnoreCase)]
    private static partial Regex CreatedPattern();

    [GeneratedRegex(@"\b[a-z]+_[a-z_]+\b")]
    private static partial Regex TablePattern();

    [GeneratedRegex(@"^\s*(select|insert into|update|delete from|alter|create|drop|grant|revoke|copy|notify|listen|with|set|truncate)\s", RegexOptions.IgnoreCase)]
    private static partial Regex SqlPattern();
}
