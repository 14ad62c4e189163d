using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Formulas;
using NodaTime;

namespace Cairn.Server.Platform;

/// <summary>A fact with how it came about.</summary>
/// <param name="Fact">Its name, its value, where it comes from and when it was true.</param>
/// <param name="Derivation">How it came about; <see langword="null"/> for what was only read.</param>
internal sealed record PublishedFact(Fact Fact, Derivation? Derivation = null);

/// <summary>
/// The facts of a customer, which modules publish and formulas, gates and triggers read: named, dated, derived values. A
/// lower ring that needs to know something of a higher one reads it here and never calls it. One value a name, the last one;
/// whatever needs a history keeps its own.
/// </summary>
/// <remarks>
/// A name begins with the module's noun and a dot (<c>plan.percent_done</c>), and belongs to that module alone. Publishing is
/// part of the transaction of what it follows from, so a fact is never ahead of it or behind it.
/// </remarks>
internal static class Facts
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Publishes facts over those of the same names.</summary>
    public static Task Publish(DbWork work, CustomerId customer, IReadOnlyList<PublishedFact> facts) => work.Execute(
        """
        insert into platform_facts (customer_id, name, value, source, at, derivation)
        select @customer, f.name, f.value, f.source, f.at, f.derivation
        from jsonb_to_recordset(@facts::jsonb) as f (name text, value jsonb, source text, at timestamptz, derivation jsonb)
        on conflict (customer_id, name) do update set
            value = excluded.value, source = excluded.source, at = excluded.at, derivation = excluded.derivation
        """,
        new
        {
            customer = customer.Value,
            facts = JsonSerializer.Serialize(facts.Select(one => new
            {
                name = one.Fact.Name,
                value = FactValue.Of(one.Fact.Value),
                source = one.Fact.Source,
                at = Rfc3339.Format(one.Fact.At ?? throw new ArgumentException($"The fact {one.Fact.Name} has no time.")),
                derivation = one.Derivation,
            }), JsonShape.Options),
        });

    /// <summary>Takes facts back, of which nothing is known any more.</summary>
    public static Task Retract(DbWork work, CustomerId customer, IReadOnlyList<string> names) => work.Execute(
        "delete from platform_facts where customer_id = @customer and name = any(@names)", new { customer = customer.Value, names = names.ToArray() });

    /// <summary>Everything that is published about a customer.</summary>
    public static async Task<KnownFacts> Of(DbWork work, CustomerId customer)
    {
        var rows = await work.List<FactRow>(
            "select name, value::text as value, source, at from platform_facts where customer_id = @customer order by name", new { customer = customer.Value });
        return new KnownFacts(rows.Select(row => new Fact(
            row.Name, JsonSerializer.Deserialize<FactValue>(row.Value, Json)!.ToValue(), row.Source, Instant.FromDateTimeOffset(row.At))));
    }

    private sealed class FactRow
    {
        public string Name { get; init; } = "";

        public string Value { get; init; } = "";

        public string Source { get; init; } = "";

        public DateTimeOffset At { get; init; }
    }

    /// <summary>A value as stored: its type by name, and a text that reads back exactly.</summary>
    private sealed record FactValue(string Type, string? Text)
    {
        public static FactValue Of(FormulaValue value) => value switch
        {
            FormulaValue.Number number => new("number", number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            FormulaValue.Text text => new("text", text.Value),
            FormulaValue.Flag flag => new("boolean", flag.Value ? "true" : "false"),
            FormulaValue.Date date => new("date", NodaTime.Text.LocalDatePattern.Iso.Format(date.Value)),
            FormulaValue.Time time => new("instant", Rfc3339.Format(time.Value)),
            FormulaValue.Missing missing => new("missing", missing.Reason),
            _ => throw new ArgumentException($"A fact of type {value.Type} cannot be published yet."),
        };

        public FormulaValue ToValue() => Type switch
        {
            "number" => new FormulaValue.Number(decimal.Parse(Text!, System.Globalization.CultureInfo.InvariantCulture)),
            "text" => new FormulaValue.Text(Text!),
            "boolean" => new FormulaValue.Flag(Text == "true"),
            "date" => new FormulaValue.Date(NodaTime.Text.LocalDatePattern.Iso.Parse(Text!).Value),
            "instant" => new FormulaValue.Time(Rfc3339.Parse(Text!)!.Value),
            "missing" => new FormulaValue.Missing(Text!),
            _ => throw new InvalidOperationException($"A stored fact is of the unknown type {Type}."),
        };
    }
}
