using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest;
using NodaTime;

namespace Cairn.Server.Ingest;

/// <summary>The plain form of an event: <c>event_id, timestamp, transaction_type, data</c>, and optionally <c>source</c> and <c>customer_id</c>.</summary>
internal static class PlainEventReader
{
    private const string DefaultSource = "api";

    private static readonly HashSet<string> Known = ["event_id", "timestamp", "transaction_type", "data", "source", "customer_id"];

    public static Outcome<IngestEvent> Read(EventMembers members, string customer, Instant now)
    {
        var faults = members.Faults;
        var id = Required(members, "event_id", IngestLimits.IdBytes);
        var type = Required(members, "transaction_type", IngestLimits.TypeBytes);
        var timeText = members.Text("timestamp");
        var time = timeText is null ? null : IngestRules.CheckTime(faults, "/timestamp", "timestamp", timeText, now);
        if (timeText is null && !members.IsWrongType("timestamp"))
        {
            faults.Add(new Fault("/timestamp", "attribute-missing", "'timestamp' is missing. Give the event's own time like 2026-01-19T10:35:22Z."));
        }

        var source = members.Text("source") ?? DefaultSource;
        IngestRules.CheckSource(faults, "/source", "source", source);
        var data = members.Raw("data");
        if (data is null)
        {
            faults.Add(new Fault("/data", "attribute-missing", "'data' is missing. Give the event's content as JSON; null if it has none."));
        }

        foreach (var name in members.Names.Where(name => !Known.Contains(name)))
        {
            faults.Add(new Fault(JsonWalk.PointerTo(name), "attribute-unknown", $"'{InputFaults.Shorten(name)}' is no member of an event. Put it inside 'data', or send a CloudEvent."));
        }

        var owner = members.Text("customer_id");
        if (faults.Count > 0)
        {
            return IngestProblems.Invalid(faults);
        }

        if (owner is not null && owner != customer)
        {
            return IngestProblems.OtherCustomer("/customer_id");
        }

        return new IngestEvent
        {
            EventId = id!,
            Source = source,
            Type = type!,
            TimeText = timeText,
            Time = time,
            Data = data!.Value,
            DataIsJson = true,
        };
    }

    private static string? Required(EventMembers members, string name, int maxBytes)
    {
        var value = members.Text(name);
        if (!members.IsWrongType(name))
        {
            IngestRules.CheckText(members.Faults, "/" + name, name, value, maxBytes);
        }

        return value;
    }
}
