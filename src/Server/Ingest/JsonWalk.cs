using System.Globalization;
using System.Text;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest;

namespace Cairn.Server.Ingest;

/// <summary>
/// Where a reader stands in a JSON text, so that a fault can name its place and a repeated name is seen. Names stay
/// places in the text; they become strings, and a pointer is spelled out, only for a fault.
/// </summary>
internal ref struct JsonWalk(ReadOnlySpan<byte> json, List<Fault> faults)
{
    // Below this many names a linear search beats a set; above it, a set keeps hostile objects linear in time.
    private const int LinearNames = 16;

    // A sender chooses the names; without a limit, a hundred faults below one long name would make an answer of megabytes.
    private const int LongestPointer = 500;

    // One walk at a time on a thread, and it never waits: its room can be used again by the next one.
    [ThreadStatic]
    private static Room? idle;

    private readonly ReadOnlySpan<byte> json = json;
    private readonly Room room = idle ??= new Room();
    private int depth;
    private int names;

    public readonly int Depth => depth;

    /// <summary>The pointer to a member of the root; to the root itself when the name is too long to repeat.</summary>
    public static string PointerTo(string name) => Step(name) is { Length: < LongestPointer } step ? "/" + step : "";

    public void Enter(bool isArray)
    {
        Value();
        room.Levels[depth++] = new Level { IsArray = isArray, Index = -1, FirstName = names };
    }

    public void Leave()
    {
        names = room.Levels[--depth].FirstName;
        room.Levels[depth].Many = null;
    }

    /// <summary>A value follows: in an array it has the next index.</summary>
    public readonly void Value()
    {
        if (depth > 0 && room.Levels[depth - 1].IsArray)
        {
            room.Levels[depth - 1].Index++;
        }
    }

    public void Name(ref readonly Utf8JsonReader reader)
    {
        ref var level = ref room.Levels[depth - 1];
        var name = new NamePlace((int)reader.TokenStartIndex, reader.ValueSpan.Length + 2, reader.ValueIsEscaped);
        var isNew = IsNew(ref level, name);
        if (names == room.Names.Length)
        {
            Array.Resize(ref room.Names, 2 * names);
        }

        room.Names[names++] = name;
        if (!isNew)
        {
            Fault("duplicate-name", $"The name \"{InputFaults.Shorten(Text(name))}\" stands twice in one object. Keep one of them.");
        }
    }

    public readonly void Fault(string code, string detail) => faults.Add(new Fault(Pointer(), code, detail));

    private readonly bool IsNew(ref Level level, NamePlace name)
    {
        if (level.Many is null && names - level.FirstName < LinearNames && !name.IsEscaped)
        {
            var text = name.Of(json);
            for (var at = level.FirstName; at < names; at++)
            {
                if (name.Length == room.Names[at].Length && text.SequenceEqual(room.Names[at].Of(json)))
                {
                    return false;
                }
            }

            return true;
        }

        if (level.Many is null)
        {
            level.Many = [];
            for (var at = level.FirstName; at < names; at++)
            {
                level.Many.Add(Text(room.Names[at]));
            }
        }

        return level.Many.Add(Text(name));
    }

    private static string Step(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private readonly string Text(NamePlace name)
    {
        var quoted = name.Of(json);
        try
        {
            return name.IsEscaped ? JsonStrings.Unquote(quoted) : Encoding.UTF8.GetString(quoted[1..^1]);
        }
        catch (InvalidOperationException)
        {
            // Unescaping fails only on a lone surrogate, and that fault has been noted already.
            return Encoding.UTF8.GetString(quoted[1..^1]);
        }
    }

    /// <summary>The place, or the nearest enclosing one whose pointer is short enough.</summary>
    private readonly string Pointer()
    {
        var text = new StringBuilder();
        for (var at = 0; at < depth; at++)
        {
            var level = room.Levels[at];
            var end = at + 1 < depth ? room.Levels[at + 1].FirstName : names;
            var step = level.IsArray
                ? level.Index < 0 ? null : level.Index.ToString(CultureInfo.InvariantCulture)
                : end > level.FirstName ? Step(Text(room.Names[end - 1])) : null;
            if (step is null)
            {
                continue;
            }

            if (text.Length + step.Length >= LongestPointer)
            {
                break;
            }

            text.Append('/').Append(step);
        }

        return text.ToString();
    }

    private sealed class Room
    {
        public readonly Level[] Levels = new Level[IngestLimits.JsonDepth + 1];

        // The names seen so far in every open object, those of an inner one behind those of the one around it.
        public NamePlace[] Names = new NamePlace[64];
    }

    private struct Level
    {
        public bool IsArray;
        public int Index;
        public int FirstName;
        public HashSet<string>? Many;
    }

    /// <summary>A name with its quotes.</summary>
    private readonly record struct NamePlace(int Start, int Length, bool IsEscaped)
    {
        public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> json) => json.Slice(Start, Length);
    }
}

/// <summary>Strings of a JSON text that was checked before.</summary>
internal static class JsonStrings
{
    /// <summary>The text of a string with its quotes.</summary>
    /// <exception cref="InvalidOperationException">An escape is half of a surrogate pair.</exception>
    public static string Unquote(ReadOnlySpan<byte> quoted)
    {
        var inner = quoted[1..^1];
        if (!inner.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(inner);
        }

        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.GetString()!;
    }
}
