using System.Buffers.Binary;
using System.Text;

namespace Cairn.MerkleLog;

/// <summary>One signature line of a note. The id tells keys of one name apart; it is no proof of anything.</summary>
public sealed record NoteSignature(string Name, uint KeyId, byte[] Signature);

/// <summary>
/// A text with signatures below it (c2sp.org/signed-note). The text ends with a newline and holds no control
/// characters but newlines; the last empty line separates it from its signatures.
/// </summary>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>More signature lines than this are refused. The specification asks for at least 16.</summary>
    public const int MaxSignatures = 64;

    private const string LineStart = "\u2014 ";
    private const string Separator = "\n\n";
    private const int KeyIdSize = 4;

    /// <summary>Signs the text with one key under this name.</summary>
    /// <exception cref="FormatException">The text or the name is not one that a note may have.</exception>
    public static SignedNote Sign(string text, string name, Ed25519Signer signer)
    {
        RequireText(text);
        var key = VerifierKey.For(name, signer.PublicKey);
        return new SignedNote(text, [new NoteSignature(name, key.KeyId, signer.Sign(Encoding.UTF8.GetBytes(text)))]);
    }

    /// <summary>Reads a note; its signatures are not checked yet.</summary>
    /// <exception cref="FormatException">The sentence says what is wrong.</exception>
    public static SignedNote Parse(string note)
    {
        var split = note.LastIndexOf(Separator, StringComparison.Ordinal);
        if (split < 0 || !note.EndsWith('\n'))
        {
            throw new FormatException("A signed note is a text, an empty line and signature lines, each ending with a newline.");
        }

        var text = note[..(split + 1)];
        RequireText(text);
        var lines = note[(split + Separator.Length)..].Split('\n')[..^1];
        if (lines.Length is 0 or > MaxSignatures)
        {
            throw new FormatException($"A signed note has 1 to {MaxSignatures} signature lines, not {lines.Length}.");
        }

        return new SignedNote(text, [.. lines.Select(ParseLine)]);
    }

    /// <summary>The note as text: the exact form that <see cref="Parse"/> reads.</summary>
    public string Format()
    {
        var note = new StringBuilder(Text).Append('\n');
        foreach (var signature in Signatures)
        {
            var blob = new byte[KeyIdSize + signature.Signature.Length];
            BinaryPrimitives.WriteUInt32BigEndian(blob, signature.KeyId);
            signature.Signature.CopyTo(blob, KeyIdSize);
            note.Append(LineStart).Append(signature.Name).Append(' ').Append(Convert.ToBase64String(blob)).Append('\n');
        }

        return note.ToString();
    }

    /// <summary>
    /// Whether the key signed this text. Signatures of other keys are ignored; a bad one under this key
    /// rejects the note even beside a good one.
    /// </summary>
    public bool Verify(VerifierKey key) => WhyNot(key) is null;

    /// <summary>Why <see cref="Verify"/> says no, as a sentence; <see langword="null"/> when it says yes.</summary>
    public string? WhyNot(VerifierKey key)
    {
        var own = Signatures.Where(signature => signature.Name == key.Name && signature.KeyId == key.KeyId).ToList();
        if (own.Count == 0)
        {
            return $"The note carries no signature of the key {key.Name} with id {key.KeyId:x8}.";
        }

        var text = Encoding.UTF8.GetBytes(Text);
        return own.TrueForAll(signature => Ed25519.Verify(key.PublicKey, text, signature.Signature))
            ? null
            : $"The signature of {key.Name} does not belong to this text and key.";
    }

    private static NoteSignature ParseLine(string line)
    {
        var parts = line.StartsWith(LineStart, StringComparison.Ordinal) ? line[LineStart.Length..].Split(' ') : [];
        if (parts.Length != 2 || !VerifierKey.IsName(parts[0]))
        {
            throw new FormatException("A signature line reads em dash, space, name, space, base64.");
        }

        return StrictBase64.Decode(parts[1]) is { Length: > KeyIdSize } blob
            ? new NoteSignature(parts[0], BinaryPrimitives.ReadUInt32BigEndian(blob), blob[KeyIdSize..])
            : throw new FormatException("The signature of a note is base64 of a key id of four bytes and a signature.");
    }

    private static void RequireText(string text)
    {
        if (!text.EndsWith('\n') || text.Any(sign => sign < ' ' && sign != '\n'))
        {
            throw new FormatException("The text of a note ends with a newline and holds no other control character.");
        }

        if (!IsWellFormed(text))
        {
            throw new FormatException("The text of a note is not valid Unicode.");
        }
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
