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

        var members = new EventMembers(json);
        var faults = JsonPayload.Check(json.Span, members);
        if (faults.Count > 0)
        {
            return IngestProblems.Invalid(faults);
        }

        if (!members.IsObject)
        {
            var isArray = json.Span.TrimStart(" \t\r\n"u8) is [(byte)'[', ..];
            return IngestProblems.Invalid([new Fault("", "object-expected", isArray
                ? "An event is one JSON object, but this is an array. Send arrays as application/cloudevents-batch+json."
                : "An event is one JSON object.")]);
        }

        var isCloudEvent = form == Form.CloudEvent || (form == Form.Either && members.Has("specversion"));
        return isCloudEvent ? CloudEventReader.Structured(members, now) : PlainEventReader.Read(members, customer, now);
    }
}

/// <summary>The members of an event's object, each as a slice of the received bytes.</summary>
internal sealed class EventMembers(ReadOnlyMemory<byte> json)
{
    private readonly List<Member> members = new(10);
    private Member open;

    public List<Fault> Faults { get; } = new(0);

    /// <summary>Whether the text is an object at all.</summary>
    public bool IsObject { get; private set; }

    public IEnumerable<string> Names => members.Select(NameOf);

    /// <summary>Takes notice of each token of the text in turn.</summary>
    public void Note(ref readonly Utf8JsonReader reader)
    {
        if (reader.CurrentDepth == 0)
        {
            IsObject |= reader.TokenType == JsonTokenType.StartObject;
            return;
        }

        if (!IsObject || reader.CurrentDepth > 1)
        {
            return;
        }

        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            open = new Member { NameStart = (int)reader.TokenStartIndex, NameEnd = (int)reader.TokenStartIndex + reader.ValueSpan.Length + 2, IsNameEscaped = reader.ValueIsEscaped };
            return;
        }

        if (reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            (open.Kind, open.Start) = (reader.TokenType, (int)reader.TokenStartIndex);
        }

        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            open.End = (int)reader.BytesConsumed;
            members.Add(open);
        }
    }

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

        return JsonStrings.Unquote(json.Span[members[at].Start..members[at].End]);
    }

    /// <summary>Whether the member was given with the wrong type, so that its absence is not reported a second time.</summary>
    public bool IsWrongType(string name) => Faults.Exists(fault => fault.Code == "attribute-type" && fault.Pointer == "/" + name);

    /// <summary>The raw bytes of a member's value, exactly as received.</summary>
    public ReadOnlyMemory<byte>? Raw(string name) => Find(name) is >= 0 and var at ? json[members[at].Start..members[at].End] : default(ReadOnlyMemory<byte>?);

    public JsonTokenType? KindOf(string name) => Find(name) is >= 0 and var at ? members[at].Kind : null;

    private int Find(string name)
    {
        for (var at = 0; at < members.Count; at++)
        {
            var member = members[at];
            var isIt = member.IsNameEscaped
                ? NameOf(member) == name
                : member.NameEnd - member.NameStart - 2 == name.Length && Ascii.Equals(json.Span[(member.NameStart + 1)..(member.NameEnd - 1)], name);
            if (isIt)
            {
                return at;
            }
        }

        return -1;
    }

    private string NameOf(Member member) => JsonStrings.Unquote(json.Span[member.NameStart..member.NameEnd]);

    private static string Describe(JsonTokenType kind) => kind switch
    {
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        _ => "something else",
    };

    /// <summary>Where name and value stand in the text, each with its quotes.</summary>
    private struct Member
    {
        public int NameStart;
        public int NameEnd;
        public bool IsNameEscaped;
        public JsonTokenType Kind;
        public int Start;
        public int End;
    }
}
