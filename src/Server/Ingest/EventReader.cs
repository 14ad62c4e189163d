using System.Text;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest;
using NodaTime;

namespace Cairn.Server.Ingest;

/// <summary>
/// Reads one event from JSON: a structured CloudEvent 1.0 (it has <c>specversion</c>), or the plain form
/// <c>event_id, timestamp, transaction_type, data</c>. The payload is a slice of the received bytes.
/// </summary>
internal static class EventReader
{
    /// <summary>Which of the two forms is expected.</summary>
    internal enum Form
    {
        /// <summary>A CloudEvent in structured mode.</summary>
        CloudEvent,

        /// <summary>The plain form.</summary>
        Plain,

        /// <summary>Whichever it is: a member <c>specversion</c> tells.</summary>
        Either,
    }

    /// <summary>Reads and checks the event; every fault is in the problem.</summary>
    /// <param name="json">The bytes of one JSON object; kept by the event, so they must not be reused.</param>
    /// <param name="form">The expected form.</param>
    /// <param name="customer">The customer of the key, as shown.</param>
    /// <param name="now">The clock, to find a sender's wrong clock.</param>
    public static Outcome<IngestEvent> Read(ReadOnlyMemory<byte> json, Form form, string customer, Instant now)
    {
        if (json.Length > IngestLimits.EventBytes)
        {
            return IngestProblems.EventTooLarge();
        }

        var faults = JsonPayload.Check(json.Span);
        if (faults.Count > 0)
        {
            return IngestProblems.Invalid(faults);
        }

        var members = Members(json);
        if (members is null)
        {
            var isArray = json.Span.TrimStart(" \t\r\n"u8) is [(byte)'[', ..];
            return IngestProblems.Invalid([new Fault("", "object-expected", isArray
                ? "An event is one JSON object, but this is an array. Send arrays as application/cloudevents-batch+json."
                : "An event is one JSON object.")]);
        }

        var isCloudEvent = form == Form.CloudEvent || (form == Form.Either && members.Has("specversion"));
        return isCloudEvent ? CloudEventReader.Structured(members, now) : PlainEventReader.Read(members, customer, now);
    }

    private static EventMembers? Members(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        var members = new EventMembers(json);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            var kind = reader.TokenType;
            var text = kind == JsonTokenType.String ? reader.GetString() : null;
            reader.Skip();
            members.Add(name, kind, text, start, (int)reader.BytesConsumed);
        }

        return members;
    }
}

/// <summary>The members of an event's object, each as a slice of the received bytes.</summary>
internal sealed class EventMembers(ReadOnlyMemory<byte> json)
{
    private readonly List<(string Name, JsonTokenType Kind, string? Text, int Start, int End)> members = new(10);

    public List<Fault> Faults { get; } = [];

    public IEnumerable<string> Names => members.Select(member => member.Name);

    public void Add(string name, JsonTokenType kind, string? text, int start, int end) => members.Add((name, kind, text, start, end));

    public bool Has(string name) => Find(name) >= 0;

    /// <summary>A text member. A null counts as absent; another type is a fault.</summary>
    public string? Text(string name)
    {
        var at = Find(name);
        if (at < 0 || members[at].Kind == JsonTokenType.Null)
        {
            return null;
        }

        if (members[at].Kind != JsonTokenType.String)
        {
            Faults.Add(new Fault("/" + name, "attribute-type", $"'{name}' must be text, but is {Describe(members[at].Kind)}. Put it in quotes."));
            return null;
        }

        return members[at].Text;
    }

    /// <summary>Whether the member was given with the wrong type, so that its absence is not reported a second time.</summary>
    public bool IsWrongType(string name) => Faults.Exists(fault => fault.Code == "attribute-type" && fault.Pointer == "/" + name);

    /// <summary>The raw bytes of a member's value, exactly as received.</summary>
    public ReadOnlyMemory<byte>? Raw(string name) => Find(name) is >= 0 and var at ? json[members[at].Start..members[at].End] : default(ReadOnlyMemory<byte>?);

    public JsonTokenType? KindOf(string name) => Find(name) is >= 0 and var at ? members[at].Kind : null;

    private int Find(string name) => members.FindIndex(member => member.Name == name);

    private static string Describe(JsonTokenType kind) => kind switch
    {
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        _ => "something else",
    };
}
