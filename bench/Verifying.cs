using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Cairn.MerkleLog;

namespace Cairn.Bench;

/// <summary>How many receipts one core verifies in a second, without and with their inclusion proofs.</summary>
internal static class Verifying
{
    private const int Receipts = 1 << 12;

    /// <summary>Levels of the tree that the proofs lead through: 16 million events.</summary>
    private const int Levels = 24;

    public static void Report(TimeSpan duration)
    {
        var text = Encoding.ASCII.GetBytes("rcs_" + RandomNumberGenerator.GetHexString(52));
        using var secret = new ReceiptSecret(text);
        var receipts = Enumerable.Range(0, Receipts).Select(at => Some(at, secret)).ToArray();
        var proven = receipts.Select(receipt => Proof.Of(ReceiptVerifier.Verify(receipt, secret))).ToArray();
        bool IsSound(int at) => !ReceiptVerifier.Verify(receipts[at % Receipts], secret).HasFailed;
        bool IsIncluded(int at) => ReceiptVerifier.Verify(receipts[at % Receipts], secret) is { HasFailed: false, Leaf: { } leaf } && proven[at % Receipts].Holds(leaf);
        // Until the compiler has settled; the figure is for files that take longer than a second.
        Rate(2 * duration, IsSound);
        Rate(duration, IsIncluded);
        Console.WriteLine(Table.Target("receipts verified a second on a core (200,000)", Rate(duration, IsSound), 200_000));
        Console.WriteLine(Table.Target($"the same with .tlog-proof files of {Levels} levels, under a checkpoint verified once (60,000)", Rate(duration, IsIncluded), 60_000));
        Console.WriteLine();
    }

    private static double Rate(TimeSpan duration, Func<int, bool> verify)
    {
        var count = 0;
        var (begin, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        for (; Stopwatch.GetElapsedTime(begin) < duration; count++)
        {
            if (!verify(count))
            {
                throw new InvalidOperationException("A sound receipt was not proven, so the figure would mean nothing.");
            }
        }

        // A core's second is a second of processor time: what others do with the machine is no property of the verifier.
        return count / (Environment.CpuUsage.TotalTime - used).TotalSeconds;
    }

    private static byte[] Some(int at, ReceiptSecret secret)
    {
        var salt = RandomNumberGenerator.GetBytes(SignedText.SaltSize);
        var data = Encoding.UTF8.GetBytes($"{{\"sku\":\"85123A\",\"quantity\":6,\"price\":\"2.55\",\"note\":\"{new string('x', 50)}\"}}");
        var metadata = "{\"hostname\":\"bench\",\"late\":false,\"region\":\"local\",\"secret_version\":1,\"version\":\"0.1.0\"}"u8.ToArray();
        var text = SignedText.Write(new ReceiptFields(
            Guid.NewGuid().ToString("N"), "/shop", "cus_00000000000000000000000000", "order_line", "2026-11-21T10:00:00Z", "2026-11-21T10:00:01.123Z", metadata,
            SignedText.Commitment(salt, data)));
        var receipt = new Receipt(text, data, salt, secret.Sign(text), "bench/cus_0", at, "event", LeafEntry.Hash("event", Hash256.OfData(text)));
        var json = new System.Buffers.ArrayBufferWriter<byte>();
        receipt.WriteTo(json);
        return json.WrittenSpan.ToArray();
    }

    /// <summary>A proof file and the root that its path leads to: any siblings make some tree.</summary>
    private sealed record Proof(string File, Hash256 Root)
    {
        public static Proof Of(ReceiptReport receipt)
        {
            var path = Enumerable.Range(0, Levels).Select(_ => Hash256.From(RandomNumberGenerator.GetBytes(Hash256.Size))).ToArray();
            var (node, at) = (receipt.Leaf!.Value, receipt.Index);
            foreach (var sibling in path)
            {
                node = (at & 1) == 1 ? MerkleTree.NodeHash(sibling, node) : MerkleTree.NodeHash(node, sibling);
                at >>= 1;
            }

            return new Proof(new TlogProof(receipt.Index, path, "bench\n16777216\nAAAA\n\n— bench AAAA\n").Format(), node);
        }

        public bool Holds(Hash256 leaf)
        {
            var proof = TlogProof.Parse(File);
            return Proofs.VerifyInclusion(proof.Index, 1L << Levels, leaf, [.. proof.Path], Root);
        }
    }
}
