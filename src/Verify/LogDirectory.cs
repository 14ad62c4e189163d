using System.Buffers;
using System.IO.Compression;
using Cairn.MerkleLog;

namespace Cairn.Verify;

/// <summary>A log on disk in the layout of c2sp.org/tlog-tiles. Missing files are answers, not errors.</summary>
internal sealed class LogDirectory
{
    private const int MaxEntriesTile = TileAddress.FullWidth * (sizeof(ushort) + ushort.MaxValue);

    private readonly DirectoryInfo _root;

    public LogDirectory(DirectoryInfo root)
    {
        _root = root.Exists ? root : throw new UsageException($"There is no directory '{root}'. Check the path.");
        Checkpoint = new FileInfo(Path.Combine(root.FullName, "checkpoint"));
        if (!Checkpoint.Exists)
        {
            throw new UsageException($"The directory '{root}' holds no file 'checkpoint', so it is no exported log.");
        }
    }

    public FileInfo Checkpoint { get; }

    /// <summary>All receipts of the log, if the export has them.</summary>
    public FileInfo Receipts => new(Path.Combine(_root.FullName, "receipts.ndjson"));

    /// <summary>Checkpoints that were kept from earlier days.</summary>
    public IReadOnlyList<FileInfo> EarlierCheckpoints
    {
        get
        {
            var folder = new DirectoryInfo(Path.Combine(_root.FullName, "checkpoints"));
            return folder.Exists ? [.. folder.GetFiles().OrderBy(file => file.Name, StringComparer.Ordinal)] : [];
        }
    }

    /// <summary>
    /// The hashes of a tile. A partial one may have been dropped for the full one and is then cut from it. Null
    /// when the file is not there or has another length than its name says.
    /// </summary>
    public byte[]? Tile(TileAddress address)
    {
        var full = address with { Width = TileAddress.FullWidth };
        return (Read(address.Path) is { } own ? OfWidth(own, address.Width) : Read(full.Path) is { } whole ? OfWidth(whole, full.Width) : null)
            ?[..(address.Width * Hash256.Size)];
    }

    /// <summary>The entries that a tile of level 0 hashes, or null when they are not there, torn, or of another number than the name says.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Entries(TileAddress address)
    {
        var full = address with { Width = TileAddress.FullWidth };
        var (bytes, width) = Read(address.EntriesPath) is { } own ? (own, address.Width) : (Read(full.EntriesPath), full.Width);
        if (bytes is null)
        {
            return null;
        }

        try
        {
            var entries = EntriesTile.Parse(Unzipped(bytes));
            return entries.Count == width ? [.. entries.Take(address.Width)] : null;
        }
        catch (Exception fault) when (fault is FormatException or InvalidDataException)
        {
            return null;
        }
    }

    private static byte[]? OfWidth(byte[] tile, int width) => tile.Length == width * Hash256.Size ? tile : null;

    private byte[]? Read(string path)
    {
        var file = new FileInfo(Path.Combine(_root.FullName, "tile", path.Replace('/', Path.DirectorySeparatorChar)));
        return file.Exists && file.Length <= MaxEntriesTile ? File.ReadAllBytes(file.FullName) : null;
    }

    // Logs may compress entries. The mark of gzip would be the length of an entry that starts with a control
    // character, which no JSON entry does.
    private static ReadOnlyMemory<byte> Unzipped(byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith<byte>([0x1f, 0x8b, 0x08]))
        {
            return bytes;
        }

        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        var plain = new ArrayBufferWriter<byte>();
        while (gzip.Read(plain.GetSpan(1 << 16)) is > 0 and var read)
        {
            plain.Advance(read);
            if (plain.WrittenCount > MaxEntriesTile)
            {
                throw new InvalidDataException("The compressed entries are larger than 256 entries can be.");
            }
        }

        return plain.WrittenMemory;
    }
}
