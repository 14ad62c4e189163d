using System.Text.Json;
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
    public async Task<Outcome<ReceiptVerdict>> Verify(CustomerId customer, byte[] receipt, CancellationToken cancel)
    {
        if (Claims.Read(receipt) is not { } claims)
        {
            return ReceiptsProblems.NotAReceipt("The body is no receipt: it needs to be one JSON object with 'signed_text', 'signature' and 'log', as GET /v1/receipts gives it.");
        }

        return await database.ForCustomer(customer, async work =>
        {
            var row = await ReceiptsViews.ByEventId(work, customer, claims.EventId, claims.Source) is [var only] ? only : null;
            var secret = row is null ? [] : await secrets.Get(work, customer, row.SecretVersion);
            var checks = ReceiptVerifier.Verify(receipt, secret).Checks
                .Select(check => new ReceiptVerdictCheck(check.Name, Text(check.Outcome), check.Detail)).ToList();
            checks.Add(InLog(claims, row));
            var verdict = checks.Exists(check => check.Outcome == "failed") ? "failed" : "proven";
            return (Outcome<ReceiptVerdict>)new ReceiptVerdict(verdict, checks);
        }, cancel);
    }

    private static ReceiptVerdictCheck InLog(Claims claims, LedgerRow? row)
    {
        const string name = "in the log";
        if (row is null)
        {
            return new ReceiptVerdictCheck(name, "failed", "This customer's log has no entry under that event id and source.");
        }

        return row.LogIndex == claims.Index && row.Origin == claims.Origin && Hash256.OfData(claims.SignedText).ToArray().AsSpan().SequenceEqual(row.TextHash)
            ? new ReceiptVerdictCheck(name, "proven", $"Entry {row.LogIndex} of {row.Origin} is this receipt.")
            : new ReceiptVerdictCheck(name, "failed", $"The log holds another text or another place for this event id: entry {row.LogIndex} of {row.Origin}.");
    }

    private static string Text(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Proven => "proven",
        CheckOutcome.NotChecked => "not-checked",
        CheckOutcome.Failed => "failed",
    };

    /// <summary>What the receipt says of itself; used to look it up, never believed.</summary>
    private sealed record Claims(string EventId, string Source, string Origin, long Index, byte[] SignedText)
    {
        public static Claims? Read(byte[] receipt)
        {
            try
            {
                using var json = JsonDocument.Parse(receipt);
                var root = json.RootElement;
                var log = root.GetProperty("log");
                return new Claims(
                    root.GetProperty("event_id").GetString()!, root.GetProperty("source").GetString()!, log.GetProperty("origin").GetString()!,
                    log.GetProperty("index").GetInt64(), System.Text.Encoding.UTF8.GetBytes(root.GetProperty("signed_text").GetString()!));
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
            {
                return null;
            }
        }
    }
}
