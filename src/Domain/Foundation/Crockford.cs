namespace Cairn.Domain.Foundation;

/// <summary>
/// The text of a 128-bit id: 26 lowercase Crockford base32 characters, most significant first
/// (contracts: "prefix + 26 Crockford base32 characters of a UUIDv7").
/// </summary>
public static class Crockford
{
    /// <summary>The characters an id takes.</summary>
    public const int Length = 26;

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>Writes the id as 26 characters; the order of the texts is the order of the ids.</summary>
    public static string Encode(Guid id) => string.Create(Length, ToNumber(id), static (to, number) =>
    {
        for (var at = Length - 1; at >= 0; at--)
        {
            to[at] = Alphabet[(int)(number & 31)];
            number >>= 5;
        }
    });

    /// <summary>Reads 26 characters in either case, with i and l read as 1 and o as 0, as Crockford asks; false for anything else.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, out Guid id)
    {
        id = default;
        // 26 characters hold 130 bits: a first character above 7 would overflow the 128 of an id.
        if (text.Length != Length || ValueOf(text[0]) is < 0 or > 7)
        {
            return false;
        }

        UInt128 number = 0;
        foreach (var character in text)
        {
            var value = ValueOf(character);
            if (value < 0)
            {
                return false;
            }

            number = (number << 5) | (uint)value;
        }

        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        id = new Guid(bytes, bigEndian: true);
        return true;
    }

    private static UInt128 ToNumber(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static int ValueOf(char character) => char.ToLowerInvariant(character) switch
    {
        'i' or 'l' => 1,
        'o' => 0,
        var lower => Alphabet.IndexOf(lower),
    };
}
