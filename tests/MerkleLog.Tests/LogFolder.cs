using System.Buffers;
using System.Globalization;

namespace Cairn.MerkleLog.Tests;

/// <summary>A folder of real files, removed at the end: a log as the product exports it, or a few receipts.</summary>
internal sealed class LogFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("cairn-verify-").FullName;

    public string this[string path] => Path.Combine(_root, path);

    public static LogFolder Empty() => new();

    /// <summary>A log of this many receipts, with checkpoints of these earlier sizes.</summary>
    public static LogFolder WithLog(int size, params int[] earlier)
    {
        var folder = new LogFolder();
        using var signer = Some.Signer();
        var receipts = Enumerable.Range(0, size).Select(index => Some.Receipt(index)).ToList();
        var leaves = receipts.Select(receipt => receipt.LeafHash).ToArray();
        foreach (var (address, tile) in TileTests.TilesOf(leaves))
        {
            folder.Write("tile/" + address.Path, tile.Span);
            if (address.Level == 0)
            {
                var entries = new ArrayBufferWriter<byte>();
                EntriesTile.Write(entries, receipts.Skip((int)address.Index * 256).Take(address.Width)
                    .Select(receipt => (ReadOnlyMemory<byte>)LeafEntry.Write(receipt.Kind, Hash256.OfData(receipt.SignedText.Span))));
                folder.Write("tile/" + address.EntriesPath, entries.WrittenSpan);
            }
        }

        foreach (var at in earlier)
        {
            folder.Write($"checkpoints/{at.ToString(CultureInfo.InvariantCulture)}", Note(signer, leaves.AsSpan(0, at)));
        }

        folder.Write("checkpoint", Note(signer, leaves));
        folder.Write("vkey", Some.Key(signer) + "\n");
        folder.Write("secret", System.Text.Encoding.ASCII.GetString(Some.Secret) + "\n");
        folder.Write("receipts.ndjson", receipts.SelectMany(receipt => Some.Json(receipt).Append((byte)'\n')).ToArray());
        return folder;
    }

    /// <summary>A signed checkpoint over these leaves.</summary>
    public static string Note(Ed25519Signer signer, ReadOnlySpan<Hash256> leaves) =>
        SignedNote.Sign(new Checkpoint(Some.Origin, leaves.Length, MerkleTree.Root(leaves)).Body, Some.Origin, signer).Format();

    public void Write(string path, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.WriteAllBytes(this[path], bytes);
    }

    public void Write(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text));

    public void Change(string path, Func<string, string> change)
    {
        var before = File.ReadAllText(this[path]);
        var after = change(before);
        after.ShouldNotBe(before);
        File.WriteAllText(this[path], after);
    }

    public void FlipBit(string path, int at)
    {
        var bytes = File.ReadAllBytes(this[path]);
        bytes[at] ^= 1;
        File.WriteAllBytes(this[path], bytes);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
