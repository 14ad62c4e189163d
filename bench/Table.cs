using System.Globalization;
using System.Text;
using Cairn.Bench.Load;

namespace Cairn.Bench;

/// <summary>Prints what was measured as Markdown, so that a result file is the output itself.</summary>
internal static class Table
{
    public const string Head =
        """
        | clients | batch | bytes | a echo | b naive | c COPY | d Cairn | e group | f other | d/e | d/b | d/c | d/f | d p50 ms | d p99 ms | load average | CPU µs an event (server + database) b | c | d | e | f |
        |--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
        """;

    public static string Line(Row row)
    {
        var batch = row.Cell.Batch + (row.Cell.Form == BodyForm.Lines ? " stream" : "");
        return $"| {row.Cell.Clients} | {batch} | {row.Cell.EventBytes} | {string.Join(" | ", "abcdef".Select(letter => Number(row.Rate(letter), 0)))} "
            + $"| {Number(row.Ratio('d', 'e'), 2)} | {Number(row.Ratio('d', 'b'), 2)} | {Number(row.Ratio('d', 'c'), 2)} | {Number(row.Ratio('d', 'f'), 2)} "
            + $"| {Number(row.Milliseconds('d', 0.5), 1)} | {Number(row.Milliseconds('d', 0.99), 1)} | {Number(row.Load, 1)} "
            + $"| {string.Join(" | ", "bcdef".Select(letter => row.Cpu(letter) is { } cpu ? $"{Number(cpu.Server, 0)}+{Number(cpu.Database, 0)}" : "–"))} |";
    }

    /// <summary>The targets that the table answers, each met or missed.</summary>
    public static string Targets(IReadOnlyList<Row> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Where(row => row.Cell.Form == BodyForm.Json))
        {
            var name = $"{row.Cell.Clients} clients, batches of {row.Cell.Batch}, {row.Cell.EventBytes} bytes";
            if (row.Cell is { Clients: 256, Batch: 1 })
            {
                text.AppendLine(Target(name + ": d >= 0.6 e", row.Ratio('d', 'e'), 0.6)).AppendLine(Target(name + ": d >= 3 b", row.Ratio('d', 'b'), 3));
            }
            else if (row.Cell is { Clients: 1, Batch: 1 })
            {
                text.AppendLine(Target(name + ": d >= 0.8 b", row.Ratio('d', 'b'), 0.8));
            }
            else if (row.Cell.Batch == 1000)
            {
                text.AppendLine(Target(name + ": d >= 0.5 c", row.Ratio('d', 'c'), 0.5));
            }
        }

        return text.ToString();
    }

    public static string Target(string name, double? value, double least) =>
        $"- {(value >= least ? "met" : "MISSED")}: {name}: {Number(value, 2)}";

    public static string Number(double? value, int decimals) =>
        value is { } number ? number.ToString((number >= 1000 ? "N0" : "F" + decimals), CultureInfo.InvariantCulture) : "–";
}
