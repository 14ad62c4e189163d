using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Cairn.Domain.Ingest;
using NodaTime;

namespace Cairn.Server.Tests.Ingest;

/// <summary>Who hands in a bad input.</summary>
internal enum Sender
{
    Customer,
    Operator,
    Nobody,
    Garbage,
    WrongSecret,
    NotBearer,
    Revoked,
    Expired,
    Reader,
}

/// <summary>One bad request and its refusal.</summary>
/// <param name="Name">What is wrong, in words.</param>
/// <param name="Status">The refusal's status.</param>
/// <param name="Code">Its code.</param>
/// <param name="Pointer">The place of its one fault; <see langword="null"/> where the request has no place to point at.</param>
/// <param name="Fix">Words of the detail that tell the sender what to do.</param>
internal sealed record BadInput(string Name, int Status, string Code, string? Pointer, string Fix)
{
    /// <summary>The body.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>The content type, or none.</summary>
    public string? Type { get; init; } = BadInputTable.Plain;

    /// <summary>Further headers.</summary>
    public (string Name, string Value)[] Headers { get; init; } = [];

    /// <summary>What follows the address; <c>{other}</c> stands for another customer.</summary>
    public string Query { get; init; } = "";

    /// <summary>Whose key is shown.</summary>
    public Sender Sender { get; init; } = Sender.Customer;

    /// <summary>Whether the body is sent without announcing its length.</summary>
    public bool IsChunked { get; init; }
}

/// <summary>Every bad input of one request, one row each.</summary>
internal static class BadInputTable
{
    public const string Plain = "application/json";
    public const string CloudEvent = "application/cloudevents+json";
    public const string Batch = "application/cloudevents-batch+json";

    private const string Id = "\"event_id\":\"bad\"";
    private const string Time = "\"timestamp\":\"2026-01-19T10:35:22Z\"";
    private const string Kind = "\"transaction_type\":\"sale\"";

    private static readonly (string, string)[] Ce = [("ce-specversion", "1.0"), ("ce-id", "bad"), ("ce-source", "/s"), ("ce-type", "sale")];

    public static IReadOnlyList<BadInput> Rows { get; } = [.. Json(), .. Texts(), .. Sizes(), .. Attributes(), .. Times(), .. CloudEvents(), .. Binary(), .. Types(), .. Batches(), .. Senders()];

    /// <summary>An event in the plain form that is good but for what is given.</summary>
    public static string Event(string id = Id, string time = Time, string kind = Kind, string more = ",\"data\":{}") =>
        "{" + string.Join(',', new[] { id, time, kind }.Where(part => part.Length > 0)) + more + "}";

    private static IEnumerable<BadInput> Json()
    {
        yield return Row("an empty body", 400, "json-malformed", "", "not valid JSON", "");
        yield return Row("JSON that breaks off", 400, "json-malformed", "", "at line 1, byte", "{\"event_id\":\"bad\",");
        yield return Row("two JSON values", 400, "json-malformed", "", "not valid JSON", Event() + Event());
        yield return Row("a comment", 400, "json-malformed", "", "not valid JSON", "/* hello */" + Event());
        yield return Row("a trailing comma", 400, "json-malformed", "", "not valid JSON", Event(more: ",\"data\":[1,]"));
        yield return Row("not a number", 400, "json-malformed", "", "not valid JSON", Event(more: ",\"data\":NaN"));
        yield return Row("single quotes", 400, "json-malformed", "", "not valid JSON", "{'event_id':'bad'}");
        yield return Row("a raw line break in a text", 400, "json-malformed", "", "not valid JSON", Event(more: ",\"data\":\"a\nb\""));
        yield return Row("an array instead of an event", 400, "object-expected", "", "application/cloudevents-batch+json", $"[{Event()}]");
        yield return Row("a text instead of an event", 400, "object-expected", "", "one JSON object", "\"hello\"");
        yield return Row("null instead of an event", 400, "object-expected", "", "one JSON object", "null");
        yield return Row("a name twice", 400, "duplicate-name", "/event_id", "Keep one", Event(more: ",\"data\":{},\"event_id\":\"other\""));
        yield return Row("a name twice inside the payload", 400, "duplicate-name", "/data/a/1/b~1c", "Keep one", Event(more: ",\"data\":{\"a\":[0,{\"b/c\":1,\"b/c\":2}]}"));
        yield return Row("a name twice, once escaped", 400, "duplicate-name", "/data/price", "Keep one", Event(more: ",\"data\":{\"price\":1,\"\\u0070rice\":2}"));
        yield return Row("nesting beyond every use", 400, "depth-exceeded", "", "Flatten", Event(more: $",\"data\":{new string('[', 100)}{new string(']', 100)}"));
        yield return Row("one level of nesting too many", 400, "depth-exceeded", "", "Flatten", Event(more: $",\"data\":{new string('[', IngestLimits.JsonDepth)}{new string(']', IngestLimits.JsonDepth)}"));
        yield return Row("nesting meant to break the reader", 400, "depth-exceeded", "", "Flatten", new string('[', 200_000));
        yield return Row("an exponent that no column holds", 400, "number-range", "/data/n", "as text", Event(more: ",\"data\":{\"n\":1e400000}"));
        yield return Row("a tiny exponent", 400, "number-range", "/data/n", "as text", Event(more: ",\"data\":{\"n\":1e-99999999999999999999}"));
        yield return Row("a number of 500 digits", 400, "number-range", "/data/0", "as text", Event(more: $",\"data\":[{new string('9', 500)}]"));
    }

    private static IEnumerable<BadInput> Texts()
    {
        yield return Row("invalid UTF-8", 400, "utf8-invalid", "", "encoded as UTF-8", "") with { Body = [.. "{\"data\":\""u8, 0xC3, 0x28, .. "\"}"u8] };
        yield return Row("an overlong UTF-8 form", 400, "utf8-invalid", "", "encoded as UTF-8", "") with { Body = [.. "{\"data\":\""u8, 0xC0, 0x80, .. "\"}"u8] };
        yield return Row("a surrogate in UTF-8", 400, "utf8-invalid", "", "encoded as UTF-8", "") with { Body = [.. "{\"data\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8] };
        yield return Row("UTF-16", 400, "utf8-invalid", "", "encoded as UTF-8", "") with { Body = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Event())] };
        yield return Row("U+0000 in a value", 400, "null-character", "/data/note", "Leave the character out", Event(more: ",\"data\":{\"note\":\"a\\u0000b\"}"));
        yield return Row("U+0000 in a name", 400, "null-character", "/data", "Leave the character out", Event(more: ",\"data\":{\"a\\u0000\":1}"));
        yield return Row("U+0000 in the id", 400, "null-character", "/event_id", "Leave the character out", Event(id: "\"event_id\":\"\\u0000\""));
        yield return Row("a high surrogate alone", 400, "surrogate-lone", "/data/note", "whole characters", Event(more: ",\"data\":{\"note\":\"\\ud83d\"}"));
        yield return Row("a low surrogate first", 400, "surrogate-lone", "/data", "whole characters", Event(more: ",\"data\":\"\\ude00\\u0041\""));
        yield return Row("a lone surrogate in a name", 400, "surrogate-lone", "/data", "whole characters", Event(more: ",\"data\":{\"\\udfff\":1}"));
    }

    private static IEnumerable<BadInput> Sizes()
    {
        var large = Event(more: $",\"data\":\"{new string('x', 256 * 1024)}\"");
        yield return Row("an event over its limit, with its length announced", 413, "event-too-large", null, "its hash here", large);
        yield return Row("an event over its limit, in chunks", 413, "event-too-large", null, "its hash here", large) with { IsChunked = true };
        yield return Row("a batch over its limit, with its length announced", 413, "batch-too-large", null, "Split it", large) with { Type = Batch, Body = new byte[(5 << 20) + 1] };
        yield return Row("a batch over its limit, in chunks", 413, "batch-too-large", null, "Split it", large) with { Type = Batch, Body = new byte[(5 << 20) + 1], IsChunked = true };
    }

    private static IEnumerable<BadInput> Attributes()
    {
        yield return Row("no id", 400, "attribute-missing", "/event_id", "Give it as text", Event(id: ""));
        yield return Row("an id that is null", 400, "attribute-missing", "/event_id", "Give it as text", Event(id: "\"event_id\":null"));
        yield return Row("an empty id", 400, "attribute-empty", "/event_id", "1 to 512 bytes", Event(id: "\"event_id\":\"\""));
        yield return Row("an id that is a number", 400, "attribute-type", "/event_id", "in quotes", Event(id: "\"event_id\":17"));
        yield return Row("an id that is an object", 400, "attribute-type", "/event_id", "must be text", Event(id: "\"event_id\":{\"a\":1}"));
        yield return Row("an over-long id", 400, "attribute-too-long", "/event_id", "Shorten", Event(id: $"\"event_id\":\"{new string('é', 257)}\""));
        yield return Row("a control character in the id", 400, "control-character", "/event_id", "Leave it out", Event(id: "\"event_id\":\"a\\nb\""));
        yield return Row("no type", 400, "attribute-missing", "/transaction_type", "Give it as text", Event(kind: ""));
        yield return Row("a type that is a list", 400, "attribute-type", "/transaction_type", "must be text", Event(kind: "\"transaction_type\":[\"sale\"]"));
        yield return Row("an over-long type", 400, "attribute-too-long", "/transaction_type", "Shorten", Event(kind: $"\"transaction_type\":\"{new string('t', 257)}\""));
        yield return Row("no time", 400, "attribute-missing", "/timestamp", "2026-01-19T10:35:22Z", Event(time: ""));
        yield return Row("no data", 400, "attribute-missing", "/data", "null if it has none", Event(more: ""));
        yield return Row("an unknown member", 400, "attribute-unknown", "/quantity", "inside 'data'", Event(more: ",\"data\":{},\"quantity\":3"));
        yield return Row("an unknown member with a slash", 400, "attribute-unknown", "/a~1b~0c", "inside 'data'", Event(more: ",\"data\":{},\"a/b~c\":3"));
        yield return Row("a name in other letters", 400, "attribute-unknown", "/Data", "inside 'data'", Event(more: ",\"data\":{},\"Data\":{}"));
        yield return Row("a source of the program's own", 422, "source-reserved", "/source", "Choose another", Event(more: ",\"data\":{},\"source\":\"cairn:ledger\""));
        yield return Row("another customer in the body", 404, "customer-not-found", "/customer_id", "Leave it out", Event(more: ",\"data\":{},\"customer_id\":\"cus_00000000000000000000000001\""));
        yield return Row("a customer that is a number", 400, "attribute-type", "/customer_id", "in quotes", Event(more: ",\"data\":{},\"customer_id\":1"));
    }

    private static IEnumerable<BadInput> Times()
    {
        var tomorrow = SystemClock.Instance.GetCurrentInstant().Plus(Duration.FromDays(1)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        yield return Row("a clock that is a day ahead", 422, "event-time-in-future", "/timestamp", "Set the sender's clock", Event(time: $"\"timestamp\":\"{tomorrow}\""));
        yield return Row("the end of all years", 422, "event-time-in-future", "/timestamp", "Set the sender's clock", Event(time: "\"timestamp\":\"9999-12-31T23:59:59Z\""));
        yield return Row("a time before 1970", 422, "event-time-too-early", "/timestamp", "clock and units", Event(time: "\"timestamp\":\"1969-12-31T23:59:59Z\""));
        yield return Row("a time without a zone", 400, "time-invalid", "/timestamp", "with a zone", Event(time: "\"timestamp\":\"2026-01-19T10:35:22\""));
        yield return Row("a date alone", 400, "time-invalid", "/timestamp", "with a zone", Event(time: "\"timestamp\":\"2026-01-19\""));
        yield return Row("a day that does not exist", 400, "time-invalid", "/timestamp", "RFC 3339", Event(time: "\"timestamp\":\"2026-02-30T10:35:22Z\""));
        yield return Row("seconds since 1970", 400, "attribute-type", "/timestamp", "in quotes", Event(time: "\"timestamp\":1768818922"));
    }

    private static IEnumerable<BadInput> CloudEvents()
    {
        static BadInput Structured(string name, int status, string code, string? pointer, string fix, string body) => Row(name, status, code, pointer, fix, body) with { Type = CloudEvent };
        const string rest = "\"source\":\"/s\",\"type\":\"sale\"";
        yield return Structured("a CloudEvent without specversion", 400, "specversion-unsupported", "/specversion", "Send CloudEvents \"1.0\"", $"{{\"id\":\"bad\",{rest}}}");
        yield return Structured("CloudEvents 0.3", 400, "specversion-unsupported", "/specversion", "Send CloudEvents \"1.0\"", $"{{\"specversion\":\"0.3\",\"id\":\"bad\",{rest}}}");
        yield return Structured("a specversion that is a number", 400, "attribute-type", "/specversion", "in quotes", $"{{\"specversion\":1.0,\"id\":\"bad\",{rest}}}");
        yield return Structured("a CloudEvent without id", 400, "attribute-missing", "/id", "Give it as text", $"{{\"specversion\":\"1.0\",{rest}}}");
        yield return Structured("a CloudEvent without source", 400, "attribute-missing", "/source", "Give it as text", "{\"specversion\":\"1.0\",\"id\":\"bad\",\"type\":\"sale\"}");
        yield return Structured("a CloudEvent with an empty type", 400, "attribute-empty", "/type", "1 to 256 bytes", "{\"specversion\":\"1.0\",\"id\":\"bad\",\"source\":\"/s\",\"type\":\"\"}");
        yield return Structured("data and data_base64", 400, "data-twice", "/data_base64", "Drop one", $"{{\"specversion\":\"1.0\",\"id\":\"bad\",{rest},\"data\":1,\"data_base64\":\"AA==\"}}");
        yield return Structured("base64 of another alphabet", 400, "base64-invalid", "/data_base64", "standard alphabet", $"{{\"specversion\":\"1.0\",\"id\":\"bad\",{rest},\"data_base64\":\"_-8=\"}}");
        yield return Structured("base64 without its padding", 400, "base64-invalid", "/data_base64", "padding", $"{{\"specversion\":\"1.0\",\"id\":\"bad\",{rest},\"data_base64\":\"AAA\"}}");
        yield return Structured("base64 that is an object", 400, "attribute-type", "/data_base64", "must be text", $"{{\"specversion\":\"1.0\",\"id\":\"bad\",{rest},\"data_base64\":{{}}}}");
        yield return Structured("a CloudEvent of tomorrow", 422, "event-time-in-future", "/time", "Set the sender's clock", $"{{\"specversion\":\"1.0\",\"id\":\"bad\",{rest},\"time\":\"2999-01-01T00:00:00Z\"}}");
        yield return Structured("a subject that is a number", 400, "attribute-type", "/subject", "in quotes", $"{{\"specversion\":\"1.0\",\"id\":\"bad\",{rest},\"subject\":4}}");
    }

    private static IEnumerable<BadInput> Binary()
    {
        static BadInput With(string name, int status, string code, string pointer, string fix, params (string, string)[] headers) =>
            Row(name, status, code, pointer, fix, "{}") with { Headers = headers };
        yield return With("binary mode without an id", 400, "attribute-missing", "ce-id", "Give it as text", Ce[0], Ce[2], Ce[3]);
        yield return With("binary mode of 0.3", 400, "specversion-unsupported", "ce-specversion", "Send CloudEvents \"1.0\"", ("ce-specversion", "0.3"), Ce[1], Ce[2], Ce[3]);
        yield return With("a content type in a ce- header", 400, "attribute-unknown", "ce-datacontenttype", "Content-Type header", [.. Ce, ("ce-datacontenttype", "text/plain")]);
        yield return With("a header that decodes to no text", 400, "utf8-invalid", "ce-id", "Percent-encode UTF-8", Ce[0], ("ce-id", "%C3%28"), Ce[2], Ce[3]);
        yield return With("a header with U+0000", 400, "control-character", "ce-id", "Leave it out", Ce[0], ("ce-id", "a%00b"), Ce[2], Ce[3]);
        yield return With("a reserved source in a header", 422, "source-reserved", "ce-source", "Choose another", Ce[0], Ce[1], ("ce-source", "cairn:x"), Ce[3]);
        yield return With("a payload that is no JSON though it says so", 400, "json-malformed", "/data", "not valid JSON", Ce) with { Body = "{"u8.ToArray() };
        yield return With("a binary payload with a name twice", 400, "duplicate-name", "/data/a", "Keep one", Ce) with { Body = "{\"a\":1,\"a\":2}"u8.ToArray() };
    }

    private static IEnumerable<BadInput> Types()
    {
        foreach (var type in new[] { "text/plain", "application/xml", "application/cloudevents+xml", "application/cloudevents-batch+avro", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", null })
        {
            yield return Row($"the content type {type ?? "of nothing"}", 415, "media-type-unsupported", null, "application/cloudevents+json", Event()) with { Type = type };
        }
    }

    private static IEnumerable<BadInput> Batches()
    {
        static string One(int number) => $"{{\"specversion\":\"1.0\",\"id\":\"bad{number}\",\"source\":\"/s\",\"type\":\"t\"}}";
        static BadInput Of(string name, int status, string code, string? pointer, string fix, string body) => Row(name, status, code, pointer, fix, body) with { Type = Batch };
        yield return Of("a batch of 1,001", 413, "batch-too-large", null, "Split it", "[" + string.Join(',', Enumerable.Range(0, 1_001).Select(One)) + "]");
        yield return Of("a batch that is one event", 400, "array-expected", "", "application/cloudevents+json", One(1));
        yield return Of("a batch that is null", 400, "array-expected", "", "application/cloudevents+json", "null");
        yield return Of("a batch that breaks off", 400, "json-malformed", "", "not valid JSON", $"[{One(1)},{One(2)}");
        yield return Of("a batch with something after it", 400, "json-malformed", "", "not valid JSON", $"[{One(1)}]]");
        yield return Of("an empty batch body", 400, "json-malformed", "", "not valid JSON", "");
        yield return Of("a batch of endless nesting", 400, "depth-exceeded", "", "Flatten", new string('[', 100_000));
    }

    private static IEnumerable<BadInput> Senders()
    {
        static BadInput By(Sender sender, string name, int status, string code, string fix, string query = "") =>
            Row(name, status, code, null, fix, Event()) with { Sender = sender, Query = query };
        yield return By(Sender.Nobody, "no key", 401, "authentication-required", "Authorization: Bearer");
        yield return By(Sender.Garbage, "a key that is no key", 401, "key-unknown", "the whole key");
        yield return By(Sender.WrongSecret, "a key with another secret", 401, "key-unknown", "the whole key");
        yield return By(Sender.NotBearer, "a key in another scheme", 401, "key-unknown", "Authorization: Bearer");
        yield return By(Sender.Revoked, "a revoked key", 401, "key-revoked", "Use another key");
        yield return By(Sender.Expired, "an expired key", 401, "key-expired", "Use another key");
        yield return By(Sender.Reader, "a key without the scope", 403, "scope-missing", "use another key");
        yield return By(Sender.Customer, "another customer's key", 404, "customer-not-found", "another customer's", "?customer={other}");
        yield return By(Sender.Customer, "a customer that is no id", 404, "customer-not-found", "no such customer", "?customer=acme");
        yield return By(Sender.Operator, "an operator who names nobody", 400, "customer-required", "?customer=");
        yield return By(Sender.Operator, "an operator who names an unknown customer", 404, "customer-not-found", "no such customer", "?customer=cus_01m7z4p6ydeagva8ykcz2javx0");
    }

    private static BadInput Row(string name, int status, string code, string? pointer, string fix, string body) =>
        new(name, status, code, pointer, fix) { Body = Encoding.UTF8.GetBytes(body) };
}
