namespace Cairn.Domain.Access;

/// <summary>
/// Says in words what a browser calls itself, so that people recognise their own devices. What it says is the sender's to
/// choose: it helps to recognise, and decides nothing.
/// </summary>
public static class DeviceWords
{
    // In the order in which they are tried: browsers name their ancestors too, so the newest name comes first.
    private static readonly (string Mark, string Word)[] Browsers =
        [("Edg/", "Edge"), ("EdgA/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];

    private static readonly (string Mark, string Word)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>"Firefox on Linux"; <see langword="null"/> when nothing was said yet.</summary>
    public static string? Of(string? agent)
    {
        if (agent is null)
        {
            return null;
        }

        var browser = Find(Browsers, agent) ?? "Another program";
        return Find(Systems, agent) is { } system ? $"{browser} on {system}" : browser;
    }

    private static string? Find((string Mark, string Word)[] table, string agent) =>
        Array.Find(table, entry => agent.Contains(entry.Mark, StringComparison.Ordinal)).Word;
}
