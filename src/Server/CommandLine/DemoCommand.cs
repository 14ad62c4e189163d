using System.CommandLine;
using Cairn.Server.Demo;
using Cairn.Server.Platform;

namespace Cairn.Server.CommandLine;

/// <summary><c>cairn demo</c>: a server with believable data, in one command.</summary>
internal static class DemoCommand
{
    public static Command Create(CommandContext context)
    {
        var port = new Option<int>("--port") { Description = "Port on localhost", HelpName = "PORT", DefaultValueFactory = _ => 5080 };
        var reset = new Option<bool>("--reset") { Description = "Forget the demo's data and start anew" };
        var command = new Command(
            "demo",
            """
            See Cairn with invented data: customers in every stage with contacts, teams and calendars, and months of
            orders and stock movements for one of them.

            Makes its own database in data/demo (or --data DIR), sends the history through the API, verifies every
            receipt and every log, says what it did and where to look, and serves until Ctrl-C.

            Examples:
              cairn demo
              cairn demo --port 8080 --reset
            """)
        { port, reset };
        command.SetAction((parsed, cancel) => context.Guard(parsed, async (output, stop) =>
        {
            var options = CairnOptions.FromEnvironment(parsed.GetValue(context.Data) ?? new DirectoryInfo(Path.Combine("data", "demo"))) with
            {
                ConnectionString = null,
                Region = "demo",
            };
            if (parsed.GetValue(reset) && !Reset(options.Data))
            {
                output.Error("already-serving", $"A server runs on {options.Data.FullName}. Stop it before --reset.");
                return CommandContext.Failed;
            }

            options.Data.Create();
            var state = DemoState.Read(options.Data);
            if (state is null)
            {
                // Made up for this machine: the demo has no default password either.
                state = new DemoState("demo@cairn.example", LedgerSecrets.Token(12), null, null, null, null);
                state.Save(options.Data);
            }

            var listen = new ListenOptions([$"http://localhost:{parsed.GetValue(port)}"]);
            var administrator = new FirstAdministrator.Named(state.Email, state.Password);
            return await ServeCommand.Run(
                options, listen, administrator, output, Console.Error, app => new DemoRun(app, options.Data, Console.Out).Run(state, stop), stop);
        }, cancel));
        return command;
    }

    /// <summary>Deletes a demo's directory, and only one that is a demo's and not in use.</summary>
    private static bool Reset(DirectoryInfo data)
    {
        if (!data.Exists)
        {
            return true;
        }

        if (DemoState.Read(data) is null && data.EnumerateFileSystemInfos().Any())
        {
            throw new InstallationException($"{data.FullName} holds something that the demo did not make, so --reset leaves it alone. Give another --data.");
        }

        using (var alone = ServerLock.TryTake(data))
        {
            if (alone is null)
            {
                return false;
            }
        }

        data.Delete(recursive: true);
        return true;
    }
}
