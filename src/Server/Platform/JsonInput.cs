using System.Text.Json;
using System.Text.Unicode;
using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

/// <summary>
/// Reads the JSON object that a request carries, member by member, and collects every fault: a serializer would stop at
/// the first. Ask for each member, then for <see cref="Finish"/>, which notes the members nobody asked for.
/// </summary>
internal sealed class JsonInput : IDisposable
{
    /// <summary>The largest body of a record, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private readonly JsonDocument document;
    private readonly HashSet<string> asked = [];

    private JsonInput(JsonDocument document, ReadOnlyMemory<byte> raw)
    {
        this.document = document;
        Raw = raw;
    }

    /// <summary>The bytes as they came.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    public InputFaults Faults { get; } = new();

    /// <summary>Reads the body of the request; a refusal when it is too large, of another type, or no JSON object.</summary>
    public static async Task<Outcome<JsonInput>> Read(HttpContext context)
    {
        var request = context.Request;
        if (!request.HasJsonContentType())
        {
            return PlatformProblems.MediaType(request.ContentType);
        }

        var body = new byte[MaxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, context.RequestAborted);
        return length > MaxBytes ? PlatformProblems.BodyTooLarge : Parse(body.AsMemory(0, length));
    }

    public static Outcome<JsonInput> Parse(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
        {
            return PlatformProblems.JsonMalformed("it is not valid UTF-8.");
        }

        try
        {
            var document = JsonDocument.Parse(body, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return new JsonInput(document, body);
            }

            document.Dispose();
            return PlatformProblems.JsonMalformed("send one object in braces.");
        }
        catch (JsonException e)
        {
            // The reader's own message may quote the body, which may hold a password.
            return PlatformProblems.JsonMalformed($"there is a mistake in line {e.LineNumber + 1 ?? 1}, byte {e.BytePositionInLine + 1 ?? 1} (or a member that stands twice).");
        }
    }

    /// <summary>Whether the member is there, be it null.</summary>
    public bool Has(string name) => document.RootElement.TryGetProperty(name, out _);

    /// <summary>Says that the member is known, though it is not read, and gives back what stands instead.</summary>
    public T Skip<T>(string name, T standing)
    {
        asked.Add(name);
        return standing;
    }

    /// <summary>A text; <see langword="null"/> when absent, null or at fault.</summary>
    public string? Text(string name) => Get(name) is { } value ? TextOf(value, "/" + name) : null;

    /// <summary>An instant (RFC 3339); <see langword="null"/> when absent, null or at fault.</summary>
    public NodaTime.Instant? Instant(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var instant = Rfc3339.Parse(text);
        if (instant is null)
        {
            Faults.Add("/" + name, "time-unusable", $"'{InputFaults.Shorten(text)}' is no time; write it as 2026-03-02T10:35:22Z.");
        }

        return instant;
    }

    /// <summary>A list of texts; <see langword="null"/> when absent, null or at fault.</summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (Get(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            WrongType("/" + name, "a list of texts");
            return null;
        }

        return [.. value.EnumerateArray().Select((item, at) => TextOf(item, $"/{name}/{at}") ?? "")];
    }

    /// <summary>The members of an object within; <see langword="null"/> when absent, null or at fault.</summary>
    public IReadOnlyList<(string Name, JsonElement Value)>? Members(string name)
    {
        if (Get(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return [.. value.EnumerateObject().Select(member => (NameOf(member, name), member.Value))];
        }

        WrongType("/" + name, "an object");
        return null;
    }

    /// <summary>A whole number within bounds; <see langword="null"/> when absent, null or at fault.</summary>
    public int? Whole(string name, int least, int most)
    {
        if (Get(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            WrongType("/" + name, $"a whole number from {least} to {most}");
            return null;
        }

        if (value.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Faults.Add("/" + name, "number-out-of-range", $"'{name}' takes a whole number from {least} to {most}.");
        return null;
    }

    /// <summary>Yes or no; <see langword="null"/> when absent, null or at fault.</summary>
    public bool? Flag(string name)
    {
        if (Get(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        WrongType("/" + name, "true or false");
        return null;
    }

    /// <summary>A member of any type, as it stands; <see langword="null"/> when absent or null. It lives as long as this input.</summary>
    public JsonElement? Element(string name) => Get(name);

    /// <summary>The text in a value found by <see cref="Members"/>.</summary>
    public string? TextOf(JsonElement value, string pointer)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            WrongType(pointer, "a text in quotes");
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escape such as \ud800 names half a character: valid JSON, but no text.
            Faults.Add(pointer, InputFaults.TextUnusable, "The text holds half a surrogate pair.");
            return null;
        }
    }

    public void WrongType(string pointer, string expected) => Faults.Add(pointer, InputFaults.MemberType, $"'{pointer[1..]}' takes {expected}.");

    /// <summary>Notes every member that was not asked for: a misspelt name must not be dropped in silence.</summary>
    public void Finish()
    {
        foreach (var member in document.RootElement.EnumerateObject())
        {
            var name = NameOf(member, "");
            if (!asked.Contains(name))
            {
                Faults.Add("/" + name, InputFaults.MemberUnknown, $"There is no member '{InputFaults.Shorten(name)}' here; known are: {string.Join(", ", asked)}.");
            }
        }
    }

    public void Dispose() => document.Dispose();

    private JsonElement? Get(string name)
    {
        asked.Add(name);
        return document.RootElement.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private string NameOf(JsonProperty member, string within)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            Faults.Add("/" + within, InputFaults.TextUnusable, "A member's name holds half a surrogate pair.");
            return "";
        }
    }
}
