using System.Text.Json;

namespace Cairn.Bench.Contenders;

/// <summary>The members of an event that the contenders store, read without any of the product's checks.</summary>
internal sealed record ReceivedEvent(string Id, string Source, string Type, DateTimeOffset Time, string TimeText, ReadOnlyMemory<byte> Data)
{
    /// <summary>Reads one event or an array of them.</summary>
    public static List<ReceivedEvent> ReadAll(ReadOnlyMemory<byte> json)
    {
        var events = new List<ReceivedEvent>();
        var reader = new Utf8JsonReader(json.Span);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                events.Add(One(ref reader, json));
            }
        }

        return events;
    }

    private static ReceivedEvent One(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        string id = "", source = "", type = "", timeText = "";
        var time = default(DateTimeOffset);
        var data = default(ReadOnlyMemory<byte>);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "id": id = reader.GetString()!; break;
                case "source": source = reader.GetString()!; break;
                case "type": type = reader.GetString()!; break;
                case "time": (time, timeText) = (reader.GetDateTimeOffset(), reader.GetString()!); break;
                case "data":
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    data = json[start..(int)reader.BytesConsumed];
                    break;
                default: reader.Skip(); break;
            }
        }

        return new ReceivedEvent(id, source, type, time, timeText, data);
    }
}
