using System.Buffers;

namespace Cairn.MerkleLog;

/// <summary>A growing byte buffer from the shared pool, for texts on the hot path. Dispose it once, read nothing after.</summary>
internal sealed class PooledText(int capacity) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Copies a JSON text so that it stays on one line: valid JSON has line breaks only between its tokens, where a space means the same.</summary>
    public void RawOnOneLine(ReadOnlySpan<byte> json)
    {
        var room = Room(json.Length);
        json.CopyTo(room);
        var copy = room[..json.Length];
        for (var at = copy.IndexOfAny((byte)'\n', (byte)'\r'); at >= 0; at = copy.IndexOfAny((byte)'\n', (byte)'\r'))
        {
            copy[at] = (byte)' ';
            copy = copy[(at + 1)..];
        }

        _length += json.Length;
    }

    public void Quoted(ReadOnlySpan<char> text) => _length += Jcs.EncodeString(text, Room(Jcs.MaxEncodedLength(text.Length)));

    public void Hex(in Hash256 hash) => Hex(Hash256.Bytes(in hash));

    public void Hex(ReadOnlySpan<byte> bytes)
    {
        Convert.TryToHexStringLower(bytes, Room(2 * bytes.Length), out var written);
        _length += written;
    }

    public void Base64(ReadOnlySpan<byte> bytes)
    {
        System.Buffers.Text.Base64.EncodeToUtf8(bytes, Room(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out var written);
        _length += written;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    private Span<byte> Room(int count)
    {
        if (_bytes.Length - _length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + count, 2 * _bytes.Length));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        return _bytes.AsSpan(_length);
    }
}
