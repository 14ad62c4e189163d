using System.Globalization;
using System.Text;
using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

/// <summary>Reads query parameters; every fault is collected, so that a caller hears of all at once.</summary>
internal sealed class QueryReader(HttpRequest request)
{
    private readonly List<Fault> faults = [];

    /// <summary>The refusal over all faults found, or <see langword="null"/>.</summary>
    public Problem? Problem => faults.Count == 0
        ? null
        : new Problem(ProblemKind.Malformed, faults.Count == 1 ? faults[0].Code : "query-invalid", faults.Count == 1 ? faults[0].Detail : $"{faults.Count} query parameters cannot be read; each is listed.") { Faults = [.. faults] };

    public string? Text(string name) => request.Query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>A page size: 1 to <paramref name="max"/>.</summary>
    public int Limit(int standard, int max) => Whole("limit", standard, 1, max);

    public int Whole(string name, int standard, int min, int max)
    {
        if (Text(name) is not { } text)
        {
            return standard;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        Add(name, "query-number", $"'{name}' must be a whole number from {min} to {max}, not '{text}'.");
        return standard;
    }

    /// <summary>A place in a log: a whole number from 0.</summary>
    public long? Index(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return index;
        }

        Add(name, "query-number", $"'{name}' is a log index: a whole number from 0, not '{text}'.");
        return null;
    }

    public bool? Flag(string name)
    {
        switch (Text(name))
        {
            case null: return null;
            case "true": return true;
            case "false": return false;
            default:
                Add(name, "query-flag", $"'{name}' must be true or false.");
                return null;
        }
    }

    public DateTimeOffset? Instant(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Rfc3339.Parse(text) is { } instant)
        {
            return instant.ToDateTimeOffset();
        }

        Add(name, "query-time", $"'{name}' must be an RFC 3339 time like 2026-01-19T10:35:22Z, not '{text}'.");
        return null;
    }

    public bool Descending(string name = "order", bool standard = false)
    {
        switch (Text(name))
        {
            case null: return standard;
            case "asc": return false;
            case "desc": return true;
            default:
                Add(name, "query-order", $"'{name}' must be asc or desc.");
                return standard;
        }
    }

    public TId? Id<TId>(string name)
        where TId : struct, ITypedId<TId>
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (TypedId.TryParse<TId>(text, out var id))
        {
            return id;
        }

        Add(name, "query-id", $"'{name}' must be an id like {TId.Prefix}_…, not '{text}'.");
        return null;
    }

    /// <summary>Where the last page ended, or <see langword="null"/> for the first page.</summary>
    public IReadOnlyList<string>? Cursor(int parts)
    {
        if (Text("cursor") is not { } text)
        {
            return null;
        }

        if (PageCursor.Read(text) is { } read && read.Count == parts)
        {
            return read;
        }

        Add("cursor", "cursor-invalid", "'cursor' is not one that this list gave out. Start again without it.");
        return null;
    }

    /// <summary>The id at which the last page of a list ordered by id ended, or <see langword="null"/> for the first page.</summary>
    public TId? IdCursor<TId>()
        where TId : struct, ITypedId<TId>
    {
        if (Cursor(parts: 1) is not [var text])
        {
            return null;
        }

        if (TypedId.TryParse<TId>(text, out var id))
        {
            return id;
        }

        Add("cursor", "cursor-invalid", "'cursor' is not one that this list gave out. Start again without it.");
        return null;
    }

    public void Add(string name, string code, string detail) => faults.Add(new Fault("?" + name, code, detail));
}

/// <summary>An opaque place in a list; its content is nobody's business but the list's.</summary>
internal static class PageCursor
{
    public static string Write(params string[] parts) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join('\n', parts))).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    public static IReadOnlyList<string>? Read(string text)
    {
        var padded = text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (text.Length % 4)) % 4);
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length).Split('\n') : null;
    }
}

/// <summary>A page of a list and the cursor of the next one; <c>null</c> on the last.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
