using System.Text.Json;
using System.Text.Json.Serialization;
using Cairn.Domain.Foundation.Playbooks;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Server.Plans;

/// <summary>A compiled playbook as a plan keeps it: the whole of it, so that what is read from it later does not depend on the file.</summary>
internal static class CompiledJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters =
        {
            new ByPattern<LocalDate>(LocalDatePattern.Iso),
            new ByPattern<LocalTime>(LocalTimePattern.ExtendedIso),
            new ByPattern<LocalDateTime>(LocalDateTimePattern.ExtendedIso),
            new ByPattern<Duration>(DurationPattern.Roundtrip),
            new ByPattern<Instant>(InstantPattern.ExtendedIso),
        },
    };

    public static string Write(CompiledPlaybook playbook) => JsonSerializer.Serialize(playbook, Options);

    public static CompiledPlaybook Read(string json) =>
        JsonSerializer.Deserialize<CompiledPlaybook>(json, Options) ?? throw new InvalidOperationException("What a plan was made from is null.");

    private sealed class ByPattern<T>(IPattern<T> pattern) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => pattern.Parse(reader.GetString()!).Value;

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(pattern.Format(value));
    }
}
