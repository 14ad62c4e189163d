using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Schemas;

/// <summary>
/// Refuses events that do not fit the schema of their type, before anything is stored. In memory and without a database
/// for all but those that do not fit: of these it must first be known that they are not repeats of what was recorded
/// before the schema came, because a retry is always answered as the first time.
/// </summary>
internal sealed class EventGate(EventTypes types, Database database)
{
    /// <summary>The refusal of an event; <see langword="null"/> when it may be recorded.</summary>
    public async ValueTask<Problem?> Refusal(CustomerId customer, IngestEvent given)
    {
        var rules = await types.Get(customer);
        return rules.Rules.Count == 0 ? null : await Refusal(customer, rules, given);
    }

    /// <summary>The refusals of events by their place; empty when all may be recorded.</summary>
    public async ValueTask<IReadOnlyDictionary<int, Problem>> Refusals(CustomerId customer, IReadOnlyList<IngestEvent> given)
    {
        var refusals = new Dictionary<int, Problem>(0);
        var rules = await types.Get(customer);
        if (rules.Rules.Count == 0)
        {
            return refusals;
        }

        for (var at = 0; at < given.Count; at++)
        {
            if (await Refusal(customer, rules, given[at]) is { } problem)
            {
                refusals.Add(at, problem);
            }
        }

        return refusals;
    }

    /// <summary>Puts refusals in the place of the events that may not be recorded.</summary>
    public async ValueTask Admit(CustomerId customer, List<Outcome<IngestEvent>> read)
    {
        var rules = await types.Get(customer);
        for (var at = 0; rules.Rules.Count > 0 && at < read.Count; at++)
        {
            if (read[at].IsOk && await Refusal(customer, rules, read[at].Value) is { } problem)
            {
                read[at] = problem;
            }
        }
    }

    private async ValueTask<Problem?> Refusal(CustomerId customer, CustomerEventTypes rules, IngestEvent given)
    {
        if (!rules.Rules.TryGetValue(given.Type, out var rule) || rule is not { OnViolation: OnViolation.Reject, Schema: not null })
        {
            return null;
        }

        var faults = Faults(rule, given);
        return faults.Count == 0 || await database.ForCustomer(customer, work => SchemasStore.IsRecorded(work, customer, given.EventId, given.Source))
            ? null
            : SchemaProblems.Violation(given.Type, rule.Version, faults);
    }

    private static IReadOnlyList<Fault> Faults(EventTypeRules rule, IngestEvent given)
    {
        if (!given.DataIsJson)
        {
            return [SchemaProblems.NotJson];
        }

        using var payload = JsonDocument.Parse(given.Data);
        return SchemaProblems.InEvent(rule.Schema!.Check(payload.RootElement));
    }
}
