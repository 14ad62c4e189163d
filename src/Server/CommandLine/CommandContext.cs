using System.CommandLine;
using Cairn.Server.Platform;
using Spectre.Console;

namespace Cairn.Server.CommandLine;

/// <summary>What every command shares: where the data is, how to print, and how failures become exit codes.</summary>
internal sealed class CommandContext
{
    /// <summary>Exit code of a command that did what it was asked.</summary>
    public const int Done = 0;

    /// <summary>Exit code of a command that ran but has to report a failure.</summary>
    public const int Failed = 1;

    /// <summary>Exit code of a command that was called wrongly.</summary>
    public const int Usage = 2;

    public Option<DirectoryInfo?> Data { get; } = new("--data")
    {
        Description = "Directory of the installation (default: $CAIRN_DATA, else ./data). ConnectionStrings__Cairn selects an external PostgreSQL instead of the embedded one",
        HelpName = "DIR",
        Recursive = true,
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Print one JSON document for programs", Recursive = true };

    /// <summary>Opens the installation, runs the work against its services, and closes it again.</summary>
    public Task<int> Run(ParseResult parsed, Func<IServiceProvider, Output, CancellationToken, Task<int>> work, CancellationToken cancel) =>
        Guard(parsed, async (output, stop) =>
        {
            await using var installation = await Installation.Open(OptionsOf(parsed), parsed.GetValue(Json) ? null : Console.Error, stop);
            await using var services = Composition.Build(installation);
            await Composition.FirstStart(services, stop);
            var code = await work(services, output, stop);
            await Composition.PublishAll(services, CancellationToken.None);
            return code;
        }, cancel);

    /// <summary>Runs work that opens what it needs by itself.</summary>
    public async Task<int> Guard(ParseResult parsed, Func<Output, CancellationToken, Task<int>> work, CancellationToken cancel)
    {
        var output = new Output(parsed.GetValue(Json));
        try
        {
            return await work(output, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            output.Error("stopped", "Stopped before the end. What was recorded until then is kept; run the command again to go on.");
            return Failed;
        }
        catch (Exception e) when (IsExpected(e))
        {
            output.Error("cannot-start", e.Message);
            return Failed;
        }
        catch (Exception e) when (DatabaseFailure.IsPassing(e))
        {
            output.Error("database-unavailable", "The database does not answer: " + e.Message + ". Check ConnectionStrings__Cairn, or the log in the data directory.");
            return Failed;
        }
    }

    /// <summary>Failures whose message already names the fix.</summary>
    public static bool IsExpected(Exception e) => e is InstallationException or SchemaException or MasterKeyException or EmbeddedPostgresException
        or UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException;

    public CairnOptions OptionsOf(ParseResult parsed) => CairnOptions.FromEnvironment(parsed.GetValue(Data));
}

/// <summary>Prints for people, or one JSON document for programs. Messages never mix: with <c>--json</c>, standard output is pure JSON.</summary>
internal sealed class Output(bool isJson)
{
    private static readonly System.Text.Json.JsonSerializerOptions Shape = new(System.Text.Json.JsonSerializerDefaults.Web) 
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public bool IsJson { get; } = isJson;

    /// <summary>Where people's text goes.</summary>
    public IAnsiConsole Console { get; } = AnsiConsole.Console;

    /// <summary>Prints the result: the document with <c>--json</c>, else what the action writes.</summary>
    public void Result(object document, Action<IAnsiConsole> forPeople)
    {
        if (IsJson)
        {
            System.Console.Out.WriteLine(System.Text.Json.JsonSerializer.Serialize(document, Shape));
        }
        else
        {
            forPeople(Console);
        }
    }

    /// <summary>Prints a failure to standard error, as a document with <c>--json</c>.</summary>
    public void Error(string code, string message) =>
        System.Console.Error.WriteLine(IsJson ? System.Text.Json.JsonSerializer.Serialize(new { code, detail = message }, Shape) : "cairn: " + message);

    /// <summary>Prints a refusal with its faults; the exit code of a refused command.</summary>
    public int Refuse(Domain.Foundation.Problem problem)
    {
        if (IsJson)
        {
            System.Console.Error.WriteLine(System.Text.Json.JsonSerializer.Serialize(new { problem.Code, problem.Detail, problem.Faults }, Shape));
            return CommandContext.Failed;
        }

        System.Console.Error.WriteLine("cairn: " + problem.Detail);
        foreach (var fault in problem.Faults)
        {
            System.Console.Error.WriteLine($"  {(fault.Pointer.Length > 0 ? fault.Pointer + ": " : "")}{fault.Detail}");
        }

        return CommandContext.Failed;
    }
}
