using System.CommandLine;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Import;
using Cairn.Server.Ingest;
using Cairn.Server.Ingest.Import;
using Cairn.Server.Platform;

namespace Cairn.Server.CommandLine;

/// <summary>Opens the installation for <c>cairn import</c> and closes it with checkpoints over what was imported.</summary>
internal static class OpenImport
{
    public static OpenImportTarget With(CommandContext context) => async (parsed, start, cancel) =>
    {
        Installation? installation = null;
        try
        {
            installation = await Installation.Open(context.OptionsOf(parsed), parsed.GetValue(context.Json) ? null : Console.Error, cancel);
            var services = Composition.Build(installation);
            await Composition.FirstStart(services, cancel);
            var isKnown = await installation.Database.ForCustomer(start.Customer, work => CustomerScope.Exists(work, start.Customer), cancel);
            if (!isKnown)
            {
                await services.DisposeAsync();
                await installation.DisposeAsync();
                return new Problem(ProblemKind.NotFound, "customer-not-found", $"There is no customer '{start.Customer}' here. 'cairn customer list' shows them.");
            }

            return await Target(installation, services, start, cancel);
        }
        catch (Exception e) when (CommandContext.IsExpected(e) || DatabaseFailure.IsPassing(e))
        {
            if (installation is not null)
            {
                await installation.DisposeAsync();
            }

            return new Problem(ProblemKind.Unavailable, "cannot-start", e.Message);
        }
    };

    private static async Task<ImportTarget> Target(Installation installation, ServiceProvider services, ImportStart start, CancellationToken cancel)
    {
        var events = services.GetRequiredService<IngestEvents>();
        var batch = await events.OpenBatch(start.Customer, Actor.CommandLine, "import", cancel);
        return new ImportTarget(batch.Id, (chunk, _) => events.Chunk(batch, chunk))
        {
            Finish = async (report, stop) =>
            {
                await events.CloseBatch(batch, report.Rejected - batch.Rejected, stop);
                await installation.Database.ForCustomer(start.Customer, work => services.GetRequiredService<LedgerAppender>().Record(
                    work, start.Customer, new RecordChange("import.finished", Actor.CommandLine, "batch", batch.Id.ToString())
                    {
                        SubjectName = start.Source,
                        After = new { type = start.EventType, files = start.Files.Count, rows = report.Rows, accepted = report.Accepted, repeated = report.Repeated, rejected = report.Rejected, flagged = report.Flagged },
                    }), stop);
                await Composition.PublishAll(services, stop);
            },
            Close = async () =>
            {
                await services.DisposeAsync();
                await installation.DisposeAsync();
            },
        };
    }
}
