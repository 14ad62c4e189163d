using System.Collections;
using System.Globalization;
using Cairn.MerkleLog;

namespace Cairn.Verify;

/// <summary>Compares every receipt of <c>receipts.ndjson</c> with the leaf at the index that it names.</summary>
internal static class LogReceipts
{
    public static void Check(LogDirectory log, Checkpoint checkpoint, byte[] secret, Findings findings)
    {
        using var stream = Inputs.Open(log.Receipts);
        using var progress = new Progress("receipts", stream.Length);
        var splitter = new ReceiptSplitter(stream);
        var leaves = new Leaves(log, checkpoint.Size);
        long receipts = 0, placed = 0, erased = 0;
        while (splitter.TryNext(out var json))
        {
            receipts++;
            var report = ReceiptVerifier.Verify(json, secret);
            erased += report.IsErased ? 1 : 0;
            if (WhyNot(report, checkpoint, leaves) is { } fault)
            {
                findings.Fault(string.Create(CultureInfo.InvariantCulture, $"Receipt {receipts:N0}{(report.EventId is { } id ? $" (event {id})" : "")}: {fault}"));
            }
            else
            {
                placed++;
            }

            progress.Show(receipts, splitter.Consumed);
        }

        Conclude(findings, secret.Length > 0, (receipts, placed, erased, checkpoint.Size));
    }

    private static string? WhyNot(ReceiptReport report, Checkpoint checkpoint, Leaves leaves)
    {
        if (report.FirstFailure is { } failure)
        {
            return failure.Why;
        }

        if (report.Origin != checkpoint.Origin)
        {
            return $"It says it is in the log {report.Origin}.";
        }

        return leaves.Find(report.Index) is not { } leaf || leaf != report.Leaf
            ? string.Create(CultureInfo.InvariantCulture, $"The log has no such leaf at its index {report.Index}.")
            : leaves.Claim(report.Index) ? null : string.Create(CultureInfo.InvariantCulture, $"Another receipt before it has the same index {report.Index}.");
    }

    private static void Conclude(Findings findings, bool hasSecret, (long Receipts, long Placed, long Erased, long Size) sums)
    {
        findings.Count("receipts", sums.Receipts);
        findings.Count("receiptsInLog", sums.Placed);
        findings.Count("erased", sums.Erased);
        if (sums.Placed > 0)
        {
            findings.Prove(string.Create(CultureInfo.InvariantCulture, $"{sums.Placed:N0} of {sums.Receipts:N0} receipts are unaltered and stand in the log at their index."));
        }

        if (sums.Placed < sums.Size)
        {
            findings.LeaveOpen(string.Create(CultureInfo.InvariantCulture, $"{sums.Size - sums.Placed:N0} entries of the log have no good receipt here; what they stand for was not checked."));
        }

        if (sums.Erased > 0)
        {
            findings.LeaveOpen(string.Create(CultureInfo.InvariantCulture, $"The data of {sums.Erased:N0} receipts was erased; what it was can no longer be shown, all else still can."));
        }

        if (!hasSecret)
        {
            findings.LeaveOpen("The receipts' own signatures were not checked because no --secret-file was given. The log's signature covers the same texts.");
        }
    }

    /// <summary>Leaves by index. Receipts mostly come in order, so the last tile is kept.</summary>
    private sealed class Leaves(LogDirectory log, long size)
    {
        private readonly BitArray _claimed = new((int)Math.Min(size, int.MaxValue));
        private long _index = -1;
        private byte[]? _tile;

        public Hash256? Find(long index)
        {
            if (index < 0 || index >= size)
            {
                return null;
            }

            var tile = index / TileAddress.FullWidth;
            if (tile != _index)
            {
                _tile = log.Tile(Tiles.At(0, tile, size));
                _index = tile;
            }

            return _tile is null ? null : Hash256.From(_tile.AsSpan((int)(index % TileAddress.FullWidth) * Hash256.Size, Hash256.Size));
        }

        /// <summary>Whether no receipt had this index yet. Beyond two thousand million entries nothing is remembered.</summary>
        public bool Claim(long index)
        {
            if (index >= _claimed.Length)
            {
                return true;
            }

            var isFirst = !_claimed[(int)index];
            _claimed[(int)index] = true;
            return isFirst;
        }
    }
}
