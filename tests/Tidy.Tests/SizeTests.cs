using System.Globalization;
using Cairn.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Cairn.Tidy.Tests;

/// <summary>
/// The hard limits of STYLE.md. What was longer when the limit came stands in <c>ratchet.txt</c> with its size then: it
/// may shrink, and nothing may join it.
/// </summary>
public sealed class SizeTests
{
    private const int FileLines = 400;
    private const int FunctionLines = 60;
    private const int Parameters = 6;
    private const string Ratchet = "tests/Tidy.Tests/ratchet.txt";

    private static readonly string[] Written = [".cs", ".ts", ".tsx", ".js", ".mjs", ".css", ".sh", ".py"];

    /// <summary>Generated, or a table by its nature.</summary>
    private static readonly string[] Exempt = ["web/src/api/generated", "web/src/api/schema"];

    [Fact]
    public void Nothing_is_longer_than_the_limit_and_what_was_only_shrinks()
    {
        var known = Checkout.Files.Contains(Ratchet) ? Read(Checkout.Text(Ratchet)) : [];
        var now = Files().Concat(Functions()).Concat(ParameterLists()).GroupBy(item => item.Name).ToDictionary(group => group.Key, group => group.Max(item => item.Size));
        if (Environment.GetEnvironmentVariable("CAIRN_REGENERATE") == "1")
        {
            // Regenerating shrinks and removes; what is new or has grown stays a failure.
            known = known.Where(entry => now.ContainsKey(entry.Key)).ToDictionary(entry => entry.Key, entry => Math.Min(entry.Value, now[entry.Key]));
            File.WriteAllText(Repository.PathTo(Ratchet), Write(known));
        }

        var grown = now.Where(item => item.Value > known.GetValueOrDefault(item.Key)).Select(item => $"{item.Key}: {item.Value} now, {known.GetValueOrDefault(item.Key)} allowed").ToList();
        grown.ShouldBeEmpty(
            $"A file has at most {FileLines} lines, a function {FunctionLines}, a list of parameters {Parameters}. Split by idea (callers above callees); pass a record where six are not enough.\n{string.Join('\n', grown)}\n");
        var shrunk = known.Where(entry => now.GetValueOrDefault(entry.Key) < entry.Value).Select(entry => entry.Key).ToList();
        shrunk.ShouldBeEmpty($"These have shrunk, well done; hold on to it with CAIRN_REGENERATE=1, which lowers {Ratchet}.\n{string.Join('\n', shrunk)}\n");
    }

    private static IEnumerable<(string Name, int Size)> Files() =>
        from file in Checkout.TextFiles
        where Written.Contains(Path.GetExtension(file)) && !Exempt.Any(start => file.StartsWith(start, StringComparison.Ordinal))
        let lines = File.ReadLines(Checkout.Full(file)).Count()
        where lines > FileLines
        select (file, lines);

    private static IEnumerable<(string Name, int Size)> Functions() =>
        from source in CodeModel.Sources.Concat(CodeModel.Tests)
        from node in source.Value.GetRoot().DescendantNodes()
        where node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
        let lines = Lines(node)
        where lines > FunctionLines
        select ($"{source.Key} {NameOf(node)}", lines);

    // A record's parameters are its members, and the primary constructor of a service is filled by the container.
    private static IEnumerable<(string Name, int Size)> ParameterLists() =>
        from source in CodeModel.Sources
        from list in source.Value.GetRoot().DescendantNodes().OfType<ParameterListSyntax>()
        where list.Parent is not RecordDeclarationSyntax and not LocalFunctionStatementSyntax && list.Parameters.Count > Parameters && !IsOfPlatformCall(list.Parent)
        select ($"{source.Key} parameters of {NameOf(list.Parent!)}", list.Parameters.Count);

    /// <summary>The signature of a function of the operating system or of a library is not ours to shorten.</summary>
    private static bool IsOfPlatformCall(SyntaxNode? node) =>
        node is MethodDeclarationSyntax method && method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() is "LibraryImport" or "DllImport" or "LoggerMessage");

    /// <summary>From the signature to the last brace; documentation and attributes before it do not count.</summary>
    private static int Lines(SyntaxNode node)
    {
        var first = node is MemberDeclarationSyntax { AttributeLists: [.., var last] } ? last.GetLastToken().GetNextToken() : node.GetFirstToken();
        var span = node.SyntaxTree.GetLineSpan(TextSpan.FromBounds(first.SpanStart, node.Span.End));
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static string NameOf(SyntaxNode node)
    {
        var own = node switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text,
            ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
            LocalFunctionStatementSyntax local => local.Identifier.Text,
            AccessorDeclarationSyntax accessor => accessor.Keyword.Text,
            TypeDeclarationSyntax itself => itself.Identifier.Text,
            _ => node.GetType().Name,
        };
        var type = node.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault()?.Identifier.Text;
        return type is null ? own : $"{type}.{own}";
    }

    private static Dictionary<string, int> Read(string text) => text.Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(' ', 2))
        .ToDictionary(parts => parts[1], parts => int.Parse(parts[0], CultureInfo.InvariantCulture));

    private static string Write(Dictionary<string, int> entries) =>
        "# What was longer than STYLE.md allows, with its size. Sizes only go down: CAIRN_REGENERATE=1 lowers them.\n"
        + string.Concat(entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Value} {entry.Key}\n"));
}
