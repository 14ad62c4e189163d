using Cairn.Domain.Foundation;

namespace Cairn.Domain.Ingest.Import;

/// <summary>
/// Finds the mapping's columns in the header of one file, by exact name and in any order. A missing or doubled column is a
/// fault of the file; a column that the mapping does not name is allowed and listed, because nothing may be dropped in silence.
/// </summary>
public sealed record HeaderMatch
{
    private HeaderMatch(IReadOnlyList<string> names, int[] order)
    {
        Names = names;
        Order = order;
    }

    /// <summary>The names of the cells of a row: the mapping's columns first, then those it does not name.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>For each of <see cref="Names"/>, where it stands in the file.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>Matches a header; every fault at once.</summary>
    public static Outcome<HeaderMatch> Of(string file, IReadOnlyList<string> wanted, IReadOnlyList<string> header)
    {
        var faults = new List<Fault>();
        var order = new List<int>();
        foreach (var name in wanted)
        {
            var places = Enumerable.Range(0, header.Count).Where(at => header[at] == name).ToList();
            if (places.Count != 1)
            {
                faults.Add(places.Count == 0 ? Missing(file, name, header) : Doubled(file, name));
            }

            order.AddRange(places.Take(1));
        }

        if (faults.Count > 0)
        {
            return new Problem(ProblemKind.Malformed, "header-does-not-match", $"{file}: the header does not have the columns of the mapping.") { Faults = faults };
        }

        order.AddRange(Enumerable.Range(0, header.Count).Except(order));
        return new HeaderMatch([.. order.Select(at => header[at])], [.. order]);
    }

    private static Fault Missing(string file, string name, IReadOnlyList<string> header)
    {
        var alike = header.FirstOrDefault(other => string.Equals(other.Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase));
        var fix = alike is not null ? $"It has '{ShownValue.Of(alike)}': write it the same way in the mapping."
            : header.Count == 1 ? "The header is one single column: the delimiter under input is most likely another one."
            : "Its columns are " + string.Join(", ", header.Take(20).Select(ShownValue.Of)) + ".";
        return new Fault(file, "column-missing", $"{file}: no column '{name}'. {fix}");
    }

    private static Fault Doubled(string file, string name) =>
        new(file, "column-doubled", $"{file}: the column '{name}' is there more than once. Rename one of them in the file.");
}
