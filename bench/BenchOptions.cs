using Cairn.Bench.Load;

namespace Cairn.Bench;

/// <summary>What the driver was asked for.</summary>
internal sealed record BenchOptions
{
    public const string Usage =
        """
        usage: bench/run [--quick] [--only PART[,PART…]] [--millions N] [--seconds S] [--rounds N] [--who LETTERS] [--against FILE] [--lock FILE]

          --quick        a small table in under three minutes, to compare before and after a change
          --only PARTS   table, offered, served, verify, calendar, reflow, or cells like 256x1x250 (clients x batch x bytes; 'l' after it: as a stream)
          --millions N   fill one log with so many million events, and watch memory and cost (0 with --quick and --only, else 5)
          --seconds S    length of one measurement
          --who LETTERS  only these contenders, for instance 'd' to profile it alone
          --against FILE another build of the product's program, which takes part as contender 'f'
          --rounds N     rounds of each cell; the median counts
          --lock FILE    hold the lock of this file around each round, for machines that several people share
        """;

    public bool IsQuick { get; private init; }

    public string? Lock { get; private init; }

    public TimeSpan Seconds { get; private init; }

    public int Rounds { get; private init; }

    public int Millions { get; private init; }

    /// <summary>The product's program; the script names it.</summary>
    public string Server { get; private init; } = "";

    /// <summary>Another build of it, to compare two versions within one run; <see langword="null"/> for none.</summary>
    public string? Against { get; private init; }

    public IReadOnlyList<string> Parts { get; private init; } = [];

    public IReadOnlyList<Workload> Cells { get; private init; } = [];

    /// <summary>The letters of the contenders that take part.</summary>
    public string Who { get; private init; } = "";

    public bool Has(string part) => Parts.Contains(part);

    /// <summary>Reads the arguments; <see langword="null"/> when they are not understood.</summary>
    public static BenchOptions? Parse(string[] args)
    {
        var values = new Dictionary<string, string>();
        for (var at = 0; at < args.Length; at++)
        {
            if (args[at] == "--quick")
            {
                values["--quick"] = "";
            }
            else if (args[at] is "--only" or "--who" or "--seconds" or "--rounds" or "--lock" or "--millions" or "--server" or "--against" && at + 1 < args.Length)
            {
                values[args[at]] = args[++at];
            }
            else
            {
                return null;
            }
        }

        var isQuick = values.ContainsKey("--quick");
        var parts = values.GetValueOrDefault("--only", isQuick ? "table,offered,verify,calendar,reflow" : "table,offered,served,verify,calendar,reflow").Split(',');
        var cells = parts.Select(Cell).OfType<Workload>().ToList();
        return new BenchOptions
        {
            IsQuick = isQuick,
            Lock = values.GetValueOrDefault("--lock"),
            Seconds = TimeSpan.FromSeconds(double.Parse(values.GetValueOrDefault("--seconds", isQuick ? "1.5" : "2.5"), System.Globalization.CultureInfo.InvariantCulture)),
            Rounds = int.Parse(values.GetValueOrDefault("--rounds", isQuick ? "2" : "3"), System.Globalization.CultureInfo.InvariantCulture),
            Millions = int.Parse(values.GetValueOrDefault("--millions", isQuick || values.ContainsKey("--only") ? "0" : "5"), System.Globalization.CultureInfo.InvariantCulture),
            Against = values.GetValueOrDefault("--against"),
            Who = values.GetValueOrDefault("--who", "abcde") + (values.ContainsKey("--against") ? "f" : ""),
            Server = values.GetValueOrDefault("--server", ""),
            Parts = cells.Count > 0 ? [.. parts, "table"] : parts,
            Cells = cells.Count > 0 ? cells : isQuick ? Quick : Full,
        };
    }

    private static IReadOnlyList<Workload> Quick =>
    [
        new(1, 1, 250), new(64, 1, 250), new(256, 1, 250), new(256, 1, 4096), new(1, 1000, 250), new(64, 100, 250), new(1, 1000, 250, BodyForm.Lines),
    ];

    private static IReadOnlyList<Workload> Full =>
    [
        .. from bytes in new[] { 250, 4096 }
           from batch in new[] { 1, 100, 1000 }
           from clients in new[] { 1, 64, 256 }
           select new Workload(clients, batch, bytes),
        new(1, 1000, 250, BodyForm.Lines), new(64, 1000, 250, BodyForm.Lines),
    ];

    private static Workload? Cell(string part)
    {
        var numbers = part.TrimEnd('l').Split('x');
        return numbers.Length == 3 && numbers.All(number => int.TryParse(number, out _))
            ? new Workload(int.Parse(numbers[0]), int.Parse(numbers[1]), int.Parse(numbers[2]), part.EndsWith('l') ? BodyForm.Lines : BodyForm.Json)
            : null;
    }
}
