using Cairn.Domain.Foundation;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Cairn.Server.Ingest.Import;

/// <summary>Everything that is wrong with a mapping file, each with <c>file:line:column</c>, so that one look at it mends it.</summary>
internal sealed class MappingFaults(string file)
{
    private readonly List<(long Line, long Column, Fault Fault)> list = [];

    public bool Any => list.Count > 0;

    public void Add(YamlNode node, string code, string detail) => Add(node.Start, code, detail);

    public void Add(Mark at, string code, string detail) =>
        list.Add((at.Line, at.Column, new Fault($"{file}:{at.Line}:{at.Column}", code, detail)));

    /// <summary>The refusal, with the faults in the order of the file.</summary>
    public Problem ToProblem() => new(ProblemKind.Malformed, "mapping-has-faults", $"{file} cannot be used as a mapping: {list.Count} fault{(list.Count == 1 ? "" : "s")}.")
    {
        Faults = InOrder,
    };

    /// <summary>The faults in the order of the file.</summary>
    public IReadOnlyList<Fault> InOrder => [.. list.OrderBy(one => one.Line).ThenBy(one => one.Column).Select(one => one.Fault)];

    /// <summary>A name that was most likely meant, as a sentence, or the names there are.</summary>
    public static string Suggest(string name, IReadOnlyCollection<string> known)
    {
        var close = known.Select(one => (Name: one, Far: Distance(name.ToLowerInvariant(), one.ToLowerInvariant())))
            .Where(one => one.Far <= Math.Max(1, name.Length / 3))
            .OrderBy(one => one.Far)
            .Select(one => one.Name)
            .FirstOrDefault();
        return close is not null ? $"Did you mean '{close}'?"
            : known.Count == 0 ? "There are none."
            : "There are: " + string.Join(", ", known.Take(20)) + ".";
    }

    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var at = 1; at <= from.Length; at++)
        {
            var corner = row[0];
            row[0] = at;
            for (var other = 1; other <= to.Length; other++)
            {
                var above = row[other];
                row[other] = Math.Min(Math.Min(above, row[other - 1]) + 1, corner + (from[at - 1] == to[other - 1] ? 0 : 1));
                corner = above;
            }
        }

        return row[^1];
    }
}
