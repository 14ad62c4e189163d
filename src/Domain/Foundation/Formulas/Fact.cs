using NodaTime;

namespace Cairn.Domain.Foundation.Formulas;

/// <summary>A named, dated, derived value that a module publishes.</summary>
/// <param name="Name">The name by which formulas know it: <c>uptime.percent_7d</c>.</param>
/// <param name="Value">Its value; <see cref="FormulaValue.Missing"/> when the module knows that it has none.</param>
/// <param name="Source">Where it comes from, for people: <c>customer's record, version 4</c>.</param>
/// <param name="At">When it was true; <see langword="null"/> for what has no time.</param>
public sealed record Fact(string Name, FormulaValue Value, string Source, Instant? At = null);

/// <summary>Where formulas look facts up. Answers at once and the same for the whole of one evaluation; what needs loading is loaded before.</summary>
public interface IFactSource
{
    /// <summary>The fact of that name, or <see langword="null"/> when there is none.</summary>
    Fact? Find(string name);
}

/// <summary>Facts that are in memory already. Of two with one name the later counts.</summary>
public sealed class KnownFacts : IFactSource
{
    /// <summary>Knows nothing.</summary>
    public static readonly KnownFacts None = new([]);

    private readonly Dictionary<string, Fact> byName = new(StringComparer.Ordinal);

    /// <summary>Holds these facts.</summary>
    public KnownFacts(IEnumerable<Fact> facts)
    {
        foreach (var fact in facts)
        {
            byName[fact.Name] = fact;
        }
    }

    /// <inheritdoc/>
    public Fact? Find(string name) => byName.GetValueOrDefault(name);
}

/// <summary>Asks several sources in order; the first that knows a name answers.</summary>
public sealed class FirstFacts(params IReadOnlyList<IFactSource> sources) : IFactSource
{
    /// <inheritdoc/>
    public Fact? Find(string name) => sources.Select(source => source.Find(name)).FirstOrDefault(fact => fact is not null);
}
