using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cairn.Tidy.Tests;

/// <summary>What may not be written in production code, each with what to write instead.</summary>
public sealed partial class BannedTests
{
    private static readonly (string Name, string Instead)[] Banned =
    [
        ("System.DateTime.Now", "Platform's Clock, or 'now' as a parameter"),
        ("System.DateTime.UtcNow", "Platform's Clock, or 'now' as a parameter"),
        ("System.DateTime.Today", "Platform's Clock and the customer's zone"),
        ("System.DateTimeOffset.Now", "Platform's Clock, or 'now' as a parameter"),
        ("System.DateTimeOffset.UtcNow", "Platform's Clock, or 'now' as a parameter"),
        ("System.TimeProvider.GetUtcNow", "Platform's Clock"),
        ("NodaTime.SystemClock.Instance", "Platform's Clock"),
        ("System.Guid.NewGuid", "Platform's NewId.Next(): ids sort by the time they were made"),
        ("System.Guid.CreateVersion7", "Platform's NewId.Next()"),
        ("System.Random", "RandomNumberGenerator for secrets; chance as a parameter elsewhere"),
        ("System.Threading.Thread.Sleep", "await Task.Delay with a CancellationToken, or wait for the thing itself"),
        ("System.Threading.Tasks.Task.Wait", "await"),
        ("System.Threading.Tasks.Task.WaitAll", "await Task.WhenAll"),
        ("System.Threading.Tasks.Task.Result", "await"),
        ("System.Runtime.CompilerServices.TaskAwaiter.GetResult", "await"),
        ("System.Net.Http.HttpClient", "a client that checks the address it connects to (SSRF); there is none yet, so build that first"),
        ("System.Runtime.Serialization.Formatters.Binary.BinaryFormatter", "JSON with a versioned shape"),
        ("System.Security.Cryptography.MD5", "SHA256"),
        ("System.Security.Cryptography.SHA1", "SHA256"),
        ("System.GC.Collect", "nothing: leave it to the runtime"),
        ("System.Environment.Exit", "return the exit code from the command"),
    ];

    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["DemoHistory: System.Random"] = "seeded, so that every demo tells the same story",
        ["DemoRun: System.Net.Http.HttpClient"] = "the demo calls its own server on loopback, as a customer would",
        ["ProviderClient: System.Net.Http.HttpClient"] = "goes to the identity provider that the operator configured and to nowhere else; that may be in a private network",
        ["Clock: System.TimeProvider.GetUtcNow"] = "this is the one clock",
        ["Clock: System.Guid.CreateVersion7"] = "this is the one maker of ids",
        ["ServerLock: System.Threading.Thread.Sleep"] = "taking a file lock is synchronous and tries for a fifth of a second at most, before anything else runs",
    };

    [Fact]
    public void What_has_a_better_replacement_is_not_used() => Findings.None(
        from use in CodeModel.Uses
        from rule in Banned
        where use.FullName == rule.Name || use.FullName.StartsWith(rule.Name + ".", StringComparison.Ordinal) && use.Symbol is IMethodSymbol
        select new Finding($"{Path.GetFileNameWithoutExtension(use.File)}: {rule.Name}", $"{use.Place} [use instead: {rule.Instead}]"),
        "Banned; the bracket says what to use instead.",
        Exceptions);

    [Fact]
    public void Only_commands_write_to_the_console() => Findings.None(
        from use in CodeModel.Uses
        where use.FullName.StartsWith("System.Console.", StringComparison.Ordinal) && use.File.StartsWith("src/", StringComparison.Ordinal)
            && !use.File.StartsWith("src/Server/CommandLine/", StringComparison.Ordinal)
            && !use.File.StartsWith("src/Server/Demo/", StringComparison.Ordinal)
            && !use.File.StartsWith("src/Server/Ingest/Import/", StringComparison.Ordinal)
            && !use.File.EndsWith("Command.cs", StringComparison.Ordinal) && !use.File.EndsWith("Commands.cs", StringComparison.Ordinal)
            && use.File != "src/Server/Program.cs"
        select new Finding($"{Path.GetFileNameWithoutExtension(use.File)}: {use.FullName}", use.Place),
        "Only the command line writes to the console. A server logs with [LoggerMessage]; other code hands in a TextWriter.");

    [Fact]
    public void No_catch_hides_what_it_caught() => Findings.None(
        from source in CodeModel.Sources
        from clause in source.Value.GetRoot().DescendantNodes().OfType<CatchClauseSyntax>()
        where clause.Block.Statements.Count == 0 && clause.Filter is null && (clause.Declaration is null || clause.Declaration.Type.ToString() is "Exception" or "System.Exception")
        select new Finding($"{source.Key}: an empty catch of everything", CodeModel.Place(source.Key, clause)),
        "An empty catch of everything hides bugs. Catch the one operating failure that is meant, say in a comment why nothing is to be done, and let bugs throw.");

    [Fact]
    public void An_empty_catch_says_why_nothing_is_to_be_done() => Findings.None(
        from source in CodeModel.Sources
        from clause in source.Value.GetRoot().DescendantNodes().OfType<CatchClauseSyntax>()
        where clause.Block.Statements.Count == 0 && !clause.Block.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))
        select new Finding($"{source.Key}: a silent catch", CodeModel.Place(source.Key, clause)),
        "A catch that does nothing needs a comment with the reason.");

    [Fact]
    public void Nothing_is_left_for_later_in_the_source() => Findings.None(
        from source in CodeModel.Sources.Concat(CodeModel.Tests)
        where !source.Key.StartsWith("tests/Tidy.Tests/", StringComparison.Ordinal)
        from trivia in source.Value.GetRoot().DescendantTrivia(descendIntoTrivia: true)
        where trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.XmlComment
            && LaterPattern().IsMatch(trivia.ToString())
        select new Finding($"{source.Key}: {trivia.ToString().Trim()}", $"{source.Key}:{trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1}"),
        "No TODO on the main branch: do it, or open an issue.");

    [Fact]
    public void Warnings_are_not_switched_off_in_the_source() => Findings.None(
        from source in CodeModel.Sources.Concat(CodeModel.Tests)
        from pragma in source.Value.GetRoot().DescendantNodes(descendIntoTrivia: true).OfType<PragmaWarningDirectiveTriviaSyntax>()
        select new Finding($"{source.Key}: {pragma.ToString().Trim()}", CodeModel.Place(source.Key, pragma)),
        "Mend what the warning says. Where a rule is wrong for the whole project, switch it off in Directory.Build.props with the reason.");

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex LaterPattern();
}
