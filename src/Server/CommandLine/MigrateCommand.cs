using System.CommandLine;
using Cairn.Server.Platform;

namespace Cairn.Server.CommandLine;

/// <summary><c>cairn migrate</c>: brings the schema of an external database up to this program.</summary>
internal static class MigrateCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "migrate",
            """
            Bring the database schema up to this version.

            The embedded database migrates by itself; an external one only by this command, with a login that owns the
            tables (ConnectionStrings__CairnOwner, else ConnectionStrings__Cairn).

            Example:
              ConnectionStrings__Cairn="Host=db;Username=owner;Database=cairn" cairn migrate
            """);
        command.SetAction((parsed, cancel) => context.Guard(parsed, async (output, stop) =>
        {
            var options = context.OptionsOf(parsed);
            DapperSetup.Apply();
            IReadOnlyList<string> applied;
            if (options.IsEmbedded)
            {
                await using var embedded = await EmbeddedPostgres.JoinOrStartAsync(options.Data, Console.Error, stop);
                applied = await new Migrator(embedded.ConnectionString).Apply(stop);
            }
            else
            {
                applied = await new Migrator(options.OwnerConnectionString ?? options.ConnectionString!).Apply(stop);
            }

            output.Result(new { applied }, _ => Console.Out.WriteLine(
                applied.Count == 0 ? "The schema is up to date." : $"Applied {string.Join(", ", applied)}."));
            return CommandContext.Done;
        }, cancel));
        return command;
    }
}
