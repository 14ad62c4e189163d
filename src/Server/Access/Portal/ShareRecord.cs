using Cairn.Domain.Access.Portal;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.Portal;

/// <summary>What somebody wants to share, unchecked.</summary>
/// <param name="Kind">The kind of record.</param>
/// <param name="Record">Which one; <see langword="null"/> for all of the kind.</param>
/// <param name="Roles">For whom; <see langword="null"/> or empty for all of the customer's people.</param>
internal sealed record ShareDraft(string? Kind, string? Record, IReadOnlyList<string>? Roles);

/// <summary>
/// Shares a record with a customer's people, or takes it back. Sharing what is shared changes for whom; either is undone
/// by its opposite, and each is an entry in the customer's ledger.
/// </summary>
internal sealed class ShareRecord(Database database, LedgerAppender ledger, IEnumerable<IShareable> kinds, Clock clock)
{
    /// <param name="customer">Whose record, and whose people.</param>
    /// <param name="draft">What and for whom.</param>
    /// <param name="actor">Who shares it.</param>
    /// <param name="faults">What reading the input found already, so that one answer tells all.</param>
    /// <param name="cancel">Gives up before the commit.</param>
    public async Task<Outcome<ShareBody>> Run(CustomerId customer, ShareDraft draft, Actor actor, InputFaults faults, CancellationToken cancel)
    {
        var kind = faults.Required("/kind", draft.Kind, Share.KindLength);
        var record = faults.Optional("/record", draft.Record, Share.RecordLength) ?? Share.Every;
        var roles = draft.Roles is null or { Count: 0 } ? [] : PortalPerson.CheckRoles(draft.Roles, faults);
        if (faults.Any)
        {
            return faults.ToProblem();
        }

        if (kinds.FirstOrDefault(known => known.Kind == kind) is not { } shareable)
        {
            return PortalProblems.KindUnknown(kind, kinds.Select(known => known.Kind));
        }

        return await database.ForCustomer<Outcome<ShareBody>>(customer, async work =>
        {
            var exists = record == Share.Every ? shareable.HasEvery : (await shareable.Offer(work, customer)).Any(offered => offered.Id == record);
            return exists ? await Set(work, customer, new Share(kind, record, roles), actor) : PortalProblems.RecordUnknown(kind, record);
        }, cancel);
    }

    /// <summary>Takes something back: with their next request the customer's people see it no more.</summary>
    public Task<Problem?> Withdraw(CustomerId customer, ShareId id, Actor actor, CancellationToken cancel) => database.ForCustomer<Problem?>(customer, async work =>
    {
        if (await SharesStore.Find(work, customer, id) is not { } row)
        {
            return PortalProblems.ShareNotFound;
        }

        await SharesStore.Remove(work, customer, id);
        await ledger.Record(work, customer, Change("share.withdrawn", actor, row.ToShare()) with { Before = Recorded(row.ToShare()) });
        return null;
    }, cancel);

    private async Task<Outcome<ShareBody>> Set(DbWork work, CustomerId customer, Share share, Actor actor)
    {
        var standing = await SharesStore.FindRecord(work, customer, share.Kind, share.Record);
        if (standing is not null && standing.Roles.SequenceEqual(share.Roles))
        {
            return ShareBody.Of(standing);
        }

        if (standing is not null)
        {
            await SharesStore.SetRoles(work, customer, standing.Id, share.Roles);
            await ledger.Record(work, customer, Change("share.changed", actor, share) with { Before = Recorded(standing.ToShare()), After = Recorded(share) });
        }
        else if (await SharesStore.Count(work, customer) >= Share.MostOfACustomer)
        {
            return PortalProblems.TooManyShares;
        }
        else if (await SharesStore.Add(work, customer, new ShareId(NewId.Next()), share, actor, clock.Now))
        {
            await ledger.Record(work, customer, Change("share.granted", actor, share) with { After = Recorded(share) });
        }

        // Whoever else shared it in the same moment was first, and theirs stands.
        return ShareBody.Of((await SharesStore.FindRecord(work, customer, share.Kind, share.Record))!);
    }

    private static RecordChange Change(string action, Actor actor, Share share) => new(action, actor, share.Kind, share.Record);

    private static object Recorded(Share share) => new { kind = share.Kind, record = share.Record, roles = share.Roles };
}
