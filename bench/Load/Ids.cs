using System.Buffers.Binary;

namespace Cairn.Bench.Load;

/// <summary>
/// Event ids as random UUIDs have them: 32 hex digits without any order, which is the worst case for the index that
/// claims them. Not thread-safe; each client has its own.
/// </summary>
internal sealed class Ids
{
    /// <summary>Characters of an id.</summary>
    public const int Length = 32;

    private readonly Random random = new();
    private readonly byte[] bytes = new byte[Length / 2];

    /// <summary>Writes a new id into the 32 bytes.</summary>
    public void Write(Span<byte> to)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, random.NextInt64());
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), random.NextInt64());
        Convert.TryToHexStringLower(bytes, to[..Length], out _);
    }
}
