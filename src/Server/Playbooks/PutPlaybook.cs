using Cairn.Domain.Foundation;
using Cairn.Domain.Playbooks;
using Cairn.Server.Platform;

namespace Cairn.Server.Playbooks;

/// <summary>Keeps a text as the installation's own version of a playbook. It stands before the shipped one from then on; older versions stay.</summary>
internal sealed class PutPlaybook(Database database, PlaybooksDirectory directory, LedgerAppender ledger, Clock clock)
{
    /// <param name="id">The playbook's id, which the text must name.</param>
    /// <param name="text">The YAML.</param>
    /// <param name="basis">The version that the change is based on; 0 for a playbook that is new.</param>
    /// <param name="actor">Who changes it.</param>
    /// <param name="cancel">Gives up before the commit.</param>
    public async Task<Outcome<FoundPlaybook>> Run(string id, string text, long basis, Actor actor, CancellationToken cancel)
    {
        var read = PlaybookText.Read(text, id);
        if (read.Reading.Playbook is not { } playbook)
        {
            return PlaybooksProblems.Faulty(id, read.Reading.Faults);
        }

        var versions = await directory.Versions(id, cancel);
        var before = versions.Count > 0 ? versions[0] : null;
        if (basis != (before?.Version ?? 0))
        {
            return PlatformProblems.LostRace(before?.Version ?? 0);
        }

        var latest = versions.Select(found => found.Version).Append(0).Max();
        if (playbook.Version <= latest)
        {
            return PlaybooksProblems.VersionNotNext(latest);
        }

        var row = new PlaybookRow
        {
            Playbook = id,
            Version = playbook.Version,
            Text = text,
            Sha256 = read.Sha256,
            CreatedAt = clock.NowMilliseconds.ToDateTimeOffset(),
            CreatedBy = actor.Id,
            CreatedByName = actor.Name,
        };
        return await database.ForCustomer<Outcome<FoundPlaybook>>(CustomerId.Installation, async work =>
        {
            await PlaybooksStore.Lock(work, id);
            // A version that somebody else wrote since the look above either is this one or is newer than the basis.
            if (await PlaybooksStore.Find(work, id, null) is { } newest && newest.Version != before?.Row?.Version)
            {
                return PlatformProblems.LostRace(newest.Version);
            }

            if (!await PlaybooksStore.Add(work, row))
            {
                return PlatformProblems.LostRace(row.Version);
            }

            await ledger.Record(work, CustomerId.Installation, new RecordChange(before?.Row is null ? "playbook.created" : "playbook.changed", actor, "playbook", id)
            {
                SubjectName = playbook.Title,
                Before = before is null ? null : new { version = before.Version, source = before.Source, sha256 = before.Text.Sha256 },
                After = new { version = row.Version, source = FoundPlaybook.Installation, sha256 = row.Sha256 },
            });
            return new FoundPlaybook(id, read, row);
        }, cancel);
    }
}
