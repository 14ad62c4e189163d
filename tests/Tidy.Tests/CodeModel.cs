using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cairn.Tidy.Tests;

/// <summary>A name in the source and what it means.</summary>
internal readonly record struct Use(string File, int Line, ISymbol Symbol)
{
    public string Place => $"{File}:{Line}";

    /// <summary>The outermost type that is named, or whose member is.</summary>
    public INamedTypeSymbol? Type
    {
        get
        {
            var type = Symbol as INamedTypeSymbol ?? Symbol.ContainingType;
            while (type?.ContainingType is { } outer)
            {
                type = outer;
            }

            return type?.OriginalDefinition;
        }
    }

    /// <summary>For instance <c>System.DateTime.UtcNow</c>.</summary>
    public string FullName => Symbol is INamedTypeSymbol type
        ? type.OriginalDefinition.ToDisplayString(CodeModel.NameOnly)
        : $"{Symbol.ContainingType?.OriginalDefinition.ToDisplayString(CodeModel.NameOnly)}.{Symbol.Name}";
}

/// <summary>
/// The production code as the compiler understands it, so that a rule asks what a name means instead of how it is spelled.
/// Generated code is not in it.
/// </summary>
internal static class CodeModel
{
    public static readonly SymbolDisplayFormat NameOnly = new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>What the web SDK imports everywhere.</summary>
    private const string ImplicitUsings =
        """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Net.Http.Json; global using System.Threading; global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Hosting; global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing; global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection; global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;
        """;

    /// <summary>The files of <c>src</c>, with their syntax.</summary>
    public static IReadOnlyDictionary<string, SyntaxTree> Sources { get; } = Parse(file => file.StartsWith("src/", StringComparison.Ordinal));

    /// <summary>The files of <c>tests</c> and <c>bench</c>.</summary>
    public static IReadOnlyDictionary<string, SyntaxTree> Tests { get; } =
        Parse(file => file.StartsWith("tests/", StringComparison.Ordinal) || file.StartsWith("bench/", StringComparison.Ordinal));

    // Verify is a program of its own and would bring a second entry point; what rules say of it, they say by syntax.
    private static readonly Lazy<CSharpCompilation> Compiled = new(() => CSharpCompilation.Create(
        "cairn-tidy",
        [.. Sources.Where(source => !source.Key.StartsWith("src/Verify/", StringComparison.Ordinal)).Select(source => source.Value), CSharpSyntaxTree.ParseText(ImplicitUsings)],
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is not ("cairn.dll" or "Domain.dll" or "MerkleLog.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.ConsoleApplication, allowUnsafe: true)));

    private static readonly Lazy<IReadOnlyList<Use>> AllUses = new(FindUses);

    /// <summary>Every name in Domain, MerkleLog and Server that means a type or a member of one.</summary>
    public static IReadOnlyList<Use> Uses => AllUses.Value;

    public static SemanticModel ModelOf(SyntaxTree tree) => Compiled.Value.GetSemanticModel(tree);

    public static IEnumerable<KeyValuePair<string, SyntaxTree>> Compilable =>
        Sources.Where(source => !source.Key.StartsWith("src/Verify/", StringComparison.Ordinal));

    public static string Place(string file, SyntaxNode node) => $"{file}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    /// <summary>Where a symbol of ours is declared; <see langword="null"/> for those of libraries.</summary>
    public static string? FileOf(ISymbol symbol) => symbol.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath is { Length: > 0 } path ? path : null;

    private static Dictionary<string, SyntaxTree> Parse(Func<string, bool> isWanted) => Checkout.Files
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && isWanted(file))
        .ToDictionary(file => file, file => CSharpSyntaxTree.ParseText(Checkout.Text(file), path: file));

    private static List<Use> FindUses()
    {
        var found = new ConcurrentBag<Use>();
        Parallel.ForEach(Compilable, source =>
        {
            var model = ModelOf(source.Value);
            foreach (var name in source.Value.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                var info = model.GetSymbolInfo(name);
                if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is { } symbol and (INamedTypeSymbol or IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol))
                {
                    found.Add(new Use(source.Key, name.GetLocation().GetLineSpan().StartLinePosition.Line + 1, symbol));
                }
            }
        });
        return [.. found];
    }
}
