using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using NodaTime;

namespace Cairn.Server.Platform;

/// <summary>What is asked of a playbook: its dates for one start.</summary>
/// <param name="Playbook">The playbook's id.</param>
/// <param name="Version">Which version; the newest when <see langword="null"/>.</param>
/// <param name="Start">Day 1.</param>
/// <param name="Days">The customer's business days.</param>
/// <param name="Parameters">The answers to what the playbook asks, as they came; faults have pointers below <c>/parameters</c>.</param>
internal sealed record PlaybookStart(string Playbook, int? Version, LocalDate Start, IBusinessDays Days, IReadOnlyDictionary<string, JsonElement> Parameters);

/// <summary>Works a playbook out for a customer; the playbooks module answers.</summary>
internal interface IPlaybookCompiler
{
    /// <summary>The playbook with real dates; a refusal when there is none of that id and version, it has faults, or an answer does not fit.</summary>
    Task<Outcome<CompiledPlaybook>> Compile(DbWork work, CustomerId customer, PlaybookStart start);
}
