using System.Globalization;
using System.Runtime.InteropServices;

namespace Cairn.Bench;

/// <summary>The machine as a result file names it: what changes a figure, and nothing that tells whose it is.</summary>
internal static class Machine
{
    /// <summary>Cores, memory, kernel and runtime in one line. The database is the product's own.</summary>
    public static string Describe()
    {
        var gibibytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
        return $"{Environment.ProcessorCount} cores, {gibibytes.ToString("F0", CultureInfo.InvariantCulture)} GiB, kernel {Environment.OSVersion.Version}, "
            + $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}; {DateTimeOffset.UtcNow:yyyy-MM-dd}.";
    }

    /// <summary>Over the last minute: how many wanted to run, this driver and its contenders among them.</summary>
    public static double LoadAverage() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
}
