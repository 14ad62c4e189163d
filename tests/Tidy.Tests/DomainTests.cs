using System.Xml.Linq;

namespace Cairn.Tidy.Tests;

/// <summary>What the assemblies must not hold (ARCHITECTURE.md, "Projects" and rules 3 and 4).</summary>
public sealed class DomainTests
{
    /// <summary>Namespaces and types that a pure decision has no use for, each with what to do instead.</summary>
    private static readonly (string Start, string Instead)[] Impure =
    [
        ("System.Threading", "Domain is synchronous: load before, save after, in the use case"),
        ("System.DateTime", "times are NodaTime's; 'now' comes in as a parameter"),
        ("System.TimeProvider", "'now' comes in as a parameter"),
        ("System.TimeZoneInfo", "zones are NodaTime's DateTimeZone"),
        ("System.Diagnostics.Stopwatch", "'now' comes in as a parameter"),
        ("NodaTime.SystemClock", "'now' comes in as a parameter"),
        ("System.Random", "chance comes in as a parameter"),
        ("System.Guid.NewGuid", "ids are made by Platform's NewId and come in as a parameter"),
        ("System.Guid.CreateVersion7", "ids are made by Platform's NewId and come in as a parameter"),
        ("System.Security.Cryptography.RandomNumberGenerator", "chance comes in as a parameter"),
        ("System.Net", "talking to the outside goes in Server"),
        ("System.IO.File", "talking to the outside goes in Server"),
        ("System.IO.Directory", "talking to the outside goes in Server"),
        ("System.IO.Stream", "talking to the outside goes in Server"),
        ("System.IO.Path", "talking to the outside goes in Server"),
        ("System.Console", "talking to the outside goes in Server"),
        ("System.Environment", "settings come in as parameters"),
        ("System.Text.Json.Serialization", "JSON attributes are a shape of the outside: write it in Server"),
        ("Microsoft", "Domain has no framework"),
        ("Npgsql", "SQL goes in <Module>Store.cs"),
        ("Dapper", "SQL goes in <Module>Store.cs"),
    ];

    [Fact]
    public void Domain_is_pure() => Findings.None(
        from use in CodeModel.Uses
        where use.File.StartsWith("src/Domain/", StringComparison.Ordinal)
        from rule in Impure
        where IsOrIsIn(use.FullName, rule.Start)
        select new Finding($"{use.FullName} is banned in Domain: {rule.Instead}", use.Place),
        "Domain decides and does nothing else: no I/O, async, wall clock, randomness or JSON attributes. (A payload is JSON by contract, so its values may be read.)");

    [Fact]
    public void Domain_has_no_package_but_NodaTime_and_MerkleLog_has_none()
    {
        Packages("src/Domain/Domain.csproj").ShouldBe(["NodaTime"], "Domain may use NodaTime and no other package; put what needs one in Server.");
        Projects("src/Domain/Domain.csproj").ShouldBeEmpty("Domain refers to no other project.");
        Packages("src/MerkleLog/MerkleLog.csproj").ShouldBeEmpty("MerkleLog has no package, so that anybody can check the ledger with what the runtime brings.");
        Projects("src/MerkleLog/MerkleLog.csproj").ShouldBeEmpty("MerkleLog refers to no other project.");
        Projects("src/Verify/Verify.csproj").Except(["MerkleLog", "Domain"]).ShouldBeEmpty("The verifier must not need anything of the server that it checks.");
    }

    [Fact]
    public void Only_the_appender_and_Receipts_touch_the_Merkle_log() => Findings.None(
        from use in CodeModel.Uses
        where use.File.StartsWith("src/Server/", StringComparison.Ordinal) && CodeModel.FileOf(use.Symbol) is { } declaring
            && declaring.StartsWith("src/MerkleLog/", StringComparison.Ordinal)
            && !use.File.StartsWith("src/Server/Receipts/", StringComparison.Ordinal)
            && !use.File.StartsWith("src/Server/Platform/Ledger", StringComparison.Ordinal)
            // The demo plays the customer, who verifies with what everybody has.
            && !use.File.StartsWith("src/Server/Demo/", StringComparison.Ordinal)
        select new Finding($"{Path.GetFileNameWithoutExtension(use.File)} names {use.Type?.Name}", use.Place),
        "Only Platform/Ledger*.cs and Receipts touch Cairn.MerkleLog; append through LedgerAppender, read through Receipts.",
        new Dictionary<string, string>
        {
            ["RecordChange names Jcs"] = "a change of a record is the appender's own draft, in canonical bytes",
            ["SystemMetadata names Jcs"] = "the part of every receipt that says which program signed it, in canonical bytes",
            ["IngestEvents names Receipt"] = "hands on the receipt that the appender answered with",
            ["PostEvents names Receipt"] = "writes out the receipt that the appender answered with",
        });

    [Fact]
    public void MerkleLog_knows_no_customers_SQL_or_HTTP() => Findings.None(
        from use in CodeModel.Uses
        where use.File.StartsWith("src/MerkleLog/", StringComparison.Ordinal)
            && (IsOrIsIn(use.FullName, "System.Net") || IsOrIsIn(use.FullName, "System.Data") || IsOrIsIn(use.FullName, "Microsoft.AspNetCore") || IsOrIsIn(use.FullName, "Npgsql")
                || CodeModel.FileOf(use.Symbol) is { } file && !file.StartsWith("src/MerkleLog/", StringComparison.Ordinal))
        select new Finding($"MerkleLog names {use.FullName}", use.Place),
        "MerkleLog is bytes, hashes and proofs; what belongs to a customer, a table or a request goes in Server/Receipts.");

    private static bool IsOrIsIn(string name, string start) =>
        name.StartsWith(start, StringComparison.Ordinal) && (name.Length == start.Length || !char.IsLetterOrDigit(name[start.Length]) || start == "System.DateTime" || start == "System.IO.File" || start == "System.IO.Stream");

    private static List<string> Packages(string project) => Included(project, "PackageReference");

    private static List<string> Projects(string project) => [.. Included(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path))];

    private static List<string> Included(string project, string element) =>
        [.. XDocument.Load(Checkout.Full(project)).Descendants(element).Select(reference => reference.Attribute("Include")!.Value)];
}
