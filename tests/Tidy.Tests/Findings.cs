namespace Cairn.Tidy.Tests;

/// <summary>Something that a rule does not allow.</summary>
/// <param name="Key">What an exception names: stable when lines move.</param>
/// <param name="Place">File and line, for whoever has to look.</param>
internal readonly record struct Finding(string Key, string Place)
{
    public override string ToString() => $"{Place}  {Key}";
}

internal static class Findings
{
    /// <summary>
    /// Fails with all findings and with what to do instead. An exception is a finding that stays, for the reason beside
    /// it; one that is found no longer must go from its list, so that lists only shrink.
    /// </summary>
    public static void None(IEnumerable<Finding> found, string instead, IReadOnlyDictionary<string, string>? exceptions = null)
    {
        var all = found.ToList();
        var known = exceptions ?? new Dictionary<string, string>();
        var bad = all.Where(finding => !known.ContainsKey(finding.Key)).Select(finding => finding.ToString()).Distinct().Order().ToList();
        if (bad.Count > 0)
        {
            Assert.Fail($"{instead}\n{string.Join('\n', bad)}");
        }

        var stale = known.Keys.Where(key => all.TrueForAll(finding => finding.Key != key)).Order().ToList();
        if (stale.Count > 0)
        {
            Assert.Fail($"These exceptions are needed no longer; take them from the list in the test:\n{string.Join('\n', stale)}");
        }
    }
}
