using System.CommandLine;
using System.Data.Common;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Import;

namespace Cairn.Server.Ingest.Import;

/// <summary>
/// <c>cairn import</c>. Exit codes: 0 every row is in the log, 1 some rows are not (rejected, or the import ended early),
/// 2 the command line, the mapping or a header is wrong and nothing was done, 130 interrupted.
/// </summary>
internal static class ImportCommand
{
    public const int AllRecorded = 0;
    public const int SomeMissing = 1;
    public const int Usage = 2;
    public const int Interrupted = 130;

    private const string Help = """
        Load the history of a customer from CSV files.

        A mapping file says which column is what; samples/online-retail.yaml is one, with comments. Each row becomes one
        event with a receipt. Running the same command again records nothing twice and continues where it was stopped.

        Examples:
          cairn import orders.csv --mapping orders.yaml --dry-run
          cairn import by-day --customer cus_01hz... --mapping samples/online-retail.yaml
          cairn import by-day --customer cus_01hz... --mapping orders.yaml --report look-at-these.csv

        Exit codes: 0 all rows are in the log (flagged ones too), 1 some are not, 2 nothing was done, 130 interrupted.
        """;

    /// <summary>Makes the command; <paramref name="open"/> is called once the files and the mapping are known to be good, never in a dry run.</summary>
    public static Command Create(OpenImportTarget open, Option<bool> json, TimeProvider clock)
    {
        var files = new Argument<string[]>("FILES") { Description = "CSV files, folders (all their *.csv, by name) or patterns", Arity = ArgumentArity.OneOrMore };
        var customer = new Option<string?>("--customer") { Description = "The customer whose history it is (cus_...); not needed for a dry run", HelpName = "ID" };
        var mapping = new Option<string>("--mapping") { Description = "The mapping file (YAML)", HelpName = "FILE", Required = true };
        var dryRun = new Option<bool>("--dry-run") { Description = "Write nothing: show the first events, all faults and the control sums" };
        var report = new Option<string?>("--report") { Description = "List every flagged, repeated and rejected row in this CSV file", HelpName = "FILE" };
        var command = new Command("import", Help) { files, customer, mapping, dryRun, report };
        command.SetAction((parsed, cancel) => new Request
        {
            Parsed = parsed,
            Given = parsed.GetValue(files) ?? [],
            Customer = parsed.GetValue(customer),
            MappingPath = parsed.GetValue(mapping) ?? "",
            Listing = parsed.GetValue(report),
            IsDryRun = parsed.GetValue(dryRun),
            IsJson = parsed.GetValue(json),
        }.Run(open, clock, cancel));
        return command;
    }

    private sealed record Request
    {
        public required ParseResult Parsed { get; init; }

        public required string[] Given { get; init; }

        public required string? Customer { get; init; }

        public required string MappingPath { get; init; }

        public required string? Listing { get; init; }

        public required bool IsDryRun { get; init; }

        public required bool IsJson { get; init; }

        public async Task<int> Run(OpenImportTarget open, TimeProvider clock, CancellationToken cancel)
        {
            var customer = default(CustomerId);
            if (!IsDryRun && !TypedId.TryParse(Customer ?? "", out customer))
            {
                return Refuse(NoCustomer());
            }

            var mapping = await MappingReader.ReadFile(MappingPath, cancel);
            if (!mapping.IsOk)
            {
                return Refuse(mapping.Problem);
            }

            var files = ImportSources.Find(Given, mapping.Value);
            if (!files.IsOk)
            {
                return Refuse(files.Problem);
            }

            if (ImportFiles.CheckHeaders(files.Value, mapping.Value) is { } unfit)
            {
                return Refuse(unfit);
            }

            var listing = RowListing.Open(Listing, [.. files.Value, Path.GetFullPath(MappingPath)]);
            if (!listing.IsOk)
            {
                return Refuse(listing.Problem);
            }

            using var lines = listing.Value;
            if (IsDryRun)
            {
                return await Import(new ImportFiles(mapping.Value, null, clock) { OnRow = lines.Add }, files.Value, null, clock, cancel);
            }

            var target = await open(Parsed, new ImportStart(customer, mapping.Value.EventType, mapping.Value.Source.Text, files.Value), cancel);
            if (!target.IsOk)
            {
                return Refuse(target.Problem);
            }

            await using var log = target.Value;
            return await Import(new ImportFiles(mapping.Value, log.Append, clock) { OnRow = lines.Add }, files.Value, log, clock, cancel);
        }

        private async Task<int> Import(ImportFiles import, IReadOnlyList<string> files, ImportTarget? log, TimeProvider clock, CancellationToken cancel)
        {
            using var bar = new ImportProgressBar(Parsed.InvocationConfiguration.Error, clock);
            try
            {
                var report = await import.Run(files, bar.Show, cancel) with { Batch = log?.Batch };
                bar.Dispose();
                if (log is not null)
                {
                    await log.Finish(report, CancellationToken.None);
                }

                Print(report);
                return report.Stopped is not null && cancel.IsCancellationRequested ? Interrupted
                    : report.Rejected > 0 || report.Stopped is not null ? SomeMissing
                    : AllRecorded;
            }
            catch (Exception failure) when (failure is IngestUnavailableException or DbException or IOException or UnauthorizedAccessException or TimeoutException)
            {
                // The database or the disk failed under way. The chunks before are durable, the one under way is not.
                bar.Dispose();
                Refuse(ImportProblems.LogFailed(failure.Message));
                return SomeMissing;
            }
        }

        private Problem NoCustomer() => new(ProblemKind.Malformed, "customer-missing", Customer is null
            ? "Say whose history it is with --customer cus_..., or try the mapping with --dry-run."
            : $"'{Customer}' is not a customer id; one looks like {CustomerId.Prefix}_ and {Crockford.Length} letters and digits. 'cairn customer list' shows them.");

        private void Print(ImportReport report)
        {
            var output = Parsed.InvocationConfiguration.Output;
            if (IsJson)
            {
                output.WriteLine(ImportReportJson.Write(report));
            }
            else
            {
                ImportPrinter.On(output).Print(report, Listing);
            }
        }

        private int Refuse(Problem problem)
        {
            if (IsJson)
            {
                Parsed.InvocationConfiguration.Output.WriteLine(ImportReportJson.Write(problem));
            }
            else
            {
                ImportPrinter.On(Parsed.InvocationConfiguration.Error).Print(problem);
            }

            return Usage;
        }
    }
}
