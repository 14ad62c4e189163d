using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Cairn.Domain.Access;

/// <summary>
/// Codes of an authenticator app (RFC 6238 over RFC 4226): six digits, a new one every 30 seconds, HMAC-SHA-1, which is
/// what every app understands. SHA-1's weakness against collisions does not touch an HMAC.
/// </summary>
public static class Totp
{
    /// <summary>How many digits a code has.</summary>
    public const int Digits = 6;

    /// <summary>The bytes of a secret: as many as the hash gives (RFC 4226, section 4, R6).</summary>
    public const int SecretBytes = 20;

    /// <summary>How many steps a clock may be off, on either side.</summary>
    public const int Window = 1;

    /// <summary>How long a code is shown.</summary>
    public static readonly Duration Step = Duration.FromSeconds(30);

    private const string Base32Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The number of the step that an instant lies in.</summary>
    public static long StepAt(Instant now) => now.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    /// <summary>The code of a step.</summary>
    /// <param name="digits">Six for apps; the RFC's own vectors have eight.</param>
    public static string Code(ReadOnlySpan<byte> secret, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, hash);
        var offset = hash[^1] & 0x0F;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & int.MaxValue;
        var shown = number % (long)Math.Pow(10, digits);
        return shown.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>
    /// The step whose code this is, or <see langword="null"/>. Steps up to <paramref name="lastUsed"/> are past: whoever
    /// saw a code being typed cannot use it again.
    /// </summary>
    public static long? Match(ReadOnlySpan<byte> secret, string typed, Instant now, long lastUsed)
    {
        var code = string.Concat(typed.Where(character => !char.IsWhiteSpace(character)));
        long? found = null;
        for (var step = StepAt(now) - Window; step <= StepAt(now) + Window; step++)
        {
            // All steps are compared, each in constant time, so that the time tells nothing of which one it was.
            var isSame = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Code(secret, step)), Encoding.UTF8.GetBytes(code));
            if (isSame && step > lastUsed)
            {
                found = step;
            }
        }

        return found;
    }

    /// <summary>What a QR code carries to the app (the Key URI format).</summary>
    public static string Uri(string issuer, string account, ReadOnlySpan<byte> secret)
    {
        var (shownIssuer, shownAccount) = (System.Uri.EscapeDataString(issuer), System.Uri.EscapeDataString(account));
        return $"otpauth://totp/{shownIssuer}:{shownAccount}?secret={Base32(secret)}&issuer={shownIssuer}&algorithm=SHA1&digits={Digits}&period={(int)Step.TotalSeconds}";
    }

    /// <summary>The secret as people type it where no camera is at hand (RFC 4648, without padding).</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var value in bytes)
        {
            bits = ((bits << 8) | value) & 0xFFF;
            held += 8;
            while (held >= 5)
            {
                held -= 5;
                text.Append(Base32Alphabet[(bits >> held) & 31]);
            }
        }

        return held > 0 ? text.Append(Base32Alphabet[(bits << (5 - held)) & 31]).ToString() : text.ToString();
    }
}
