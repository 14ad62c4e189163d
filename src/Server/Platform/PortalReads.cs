namespace Cairn.Server.Platform;

/// <summary>
/// Writes down what a member of the staff reads through a customer's eyes: one entry in that customer's ledger for every
/// request, before it is answered, so that nothing is shown that is not in the log.
/// </summary>
internal sealed class PortalReads(Database database, LedgerAppender ledger)
{
    /// <param name="caller">Who looks; their <see cref="Caller.View"/> and <see cref="Caller.PortalPerson"/> are set.</param>
    /// <param name="path">What they look at.</param>
    /// <param name="cancel">Gives up before the commit.</param>
    public Task Note(Caller caller, string path, CancellationToken cancel)
    {
        var customer = caller.Customer!.Value;
        return database.ForCustomer(customer, work => ledger.Record(
            work,
            customer,
            new RecordChange("portal-view.read", caller.Actor, "portal-person", caller.PortalPerson.ToString()!)
            {
                Kind = LedgerKind.Read,
                After = new { view = caller.View.ToString(), path },
            }), cancel);
    }
}
