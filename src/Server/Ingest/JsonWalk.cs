using System.Text;
using System.Text.Json;
using Cairn.Domain.Foundation;

namespace Cairn.Server.Ingest;

/// <summary>Where a reader stands in a JSON text, so that a fault can name its place. The pointer is only spelled out for a fault.</summary>
internal sealed class JsonWalk(List<Fault> faults)
{
    // Below this many names a linear search beats a set; above it, a set keeps hostile objects linear in time.
    private const int LinearNames = 8;

    // A sender chooses the names; without a limit, a hundred faults below one long name would make an answer of megabytes.
    private const int LongestPointer = 500;

    private readonly List<Level> levels = [];

    public int Depth => levels.Count;

    /// <summary>The pointer to a member of the root; to the root itself when the name is too long to repeat.</summary>
    public static string PointerTo(string name) => Step(name) is { Length: < LongestPointer } step ? "/" + step : "";

    public void Enter(bool isArray)
    {
        Value();
        levels.Add(new Level(isArray));
    }

    public void Leave() => levels.RemoveAt(levels.Count - 1);

    /// <summary>A value follows: in an array it has the next index.</summary>
    public void Value()
    {
        if (levels.Count > 0 && levels[^1].IsArray)
        {
            levels[^1].Index++;
        }
    }

    public void Name(ref Utf8JsonReader reader)
    {
        // Unescaping fails only on a lone surrogate, and that fault has been noted already.
        var name = reader.ValueIsEscaped ? Unescape(ref reader) : Encoding.UTF8.GetString(reader.ValueSpan);
        if (!levels[^1].Add(name, LinearNames))
        {
            Fault("duplicate-name", $"The name \"{InputFaults.Shorten(name)}\" stands twice in one object. Keep one of them.");
        }
    }

    public void Fault(string code, string detail) => faults.Add(new Fault(Pointer(), code, detail));

    private static string Unescape(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    /// <summary>The place, or the nearest enclosing one whose pointer is short enough.</summary>
    private string Pointer()
    {
        var text = new StringBuilder();
        foreach (var level in levels)
        {
            if (level.Step is not { } name)
            {
                continue;
            }

            var step = Step(name);
            if (text.Length + step.Length >= LongestPointer)
            {
                break;
            }

            text.Append('/').Append(step);
        }

        return text.ToString();
    }

    private static string Step(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private sealed class Level(bool isArray)
    {
        private readonly List<string> names = new(0);
        private HashSet<string>? many;

        public bool IsArray { get; } = isArray;

        public int Index { get; set; } = -1;

        public string? Step => IsArray
            ? Index < 0 ? null : Index.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : names.Count == 0 ? null : names[^1];

        public bool Add(string name, int linear)
        {
            var isNew = many?.Add(name) ?? !names.Contains(name);
            names.Add(name);
            if (many is null && names.Count > linear)
            {
                many = [.. names];
            }

            return isNew;
        }
    }
}
