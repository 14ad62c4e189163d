using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Customers.SavedViews;

/// <summary>Saves, changes and removes views of the staff. The installation's log keeps what happened.</summary>
internal sealed class ChangeSavedViews(Database database, LedgerAppender ledger, Clock clock)
{
    /// <summary>Who works on a view.</summary>
    public sealed record Worker(PersonId Id, StaffRole Role, Actor Actor);

    /// <param name="faults">What reading the input found already, so that one answer tells all.</param>
    public async Task<Outcome<SavedView>> Add(SavedViewDraft draft, Worker worker, InputFaults faults, CancellationToken cancel)
    {
        var made = SavedViewRules.Check(draft, faults);
        if (!made.IsOk)
        {
            return made.Problem;
        }

        var view = new SavedView(new SavedViewId(NewId.Next()), worker.Id, made.Value.Screen, made.Value.Details, clock.NowMilliseconds, Version: 1);
        return await database.ForCustomer<Outcome<SavedView>>(CustomerId.Installation, async work =>
        {
            if (await SavedViewsStore.Count(work, worker.Id) >= SavedViewRules.MostViews)
            {
                return CustomersProblems.TooManySavedViews(SavedViewRules.MostViews);
            }

            if (!await SavedViewsStore.Add(work, view))
            {
                return CustomersProblems.SavedViewNameTaken;
            }

            await Record(work, "saved-view.created", worker, view, null, SavedViewBody.Of(view));
            return view;
        }, cancel);
    }

    /// <param name="id">Which view.</param>
    /// <param name="version">The version that the change is based on.</param>
    /// <param name="change">Lays the change over the view as it is, and notes what it cannot read.</param>
    /// <param name="worker">Who changes it.</param>
    /// <param name="cancel">Gives up before the commit.</param>
    public Task<Outcome<SavedView>> Change(
        SavedViewId id, long version, Func<SavedViewDraft, InputFaults, SavedViewDraft> change, Worker worker, CancellationToken cancel) =>
        database.ForCustomer<Outcome<SavedView>>(CustomerId.Installation, async work =>
        {
            var found = await Load(work, id, version, worker);
            if (!found.IsOk)
            {
                return found.Problem;
            }

            var before = found.Value;
            var faults = new InputFaults();
            var made = SavedViewRules.Check(change(new SavedViewDraft(before.Screen, before.Details.Name, before.Details.IsShared, before.Details.Search), faults), faults);
            if (!made.IsOk)
            {
                return made.Problem;
            }

            var after = before with { Details = made.Value.Details };
            var changed = ChangedMembers.Between(SavedViewBody.Of(before), SavedViewBody.Of(after));
            if (!changed.Any)
            {
                return before;
            }

            after = after with { Version = before.Version + 1 };
            if (!await SavedViewsStore.Update(work, after))
            {
                return CustomersProblems.SavedViewNameTaken;
            }

            await Record(work, "saved-view.changed", worker, after, changed.Was, changed.Became);
            return after;
        }, cancel);

    /// <returns>The refusal, or <see langword="null"/>.</returns>
    public Task<Problem?> Remove(SavedViewId id, long version, Worker worker, CancellationToken cancel) =>
        database.ForCustomer(CustomerId.Installation, async work =>
        {
            var found = await Load(work, id, version, worker);
            if (!found.IsOk)
            {
                return found.Problem;
            }

            await SavedViewsStore.Remove(work, id);
            await Record(work, "saved-view.removed", worker, found.Value, SavedViewBody.Of(found.Value), null);
            return null;
        }, cancel);

    private static async Task<Outcome<SavedView>> Load(DbWork work, SavedViewId id, long version, Worker worker)
    {
        if (await SavedViewsStore.FindForChange(work, id) is not { } view)
        {
            return CustomersProblems.SavedViewNotFound;
        }

        return SavedViewRules.RefuseChange(view, worker.Id, worker.Role) is { } problem ? problem
            : view.Version != version ? CustomersProblems.LostRace(view.Version)
            : view;
    }

    private Task Record(DbWork work, string action, Worker worker, SavedView view, object? before, object? after) =>
        ledger.Record(work, CustomerId.Installation, new RecordChange(action, worker.Actor, "saved-view", view.Id.ToString())
        {
            SubjectName = view.Details.Name,
            Before = before,
            After = after,
        });
}
