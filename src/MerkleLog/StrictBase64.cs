namespace Cairn.MerkleLog;

/// <summary>
/// Standard base64 with padding and nothing else. The framework's decoder also takes white space and stray
/// bits in the last character; signed formats need one text for one value.
/// </summary>
internal static class StrictBase64
{
    /// <summary>The bytes, or <see langword="null"/> when the text is not the canonical base64 of any bytes.</summary>
    public static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length / 4 * 3];
        if (text.Length % 4 != 0 || !Convert.TryFromBase64String(text, bytes, out var length))
        {
            return null;
        }

        Array.Resize(ref bytes, length);
        return Convert.ToBase64String(bytes) == text ? bytes : null;
    }
}
