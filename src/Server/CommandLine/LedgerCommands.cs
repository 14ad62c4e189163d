using System.CommandLine;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using Cairn.Server.Receipts;
using Spectre.Console;

namespace Cairn.Server.CommandLine;

/// <summary><c>cairn ledger verify|export</c>.</summary>
internal static class LedgerCommands
{
    public static Command Create(CommandContext context) => new("ledger", "Verify a customer's log, or export it for the offline verifier.")
    {
        Verify(context),
        Export(context),
    };

    private static Command Verify(CommandContext context)
    {
        var customer = new Option<string?>("--customer") { Description = "Whose log (default: every log)", HelpName = "ID" };
        var command = new Command(
            "verify",
            """
            Recompute a log from its first entry: texts, commitments, tiles, root and the signature over it.

            Examples:
              cairn ledger verify
              cairn ledger verify --customer cus_01jd… --json
            """)
        { customer };
        command.SetAction((parsed, stop) => context.Run(parsed, async (services, output, cancel) =>
        {
            var named = await Customers(services, parsed.GetValue(customer), cancel);
            if (!named.IsOk)
            {
                return output.Refuse(named.Problem);
            }

            var verify = services.GetRequiredService<VerifyLog>();
            var results = new List<LogVerification>();
            await ProgressBar.Run(output, "Verifying", async report =>
            {
                foreach (var one in named.Value)
                {
                    results.Add(await verify.Verify(one, report, cancel));
                }
            });
            output.Result(new { holds = results.All(result => result.Holds), logs = results }, console => Print(console, results));
            return results.All(result => result.Holds) ? CommandContext.Done : CommandContext.Failed;
        }, stop));
        return command;
    }

    private static Command Export(CommandContext context)
    {
        var customer = new Option<string>("--customer") { Description = "Whose log", HelpName = "ID", Required = true };
        var to = new Option<DirectoryInfo>("--to") { Description = "Directory to write (made if missing)", HelpName = "DIR", Required = true };
        var command = new Command(
            "export",
            """
            Write a log as a directory that cairn-verify reads without this server.

            Example:
              cairn ledger export --customer cus_01jd… --to log
              cairn-verify log log --vkey-file log/vkey
            """)
        { customer, to };
        command.SetAction((parsed, stop) => context.Run(parsed, async (services, output, cancel) =>
        {
            var named = await Customers(services, parsed.GetValue(customer), cancel);
            if (!named.IsOk)
            {
                return output.Refuse(named.Problem);
            }

            var target = parsed.GetValue(to)!;
            var size = 0L;
            await ProgressBar.Run(output, "Exporting", async report =>
                size = await services.GetRequiredService<ExportLog>().Export(named.Value[0], Actor.CommandLine, target, report, cancel));
            output.Result(new { entries = size, directory = target.FullName }, _ =>
                System.Console.Out.WriteLine($"{size:N0} entries are in {target.FullName}. Check them anywhere with: cairn-verify log {target} --vkey-file {Path.Combine(target.ToString(), "vkey")}"));
            return CommandContext.Done;
        }, stop));
        return command;
    }

    private static async Task<Outcome<IReadOnlyList<CustomerId>>> Customers(IServiceProvider services, string? text, CancellationToken cancel)
    {
        var database = services.GetRequiredService<Database>();
        var all = (await database.ForOperator(ReceiptsStore.AllLogs, cancel)).Select(CustomerId.Of).ToList();
        if (text is null)
        {
            return all;
        }

        return TypedId.TryParse<CustomerId>(text, out var id) && all.Contains(id)
            ? new List<CustomerId> { id }
            : new Problem(ProblemKind.NotFound, "customer-not-found", $"There is no customer '{text}' here. 'cairn customer list' shows them.");
    }

    private static void Print(IAnsiConsole console, List<LogVerification> results)
    {
        foreach (var result in results)
        {
            var erased = result.Erased > 0 ? $", {result.Erased:N0} erased" : "";
            console.Markup(result.Holds ? "[green]holds [/] " : "[red]BROKEN[/] ");
            // No wrapping: a log's name is for copying.
            console.Profile.Out.Writer.WriteLine($"{result.Origin}: {result.Entries:N0} entries, checkpoint at {result.Published:N0}{erased}");
            foreach (var fault in result.Faults)
            {
                console.Profile.Out.Writer.WriteLine("        " + fault);
            }
        }
    }
}

/// <summary>A progress bar for people; nothing for programs.</summary>
internal static class ProgressBar
{
    public static Task Run(Output output, string title, Func<Action<long, long>, Task> work) => output.IsJson || System.Console.IsOutputRedirected
        ? work((_, _) => { })
        : AnsiConsole.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask(title);
                await work((done, all) =>
                {
                    task.MaxValue = Math.Max(all, 1);
                    task.Value = done;
                });
                task.Value = task.MaxValue;
            });
}
