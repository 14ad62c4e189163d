using System.Globalization;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Formulas;
using Cairn.Domain.Foundation.Playbooks;
using Cairn.Domain.Playbooks;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Playbooks;

/// <summary>A playbook and where it comes from.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its text and what was read from it.</param>
/// <param name="Row">The installation's own version that it is; <see langword="null"/> for a shipped one.</param>
internal sealed record FoundPlaybook(string Id, PlaybookText Text, PlaybookRow? Row)
{
    public const string Shipped = "shipped";
    public const string Installation = "installation";

    public string Source => Row is null ? Shipped : Installation;

    /// <summary>Its version; 0 for a text that says none.</summary>
    public int Version => Row?.Version ?? Text.Reading.Playbook?.Version ?? (int.TryParse(Text.Root?.Text("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var stated) ? stated : 0);
}

/// <summary>
/// What other modules may look up about playbooks. The installation's own newest version of a playbook stands before the
/// shipped one; older own versions stay, for the plans that were started from them.
/// </summary>
internal sealed class PlaybooksDirectory(Database database, ShippedPlaybooks shipped, ICustomerFacts customers) : IPlaybookCompiler
{
    /// <summary>
    /// Dates a playbook for a customer. Refuses an unknown playbook or version, one with faults, and answers that do not
    /// fit (pointers <c>/parameters/…</c>). Reads the customer's record in the given transaction, playbooks in one of its own,
    /// because they are the installation's.
    /// </summary>
    public async Task<Outcome<CompiledPlaybook>> Compile(DbWork work, CustomerId customer, PlaybookStart start)
    {
        var found = await Find(start.Playbook, start.Version, work.Cancel);
        if (!found.IsOk)
        {
            return found.Problem;
        }

        if (found.Value.Text.Reading.Playbook is not { } playbook)
        {
            return PlaybooksProblems.Faulty(start.Playbook, found.Value.Text.Reading.Faults);
        }

        var faults = new InputFaults();
        var texts = start.Parameters.Where(answer => answer.Value.ValueKind is not JsonValueKind.Null).ToDictionary(answer => answer.Key, answer => TextOf(answer.Value), StringComparer.Ordinal);
        var answers = PlaybookAnswers.FromTexts(playbook, texts, faults);
        return faults.Any
            ? faults.ToProblem()
            : PlaybookCompiler.Compile(playbook, found.Value.Text.Sha256, start.Start, start.Days, answers, await customers.Of(work, customer));
    }

    /// <summary>The playbook in force of each id, by id.</summary>
    public async Task<IReadOnlyList<FoundPlaybook>> All(CancellationToken cancel)
    {
        var own = await database.ForCustomer(CustomerId.Installation, PlaybooksStore.Newest, cancel);
        return
        [
            .. own.Select(Own).Concat(shipped.ById.Where(pair => own.All(row => row.Playbook != pair.Key)).Select(pair => new FoundPlaybook(pair.Key, pair.Value, null)))
                .OrderBy(found => found.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>One playbook: the version in force, or the one that is named.</summary>
    public async Task<Outcome<FoundPlaybook>> Find(string id, int? version, CancellationToken cancel)
    {
        var versions = await Versions(id, cancel);
        if (versions.Count == 0)
        {
            return PlaybooksProblems.NotFound(id, (await All(cancel)).Select(found => found.Id));
        }

        return version is not { } wanted ? versions[0]
            : versions.FirstOrDefault(found => found.Version == wanted) is { } found ? found
            : PlaybooksProblems.VersionNotFound(id, wanted, versions.Select(known => known.Version));
    }

    /// <summary>All versions there are, the one in force first: the installation's own from the newest on, then the shipped one.</summary>
    public async Task<IReadOnlyList<FoundPlaybook>> Versions(string id, CancellationToken cancel)
    {
        var own = await database.ForCustomer(CustomerId.Installation, work => PlaybooksStore.Versions(work, id), cancel);
        return [.. own.Select(Own), .. shipped.ById.TryGetValue(id, out var text) ? [new FoundPlaybook(id, text, null)] : Array.Empty<FoundPlaybook>()];
    }

    private static FoundPlaybook Own(PlaybookRow row) => new(row.Playbook, PlaybookText.Read(row.Text, row.Playbook), row);

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
