using System.Text.RegularExpressions;

namespace Cairn.Tidy.Tests;

/// <summary>The ASVS table names tests as evidence; evidence that does not exist is none.</summary>
public sealed partial class AsvsTests
{
    private const string Table = "docs/asvs.md";

    [Fact]
    public void Every_test_that_the_table_names_exists()
    {
        var files = Checkout.Files.Select(file => Path.GetFileName(file)!).ToHashSet();
        NamedPattern().Matches(Checkout.Text(Table)).Select(match => match.Groups[1].Value).Distinct()
            .Where(name => !files.Contains(name) && !files.Contains(name + ".cs"))
            .ShouldBeEmpty($"{Table} shows these as evidence, and they are not in tests or web.");
    }

    [Fact]
    public void Every_item_stands_once()
    {
        var items = RowPattern().Matches(Checkout.Text(Table)).SelectMany(match => match.Groups[1].Value.Split(", ")).ToList();
        items.Count.ShouldBeGreaterThan(200);
        items.ShouldBeUnique();
    }

    [GeneratedRegex(@"`(\w+Tests|[\w-]+\.test\.tsx?)`")]
    private static partial Regex NamedPattern();

    [GeneratedRegex(@"^\| (\d[^|]*?) \|", RegexOptions.Multiline)]
    private static partial Regex RowPattern();
}
