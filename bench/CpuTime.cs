using System.Globalization;
using Cairn.Bench.Contenders;
using Cairn.Bench.Load;

namespace Cairn.Bench;

/// <summary>
/// Processor time that processes took, in seconds. On a machine that others use too it is the steadier figure: a
/// disturbance stretches the clock, but the work of an event stays about the same.
/// </summary>
internal static class CpuTime
{
    private const double TicksPerSecond = 100;

    /// <summary>Measures a contender and what its process and the database took for it.</summary>
    public static async Task<Measurement> Around(IContender contender, int postmaster, Workload work, TimeSpan duration)
    {
        var pid = contender.Pid ?? Environment.ProcessId;
        var (server, database) = (Of(pid), OfFamily(postmaster));
        var measured = await contender.Measure(work, duration);
        return measured with { ServerCpu = Of(pid) - server, DatabaseCpu = OfFamily(postmaster) - database };
    }

    /// <summary>Of one process.</summary>
    private static double Of(int pid) => Read(pid) is { } read ? read.Own : 0;

    /// <summary>Of a process and all its children, those that ended included: a postmaster with its backends.</summary>
    private static double OfFamily(int parent)
    {
        var sum = Read(parent) is { } own ? own.Own + own.EndedChildren : 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var pid) && Read(pid) is { } child && child.Parent == parent)
            {
                sum += child.Own;
            }
        }

        return sum;
    }

    private static (int Parent, double Own, double EndedChildren)? Read(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            // The program's name stands in parentheses and may hold anything; what follows the last one is plain.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            double Seconds(int at) => long.Parse(fields[at], CultureInfo.InvariantCulture) / TicksPerSecond;
            return (int.Parse(fields[1], CultureInfo.InvariantCulture), Seconds(11) + Seconds(12), Seconds(13) + Seconds(14));
        }
        catch (IOException)
        {
            return null; // It ended between being listed and being read.
        }
    }
}
