using System.CommandLine;
using Cairn.Domain.Foundation;
using Cairn.Server.Ingest;
using Cairn.Server.Ingest.Entities;
using Cairn.Server.Platform;

namespace Cairn.Server.CommandLine;

/// <summary><c>cairn entities rebuild|lint</c>.</summary>
internal static class EntityCommands
{
    public static Command Create(CommandContext context) => new("entities", "Fold a customer's events into entities anew, or check event models.")
    {
        Rebuild(context),
        Lint(context),
    };

    private static Command Rebuild(CommandContext context)
    {
        var customer = new Option<string>("--customer") { Description = "Whose entities", HelpName = "ID", Required = true };
        var command = new Command(
            "rebuild",
            """
            Fold all events of a customer into entities again, from the first entry of its log. The result is the same as
            before unless a model changed or rows were damaged; the server does it by itself after a change of models.

            Example:
              cairn entities rebuild --customer cus_01jd…
            """)
        { customer };
        command.SetAction((parsed, stop) => context.Run(parsed, async (services, output, cancel) =>
        {
            var database = services.GetRequiredService<Database>();
            var text = parsed.GetValue(customer)!;
            if (!TypedId.TryParse<CustomerId>(text, out var id) || !await database.ForCustomer(id, work => CustomerScope.Exists(work, id), cancel))
            {
                return output.Refuse(new Problem(ProblemKind.NotFound, "customer-not-found", $"There is no customer '{text}' here. 'cairn customer list' shows them."));
            }

            var fold = services.GetRequiredService<FoldEntities>();
            var followers = services.GetRequiredService<LogFollowers>();
            await database.ForCustomer(id, async work =>
            {
                await LogFollowers.Restart(work, fold, id, services.GetRequiredService<Clock>());
                return true;
            }, cancel);
            await followers.CatchUp(fold, id, cancel);
            var (types, place) = await database.ForCustomer(
                id, async work => (await EntitiesViews.Types(work, id), await LogFollowers.PlaceOf(work, FoldEntities.FollowerName, id)), cancel);
            output.Result(new { customer = text, entries = place.NextIndex, entities = types.ToDictionary(type => type.EntityType, type => type.Entities) }, _ =>
            {
                System.Console.Out.WriteLine($"{place.NextIndex:N0} entries folded.");
                foreach (var type in types)
                {
                    System.Console.Out.WriteLine($"  {type.EntityType}: {type.Entities:N0}");
                }
            });
            return CommandContext.Done;
        }, stop));
        return command;
    }

    private static Command Lint(CommandContext context)
    {
        var files = new Argument<FileInfo[]>("FILES") { Description = "Event models (YAML)", Arity = ArgumentArity.OneOrMore };
        var command = new Command(
            "lint",
            """
            Check event models: every fault with file, line and fix.

            Example:
              cairn entities lint models/events/order.line.yaml
            """)
        { files };
        command.SetAction((parsed, stop) => context.Guard(parsed, async (output, cancel) =>
        {
            var faults = new List<Fault>();
            foreach (var file in parsed.GetValue(files)!)
            {
                faults.AddRange(EventModelReader.Read(file.ToString(), await File.ReadAllTextAsync(file.FullName, cancel)).Problem?.Faults ?? []);
            }

            if (faults.Count > 0)
            {
                return output.Refuse(new Problem(ProblemKind.Malformed, "event-model-invalid", $"{faults.Count} fault(s).") { Faults = faults });
            }

            output.Result(new { files = parsed.GetValue(files)!.Length, faults = 0 }, _ => System.Console.Out.WriteLine("No faults."));
            return CommandContext.Done;
        }, stop));
        return command;
    }
}
