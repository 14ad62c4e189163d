using System.CommandLine;
using System.CommandLine.Invocation;
using Cairn.Server.Access;
using Cairn.Server.CommandLine;
using Cairn.Server.Customers;
using Cairn.Server.Ingest.Import;
using Cairn.Server.Notify;

var context = new CommandContext();
var root = new RootCommand(
    """
    Cairn: customer onboarding and customer success, with receipts.

    Start here:
      cairn demo                                   see it with generated data
      cairn serve                                  start your own installation
      cairn customer create --name "Acme"          add a customer (prints its receipt secret once)
      cairn apikey create --customer ID --scope ingest --scope read
    """)
{
    context.Data,
    context.Json,
    DemoCommand.Create(context),
    ServeCommand.Create(context),
    MigrateCommand.Create(context),
    CustomerCommands.Create(context),
    ApiKeyCommands.Create(context),
    ImportCommand.Create(OpenImport.With(context), context.Json, TimeProvider.System),
    LedgerCommands.Create(context),
    EntityCommands.Create(context),
    CalendarCommands.Create(context, TimeProvider.System),
    PlaybookCommands.Create(context),
    MailCommands.Create(context),
    SecretCommands.Create(context),
};

TeachingHelp.Use(root);

// Ctrl-C and SIGTERM end the work in order; the library's own handling would cut it off after two seconds.
using var stop = new CancellationTokenSource();
using var interrupted = Signals.CancelOnInterrupt(stop);
var parsed = root.Parse(args);
if (args.Length > 0 && parsed.Action is ParseErrorAction)
{
    foreach (var error in parsed.Errors)
    {
        await Console.Error.WriteLineAsync("cairn: " + error.Message);
    }

    await Console.Error.WriteLineAsync("Add --help to see how it is called.");
    return CommandContext.Usage;
}

return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, stop.Token);
