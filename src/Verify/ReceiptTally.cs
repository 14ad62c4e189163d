using System.Globalization;
using Cairn.MerkleLog;

namespace Cairn.Verify;

/// <summary>Collects the reports of one or of millions of receipts and says in words what they show together.</summary>
internal sealed class ReceiptTally(Findings findings, bool hasSecret)
{
    /// <summary>Names of members that no signature covers; more distinct ones than this are not listed.</summary>
    private const int MaxNotCovered = 20;

    private readonly SortedSet<string> _notCovered = new(StringComparer.Ordinal);
    private ReceiptReport? _first;
    private long _failed;
    private long _erased;

    public long Receipts { get; private set; }

    /// <summary>Counts a report; a failing one becomes a fault with its number in the file.</summary>
    public void Add(ReceiptReport report)
    {
        Receipts++;
        _first ??= report;
        _erased += report.IsErased ? 1 : 0;
        foreach (var member in report.NotCovered)
        {
            if (_notCovered.Count < MaxNotCovered)
            {
                _notCovered.Add(member);
            }
        }

        if (!report.HasFailed)
        {
            return;
        }

        _failed++;
        foreach (var check in report.Checks.Where(check => check.State == CheckState.Failed))
        {
            findings.Fault(Receipts == 1 && report.EventId is null ? check.Why : $"Receipt {Number}{Named(report)}: {check.Why}");
        }
    }

    /// <summary>Adds the sentences on what was proven and what was left open.</summary>
    public void Conclude(string subjectOfMany)
    {
        findings.Subject = Receipts == 1 && _first is { EventId: { } id } only ? $"Receipt of the event {id} of customer {only.CustomerId}" : subjectOfMany;
        var good = Receipts - _failed;
        if (good > 0)
        {
            Prove(good);
        }

        LeaveOpen();
        findings.Count("receipts", Receipts);
        findings.Count("failed", _failed);
        findings.Count("erased", _erased);
        findings.Count("signaturesChecked", hasSecret ? Receipts : 0);
    }

    private string Number => Receipts.ToString("N0", CultureInfo.InvariantCulture);

    private static string Named(ReceiptReport report) => report.EventId is { } id ? $" (event {id})" : "";

    private void Prove(long good)
    {
        var whose = good == 1 && Receipts == 1 ? "the receipt" : string.Create(CultureInfo.InvariantCulture, $"{good:N0} of {Receipts:N0} receipts");
        findings.Prove($"What {whose} show{(Receipts == 1 ? "s" : "")} is what the signed text says, and the leaf hash follows from that text.");
        if (good > _erased)
        {
            findings.Prove("The data is what was received: it opens the commitment inside the signed text.");
        }

        if (hasSecret)
        {
            findings.Prove("Someone who holds the receipt secret signed that text: Cairn or the customer.");
        }
    }

    private void LeaveOpen()
    {
        if (!hasSecret)
        {
            findings.LeaveOpen("The signature was not checked because no --secret-file was given. Without it, a receipt that was made up as a whole looks just as good.");
        }

        if (_erased > 0)
        {
            var whose = Receipts == 1 ? "this receipt" : string.Create(CultureInfo.InvariantCulture, $"{_erased:N0} of the receipts");
            findings.LeaveOpen($"The data of {whose} was erased; what it was can no longer be shown, all else still can.");
        }

        if (_notCovered.Count > 0)
        {
            findings.LeaveOpen($"These members are none of a receipt, and no signature covers them: {string.Join(", ", _notCovered)}.");
        }

        findings.LeaveOpen("A receipt alone does not prove that it is in the log. Check its .tlog-proof file with 'cairn-verify proof', or the exported log with 'cairn-verify log'.");
    }
}
