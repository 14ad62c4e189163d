using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest;
using Cairn.Domain.Ingest.Import;
using Cairn.Server.Ingest.Import;

namespace Cairn.Server.Tests.Ingest.Import;

/// <summary>A log in memory that keeps the contract of the real one: the same id and bytes repeat, the same id with others conflicts.</summary>
internal sealed class MemoryLog
{
    private readonly Dictionary<(string, string), byte[]> events = [];

    public int Count => events.Count;

    public int Chunks { get; private set; }

    public int LargestChunk { get; private set; }

    public IEnumerable<string> Payloads => events.Values.Select(System.Text.Encoding.UTF8.GetString);

    /// <summary>Called before each chunk, for tests that stop or fail under way.</summary>
    public Action<int> BeforeChunk { get; init; } = static _ => { };

    public Task<IReadOnlyList<IngestOutcome>> Append(IReadOnlyList<IngestEvent> chunk, CancellationToken cancel)
    {
        BeforeChunk(Chunks);
        Chunks++;
        LargestChunk = Math.Max(LargestChunk, chunk.Count);
        return Task.FromResult<IReadOnlyList<IngestOutcome>>([.. chunk.Select(Append)]);
    }

    private IngestOutcome Append(IngestEvent made)
    {
        if (events.TryAdd((made.Source, made.EventId), made.Data.ToArray()))
        {
            return new IngestOutcome(IngestVerdict.Accepted, events.Count - 1, null);
        }

        return made.Data.Span.SequenceEqual(events[(made.Source, made.EventId)])
            ? new IngestOutcome(IngestVerdict.Repeated, 0, null)
            : new IngestOutcome(IngestVerdict.Rejected, -1, new Problem(ProblemKind.Conflict, "event-id-conflict", "The id was recorded with another payload."));
    }
}

/// <summary>A folder for the files of one test, gone afterwards.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("cairn-import-").FullName;

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

/// <summary>A small mapping and the import of texts by it.</summary>
internal static class Some
{
    public const string Header = "Order,Sku,Amount,Qty,At,Note\n";

    public const string MappingText = """
        v: 1
        event: order.line
        source: shop
        subject: Sku
        id: "{file}:{row}"
        input:
          columns: [Order, Sku, Amount, Qty, At, Note]
        time: { column: At, format: "yyyy-MM-dd HH:mm", zone: Europe/London }
        fields:
          order: { column: Order, required: true }
          amount: { column: Amount, type: money, currency: GBP, required: true }
          qty: { column: Qty, type: integer }
          note: Note
        checks:
          negative: { when: { field: qty, below: 0 } }
          sku_case: { case_variants_of: Sku }
        control_sums:
          total: { sum: qty * amount, per: month }
          lines: { count: rows }
        """;

    public static ImportMapping Mapping(string text = MappingText)
    {
        var read = MappingReader.Read("test.yaml", text);
        read.IsOk.ShouldBeTrue(string.Join('\n', read.Problem?.Faults.Select(fault => fault.Pointer + " " + fault.Detail) ?? []));
        return read.Value;
    }

    public static async Task<ImportReport> Import(string csv, MemoryLog? log = null, string mapping = MappingText)
    {
        using var folder = new TestFolder();
        return await new ImportFiles(Mapping(mapping), log is null ? null : log.Append, TimeProvider.System).Run([folder.Write("orders.csv", csv)], static _ => { }, default);
    }
}
