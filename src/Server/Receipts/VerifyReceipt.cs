using Cairn.Domain.Foundation;
using Cairn.Domain.Receipts;
using Cairn.MerkleLog;
using Cairn.Server.Platform;

namespace Cairn.Server.Receipts;

/// <summary>What the server says of a receipt that somebody holds.</summary>
/// <param name="Verdict"><c>proven</c> when every check that could be made holds, else <c>failed</c>.</param>
/// <param name="Checks">Each check, with what it found.</param>
internal sealed record ReceiptVerdict(string Verdict, IReadOnlyList<ReceiptVerdictCheck> Checks);

/// <summary>One check of a receipt.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Outcome"><c>proven</c>, <c>not-checked</c> or <c>failed</c>.</param>
/// <param name="Detail">In plain words.</param>
internal sealed record ReceiptVerdictCheck(string Name, string Outcome, string Detail);

/// <summary>The checks of the offline verifier, and one more that only the server can make: whether the log holds that entry at that place.</summary>
internal sealed class VerifyReceipt(Database database, LedgerSecrets secrets)
{
    private const string Failed = "failed";
    private const string Proven = "proven";

    public async Task<Outcome<ReceiptVerdict>> Verify(CustomerId customer, byte[] receipt, CancellationToken cancel)
    {
        var claim = ReceiptVerifier.Verify(receipt, []);
        if (claim.Checks.Any(check => check is { Check: ReceiptCheck.WellFormed, State: CheckState.Failed }))
        {
            return ReceiptsProblems.NotAReceipt(claim.FirstFailure!.Value.Why);
        }

        return await database.ForCustomer(customer, async work =>
        {
            // The place that the receipt claims is only where to look; what stands there decides.
            var log = await ReceiptsStore.OpenLog(work, customer);
            var row = claim.Origin == log.Origin && await ReceiptsViews.Range(work, customer, log.Generation, claim.Index, claim.Index + 1) is [var only] ? only : null;
            var secret = row is null ? [] : (await secrets.Get(work, customer, row.SecretVersion)).Ascii;
            var report = ReceiptVerifier.Verify(receipt, secret);
            var checks = report.Checks.Select(Describe).Append(InLog(report, row, log)).ToList();
            return (Outcome<ReceiptVerdict>)new ReceiptVerdict(checks.Exists(check => check.Outcome == Failed) ? Failed : Proven, checks);
        }, cancel);
    }

    private static ReceiptVerdictCheck Describe(CheckResult check)
    {
        var (name, proven) = check.Check switch
        {
            ReceiptCheck.WellFormed => ("well-formed", "It has every member of a receipt, each once."),
            ReceiptCheck.Canonical => ("canonical", "The signed text is canonical JSON."),
            ReceiptCheck.MembersEqualSignedText => ("members", "Its members are those of the signed text."),
            ReceiptCheck.Commitment => ("commitment", "Salt and raw data give the commitment."),
            ReceiptCheck.DataEqualsRaw => ("data", "The readable data is the raw data."),
            ReceiptCheck.LeafHash => ("leaf", "The leaf hash follows from the signed text."),
            ReceiptCheck.Signature => ("signature", "The signature is the customer's secret over the signed text."),
        };
        return check.State switch
        {
            CheckState.Proven => new ReceiptVerdictCheck(name, Proven, proven),
            CheckState.NotChecked => new ReceiptVerdictCheck(name, "not-checked", check.Why),
            CheckState.Failed => new ReceiptVerdictCheck(name, Failed, check.Why),
        };
    }

    private static ReceiptVerdictCheck InLog(ReceiptReport report, LedgerRow? row, ReceiptsStore.Log log)
    {
        const string name = "in-the-log";
        if (row is null)
        {
            return new ReceiptVerdictCheck(name, Failed, $"This customer's log {log.Origin} has no entry {report.Index}, or the receipt names another log.");
        }

        var leaf = LeafEntry.Hash(row.Kind, Hash256.From(row.TextHash));
        return report.Leaf is { } claimed && claimed == leaf
            ? new ReceiptVerdictCheck(name, Proven, $"Entry {row.LogIndex} of {row.Origin} is this receipt.")
            : new ReceiptVerdictCheck(name, Failed, $"Entry {row.LogIndex} of {row.Origin} is another fact.");
    }
}
