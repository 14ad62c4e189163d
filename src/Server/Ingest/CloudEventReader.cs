using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest;
using Microsoft.Extensions.Primitives;
using NodaTime;

namespace Cairn.Server.Ingest;

/// <summary>CloudEvents 1.0: the structured JSON form and the binary HTTP mode, with the same checks behind both.</summary>
internal static class CloudEventReader
{
    private const string HeaderPrefix = "ce-";

    private static readonly Encoding HeaderEncoding = Encoding.Latin1;

    /// <summary>
    /// Tells the web server to take the bytes of attribute headers as they come, one character each. Left to itself it
    /// reads them as UTF-8 and drops the whole request, without a word, where they are not.
    /// </summary>
    public static Encoding? EncodingOf(string header) => header.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase) ? HeaderEncoding : null;

    private sealed record Attributes(
        string? SpecVersion, string? Id, string? Source, string? Type, string? Subject, string? DataSchema, string? ContentType, string? Time, string PointerPrefix);

    /// <summary>Reads the structured form. A null attribute counts as absent, as the specification asks.</summary>
    public static Outcome<IngestEvent> Structured(EventMembers members, Instant now)
    {
        var attributes = new Attributes(
            members.Text("specversion"), members.Text("id"), members.Text("source"), members.Text("type"), members.Text("subject"),
            members.Text("dataschema"), members.Text("datacontenttype"), members.Text("time"), "/");
        Check(attributes, members.Faults, now, out var time);
        var (data, isJson) = StructuredData(members, attributes.ContentType);
        return members.Faults.Count > 0 ? IngestProblems.Invalid(members.Faults) : Make(attributes, time, data, isJson);
    }

    /// <summary>Whether a request is in binary mode: any <c>ce-</c> header decides.</summary>
    public static bool IsBinary(IHeaderDictionary headers)
    {
        // Not by way of Keys, which is a new list for every request.
        foreach (var header in headers)
        {
            if (header.Key.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the binary mode: attributes from <c>ce-</c> headers, the body is the payload.</summary>
    public static Outcome<IngestEvent> Binary(IHeaderDictionary headers, ReadOnlyMemory<byte> body, Instant now)
    {
        var faults = new List<Fault>();
        string? Header(string name) => headers.TryGetValue(HeaderPrefix + name, out var values) ? Decode(name, values, faults) : null;
        var contentType = headers.ContentType.ToString() is { Length: > 0 } given ? given : null;
        var attributes = new Attributes(
            Header("specversion"), Header("id"), Header("source"), Header("type"), Header("subject"), Header("dataschema"), contentType, Header("time"), "ce-");
        if (headers.ContainsKey(HeaderPrefix + "datacontenttype"))
        {
            faults.Add(new Fault("ce-datacontenttype", "attribute-unknown", "In binary mode the content type is the Content-Type header. Drop ce-datacontenttype."));
        }

        Check(attributes, faults, now, out var time);
        var isJson = body.Length > 0 && IsJsonType(contentType);
        if (isJson)
        {
            faults.AddRange(JsonPayload.Check(body.Span).Select(fault => fault with { Pointer = "/data" + fault.Pointer }));
        }

        return faults.Count > 0 ? IngestProblems.Invalid(faults) : Make(attributes, time, body, isJson);
    }

    private static void Check(Attributes attributes, List<Fault> faults, Instant now, out Instant? time)
    {
        var at = attributes.PointerPrefix;
        bool IsTyped(string name) => !faults.Exists(fault => fault.Pointer == at + name);
        if (attributes.SpecVersion != "1.0" && IsTyped("specversion"))
        {
            faults.Add(new Fault(at + "specversion", "specversion-unsupported", $"'specversion' is {(attributes.SpecVersion is { } v ? $"\"{v}\"" : "missing")}. Send CloudEvents \"1.0\"."));
        }

        if (IsTyped("id"))
        {
            IngestRules.CheckText(faults, at + "id", "id", attributes.Id, IngestLimits.IdBytes);
        }

        if (IsTyped("source"))
        {
            IngestRules.CheckSource(faults, at + "source", "source", attributes.Source);
        }

        if (IsTyped("type"))
        {
            IngestRules.CheckText(faults, at + "type", "type", attributes.Type, IngestLimits.TypeBytes);
        }

        IngestRules.CheckOptionalText(faults, at + "subject", "subject", attributes.Subject, IngestLimits.IdBytes);
        IngestRules.CheckOptionalText(faults, at + "dataschema", "dataschema", attributes.DataSchema, IngestLimits.IdBytes);
        IngestRules.CheckOptionalText(faults, at + "datacontenttype", "datacontenttype", attributes.ContentType, IngestLimits.TypeBytes);
        time = attributes.Time is null ? null : IngestRules.CheckTime(faults, at + "time", "time", attributes.Time, now);
    }

    private static (ReadOnlyMemory<byte> Data, bool IsJson) StructuredData(EventMembers members, string? contentType)
    {
        var encoded = members.Text("data_base64");
        if (encoded is not null)
        {
            if (members.Has("data"))
            {
                members.Faults.Add(new Fault("/data_base64", "data-twice", "An event has 'data' or 'data_base64', not both. Drop one."));
            }

            return (Base64(encoded, members.Faults), false);
        }

        if (members.Raw("data") is not { } raw)
        {
            return (ReadOnlyMemory<byte>.Empty, false);
        }

        // A payload that is declared as something else than JSON travels as a JSON string: its text is the payload.
        return !IsJsonType(contentType) && members.KindOf("data") == JsonTokenType.String
            ? (Encoding.UTF8.GetBytes(members.Text("data")!), false)
            : (raw, true);
    }

    private static byte[] Base64(string text, List<Fault> faults)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        var decoded = new byte[Base64Length(bytes.Length)];
        if (text.Any(character => character > 127 || char.IsWhiteSpace(character))
            || System.Buffers.Text.Base64.DecodeFromUtf8(bytes, decoded, out _, out var length) != System.Buffers.OperationStatus.Done)
        {
            faults.Add(new Fault("/data_base64", "base64-invalid", "'data_base64' is no base64 text. Encode the bytes with the standard alphabet and padding."));
            return [];
        }

        return decoded[..length];
    }

    private static int Base64Length(int characters) => System.Buffers.Text.Base64.GetMaxDecodedFromUtf8Length(characters);

    /// <summary>JSON unless another type is declared: a missing content type means JSON in the structured form.</summary>
    private static bool IsJsonType(string? contentType)
    {
        if (contentType is null)
        {
            return true;
        }

        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        var type = (end < 0 ? contentType : contentType[..end]).Trim();
        return type.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Decodes a header as the HTTP binding says: unquote, percent-decode once, check the UTF-8. Senders in the wild do
    /// not encode, so a percent sign that begins no escape stays as it is, and so do bytes of UTF-8 as they are. Letters in
    /// another encoding (the JavaScript SDK sends Latin-1) are refused: nobody can tell which one was meant.
    /// </summary>
    private static string? Decode(string name, StringValues values, List<Fault> faults)
    {
        if (values.Count > 1)
        {
            faults.Add(new Fault(HeaderPrefix + name, "header-repeated", $"The header ce-{name} stands more than once. Send it once."));
            return null;
        }

        var text = values.ToString();
        if (text.Length >= 2 && text[0] == '"' && text[^1] == '"')
        {
            text = text[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        }

        if (!text.Contains('%', StringComparison.Ordinal) && Ascii.IsValid(text))
        {
            return text;
        }

        // The server hands these headers over byte by byte, see HeaderEncoding.
        var raw = HeaderEncoding.GetBytes(text);
        var bytes = new List<byte>(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] == '%' && at + 2 < raw.Length && Utf8Parser.TryParse(raw.AsSpan(at + 1, 2), out byte value, out var used, 'x') && used == 2)
            {
                bytes.Add(value);
                at += 2;
            }
            else
            {
                bytes.Add(raw[at]);
            }
        }

        if (!System.Text.Unicode.Utf8.IsValid([.. bytes]))
        {
            faults.Add(new Fault(HeaderPrefix + name, "utf8-invalid", $"The header ce-{name} decodes to invalid UTF-8. Percent-encode UTF-8 bytes."));
            return null;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static IngestEvent Make(Attributes attributes, Instant? time, ReadOnlyMemory<byte> data, bool isJson) => new()
    {
        EventId = attributes.Id!,
        Source = attributes.Source!,
        Type = attributes.Type!,
        Subject = attributes.Subject,
        DataSchema = attributes.DataSchema,
        DataContentType = attributes.ContentType,
        TimeText = attributes.Time,
        Time = time,
        Data = data,
        DataIsJson = isJson,
    };
}
