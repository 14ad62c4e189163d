using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cairn.Tidy.Tests;

/// <summary>The kinds of file in a module, and no other kinds (ARCHITECTURE.md): whoever knows the noun and the verb can guess the path.</summary>
public sealed class FileKindTests
{
    private static readonly string[] SaysNothing =
        ["Helper", "Helpers", "Util", "Utils", "Utilities", "Manager", "Service", "Services", "Common", "Misc", "Impl", "Base", "Constants", "Shared", "Data", "Info", "Processor"];

    private static readonly HashSet<string> MapsRoutes = ["MapGet", "MapPost", "MapPut", "MapPatch", "MapDelete", "MapMethods"];

    /// <summary>Problems that stand elsewhere, and why.</summary>
    private static readonly Dictionary<string, string> ProblemsElsewhere = new()
    {
        ["EventModelReader"] = "faults of a model name a file, a line and a fix, and stand where the model is read",
        ["EventModels"] = "faults of a model name a file, a line and a fix, and stand where the model is read",
        ["Reconciliation"] = "faults of an expected figure name it, and stand where it is read",
        ["SchemaReader"] = "faults of a schema name a pointer and a fix, and stand where the schema is read",
        ["ApiKeyCommands"] = "the command line says which option is missing, in its own words",
        ["CsvFile"] = "an import's refusals name a file and a row, and stand where the file is read",
        ["HeaderMatch"] = "an import's refusals name a file and a row, and stand where the file is read",
        ["ImportCommand"] = "the command line says which option is missing, in its own words",
        ["ImportFiles"] = "an import's refusals name a file and a row, and stand where the file is read",
        ["ImportSources"] = "an import's refusals name a file and a row, and stand where the file is read",
        ["MappingFaults"] = "gathers all faults of a mapping file into one refusal",
        ["MappingReader"] = "a mapping file that is no YAML at all has no place for a fault",
        ["RowListing"] = "an import's refusals name a file and a row, and stand where the file is read",
    };

    [Fact]
    public void A_file_is_called_after_a_type_in_it() => Findings.None(
        from source in CodeModel.Sources
        let name = Path.GetFileNameWithoutExtension(source.Key)
        let types = source.Value.GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.Text).ToList()
        where types.Count > 0 && name != "Program" && !types.Contains(name) && !types.Contains(name.TrimEnd('s')) && !IsEventsOrProblems(name) && !IsGroup(name, types)
        select new Finding($"{source.Key} holds {string.Join(", ", types.Take(3))}", source.Key),
        "A file is called after the first thing in it, so that nobody has to search.",
        new Dictionary<string, string>
        {
            ["src/Server/Platform/Paging.cs holds QueryReader, PageCursor, Page"] = "lists and their query parameters, which belong together",
        });

    [Fact]
    public void A_name_says_what_a_thing_is() => Findings.None(
        from source in CodeModel.Sources
        from type in source.Value.GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
        let name = type.Identifier.Text
        where SaysNothing.Any(word => name.EndsWith(word, StringComparison.Ordinal))
        select new Finding(name, CodeModel.Place(source.Key, type)),
        "Helper, Manager, Service and their like say nothing. Name the use case (SignOffGate), the noun (Gate) or the calculation (Reflow).");

    [Fact]
    public void Routes_are_mapped_in_endpoints_files() => Findings.None(
        from source in CodeModel.Sources
        where source.Key.StartsWith("src/Server/", StringComparison.Ordinal) && !source.Key.EndsWith("Endpoints.cs", StringComparison.Ordinal)
        from call in source.Value.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.Expression is MemberAccessExpressionSyntax member && MapsRoutes.Contains(member.Name.Identifier.Text)
        select new Finding(source.Key, CodeModel.Place(source.Key, call)),
        "Routes are mapped in <Module>Endpoints.cs, where a reader looks for them.");

    [Fact]
    public void Background_work_is_a_job() => Findings.None(
        from source in CodeModel.Sources
        where source.Key.StartsWith("src/Server/", StringComparison.Ordinal) && !source.Key.EndsWith("Job.cs", StringComparison.Ordinal)
        from type in source.Value.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>()
        where type.BaseList?.Types.Any(parent => parent.Type.ToString() is "BackgroundService" or "IHostedService") == true
        select new Finding($"{type.Identifier.Text}", CodeModel.Place(source.Key, type)),
        "Background work is a <Noun>Job.cs: a shell that calls a use case.",
        new Dictionary<string, string>
        {
            ["DatabaseSupervisor"] = "keeps the database process alive for the server; it works on no module's behalf",
        });

    [Fact]
    public void A_module_lists_its_refusals_in_one_place() => Findings.None(
        from source in CodeModel.Compilable
        where Modules.Of(source.Key) is { } module && Modules.RingOf(module) is > 0 and < Modules.Shell
            && !source.Key.EndsWith("Problems.cs", StringComparison.Ordinal)
        from made in source.Value.GetRoot().DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>()
        where CodeModel.ModelOf(source.Value).GetTypeInfo(made).Type?.Name == "Problem"
        select new Finding(Path.GetFileNameWithoutExtension(source.Key), CodeModel.Place(source.Key, made)),
        "All refusals of a module stand in <Module>Problems.cs, in the order in which they are checked.",
        ProblemsElsewhere);

    [Fact]
    public void Every_server_module_has_a_front_door()
    {
        var modules = CodeModel.Sources.Keys.Where(file => file.StartsWith("src/Server/", StringComparison.Ordinal))
            .Select(Modules.Of).OfType<string>().Distinct().Where(module => Modules.RingOf(module) is > 0 and < Modules.Shell);
        modules.ShouldAllBe(
            module => CodeModel.Sources.ContainsKey($"src/Server/{module}/{module}Module.cs"),
            "A module is registered by its <Module>Module.cs, the front door that a reader opens first.");
    }

    [Fact]
    public void Every_namespace_is_the_folder() => Findings.None(
        from source in CodeModel.Sources
        from space in source.Value.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
        let folders = source.Key.Split('/')[1..^1]
        where space.Name.ToString() != "Cairn." + string.Join('.', folders)
        select new Finding($"{source.Key} is in {space.Name}", source.Key),
        "The namespace is Cairn and the folders below src, so that a type's path can be guessed.");

    private static bool IsEventsOrProblems(string name) => name.EndsWith("Events", StringComparison.Ordinal) || name.EndsWith("Problems", StringComparison.Ordinal);

    /// <summary>Small related types may share a file that is called after what they are together: <c>TypedIds</c>, <c>Proofs</c>, <c>Rows</c>.</summary>
    private static bool IsGroup(string name, List<string> types) => types.Exists(type => type.Contains(name.TrimEnd('s'), StringComparison.Ordinal) || name.StartsWith(type, StringComparison.Ordinal));
}
