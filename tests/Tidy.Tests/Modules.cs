namespace Cairn.Tidy.Tests;

/// <summary>The modules and their rings, as ARCHITECTURE.md draws them: down by reference, sideways by event, up never.</summary>
internal static class Modules
{
    /// <summary>The program around the modules: it composes them, so it may name all of them and none may name it.</summary>
    public const int Shell = 5;

    private static readonly Dictionary<string, int> Rings = new()
    {
        ["Foundation"] = 0, ["Platform"] = 0,
        ["Access"] = 1, ["Customers"] = 1, ["Playbooks"] = 1, ["Receipts"] = 1, ["SignOffs"] = 1,
        ["Plans"] = 2, ["Documents"] = 2, ["Support"] = 2, ["Incidents"] = 2, ["Ingest"] = 2, ["Surveys"] = 2, ["Sales"] = 2, ["Finance"] = 2,
        ["Metrics"] = 3, ["Health"] = 3,
        ["Reviews"] = 4, ["Notify"] = 4,
        ["CommandLine"] = Shell, ["Demo"] = Shell, ["(root)"] = Shell,
    };

    public static IEnumerable<string> Known => Rings.Keys;

    public static int RingOf(string module) => Rings.TryGetValue(module, out var ring)
        ? ring
        : throw new InvalidOperationException($"The module '{module}' has no ring. Give it one in tests/Tidy.Tests/Modules.cs, as ARCHITECTURE.md says.");

    /// <summary>The module of a file of Domain or Server; <see langword="null"/> for the other assemblies, which have none.</summary>
    public static string? Of(string file)
    {
        var parts = file.Split('/');
        return parts.Length < 3 || parts[0] != "src" || parts[1] is not ("Domain" or "Server") ? null
            : parts.Length == 3 ? "(root)"
            : parts[2];
    }

    public static bool IsRingZero(string module) => RingOf(module) == 0;
}
