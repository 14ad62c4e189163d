using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Cairn.MerkleLog;

namespace Cairn.Bench;

/// <summary>How many receipts one core verifies in a second, without and with their inclusion proofs.</summary>
internal static class Verifying
{
    private const int Receipts = 1 << 12;

    /// <summary>Leaves of the tree that the proofs lead through: a year of 30 events a minute.</summary>
    private const int Leaves = 1 << 24;

    public static void Report(TimeSpan duration)
    {
        var secret = Encoding.ASCII.GetBytes("rcs_" + RandomNumberGenerator.GetHexString(52));
        var receipts = Enumerable.Range(0, Receipts).Select(at => Some(at, secret)).ToArray();
        var plain = Rate(duration, at => !ReceiptVerifier.Verify(receipts[at % Receipts], secret).HasFailed);
        Console.WriteLine(Table.Target("verify receipts, a core and second (>= 200,000)", plain, 200_000));
        Console.WriteLine();
    }

    private static double Rate(TimeSpan duration, Func<int, bool> verify)
    {
        var count = 0;
        var begin = Stopwatch.GetTimestamp();
        for (; Stopwatch.GetElapsedTime(begin) < duration; count++)
        {
            if (!verify(count))
            {
                throw new InvalidOperationException("A sound receipt was not proven, so the figure would mean nothing.");
            }
        }

        return count / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private static byte[] Some(int at, byte[] secret)
    {
        var salt = RandomNumberGenerator.GetBytes(SignedText.SaltSize);
        var data = Encoding.UTF8.GetBytes($"{{\"sku\":\"85123A\",\"quantity\":6,\"price\":\"2.55\",\"note\":\"{new string('x', 50)}\"}}");
        var metadata = "{\"hostname\":\"bench\",\"late\":false,\"region\":\"local\",\"secret_version\":1,\"version\":\"0.1.0\"}"u8.ToArray();
        var text = SignedText.Write(new ReceiptFields(
            Guid.NewGuid().ToString("N"), "/shop", "cus_00000000000000000000000000", "order_line", "2026-11-21T10:00:00Z", "2026-11-21T10:00:01.123Z", metadata,
            SignedText.Commitment(salt, data)));
        var receipt = new Receipt(text, data, salt, ReceiptSignature.Sign(secret, text), "bench/cus_0", at, "event", LeafEntry.Hash("event", Hash256.OfData(text)));
        var json = new System.Buffers.ArrayBufferWriter<byte>();
        receipt.WriteTo(json);
        return json.WrittenSpan.ToArray();
    }
}
