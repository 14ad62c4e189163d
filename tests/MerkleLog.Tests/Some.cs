using System.Buffers;
using System.Globalization;
using System.Text;

namespace Cairn.MerkleLog.Tests;

/// <summary>Values where any will do.</summary>
internal static class Some
{
    public const string Origin = "log.example/cus_1";

    public static readonly byte[] Secret = "rs_c3VwcG9zZWRseSBzZWNyZXQ"u8.ToArray();

    public static Hash256 Leaf(long number) => MerkleTree.LeafHash(Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)));

    public static Hash256[] Leaves(int count) => [.. Enumerable.Range(0, count).Select(number => Leaf(number))];

    public static Ed25519Signer Signer() => new(Hash256.OfData("a seed for tests"u8).ToArray());

    public static VerifierKey Key(Ed25519Signer signer) => VerifierKey.For(Origin, signer.PublicKey);

    public static Receipt Receipt(long index = 0, string data = """{"sku":"A-1","note":"caf\u00e9 \"x\"","quantity":3}""") =>
        Receipt(index, Encoding.UTF8.GetBytes(data));

    public static Receipt Receipt(long index, byte[] data)
    {
        var salt = Hash256.OfData([(byte)index, 7]).ToArray();
        var fields = Fields(index, SignedText.Commitment(salt, data));
        var text = SignedText.Write(fields);
        return new Receipt(text, data, salt, ReceiptSignature.Sign(Secret, text), Origin, index, "event", LeafEntry.Hash("event", Hash256.OfData(text)));
    }

    public static ReceiptFields Fields(long index, Hash256 commitment) => new(
        "order \"" + index.ToString(CultureInfo.InvariantCulture) + "\" ü\u0001",
        "https://shop.example/orders",
        "cus_1",
        "order.placed",
        "2026-03-02T09:00:00Z",
        "2026-03-02T09:00:01.123Z",
        """{"secret_version":1}"""u8.ToArray(),
        commitment);

    public static byte[] Json(Receipt receipt)
    {
        var to = new ArrayBufferWriter<byte>();
        receipt.WriteTo(to);
        return to.WrittenSpan.ToArray();
    }
}
