using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cairn.MerkleLog;

/// <summary>
/// The public Ed25519 key of a log in the form of c2sp.org/signed-note: <c>name+hex8(id)+base64(01 ‖ key)</c>.
/// By convention the name is the origin of the log that signs with it.
/// </summary>
public sealed record VerifierKey(string Name, uint KeyId, byte[] PublicKey)
{
    private const byte Ed25519Type = 1;
    private const int KeyIdDigits = 8;

    /// <summary>The key under this name, with the id that the specification derives from both.</summary>
    /// <exception cref="FormatException">The name is empty or holds a space or plus sign, or the key has not 32 bytes.</exception>
    public static VerifierKey For(string name, byte[] publicKey)
    {
        RequireName(name);
        return publicKey.Length == Ed25519.PublicKeySize
            ? new VerifierKey(name, IdOf(name, publicKey), publicKey)
            : throw new FormatException($"An Ed25519 public key has 32 bytes, not {publicKey.Length}.");
    }

    /// <summary>Reads a verifier key; surrounding white space is ignored, as the text often comes from a file.</summary>
    /// <exception cref="FormatException">Not a verifier key, not Ed25519, or the id does not belong to name and key.</exception>
    public static VerifierKey Parse(string vkey)
    {
        // Base64 may hold plus signs, so only the first two separate.
        var parts = vkey.Trim().Split('+', 3);
        if (parts.Length != 3 || parts[1].Length != KeyIdDigits || !uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id))
        {
            throw new FormatException("A verifier key reads name+8 hex digits+base64.");
        }

        var typed = StrictBase64.Decode(parts[2]) ?? throw new FormatException("The last part of a verifier key is base64.");
        if (typed is not [Ed25519Type, ..])
        {
            throw new FormatException("Only Ed25519 verifier keys (type 1) are known here.");
        }

        var key = For(parts[0], typed[1..]);
        return key.KeyId == id ? key : throw new FormatException("The id inside the verifier key does not belong to its name and key: it was altered.");
    }

    /// <summary>The verifier key as text.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}+{KeyId:x8}+{Convert.ToBase64String([Ed25519Type, .. PublicKey])}");

    public bool Equals(VerifierKey? other) =>
        other is not null && Name == other.Name && KeyId == other.KeyId && PublicKey.AsSpan().SequenceEqual(other.PublicKey);

    public override int GetHashCode() => HashCode.Combine(Name, KeyId);

    internal static bool IsName(string name) => name.Length > 0 && !name.Any(sign => char.IsWhiteSpace(sign) || char.IsControl(sign) || sign == '+');

    private static void RequireName(string name)
    {
        if (!IsName(name))
        {
            throw new FormatException("The name of a key is not empty and holds no white space and no plus sign.");
        }
    }

    private static uint IdOf(string name, byte[] publicKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', Ed25519Type, .. publicKey]));
}
