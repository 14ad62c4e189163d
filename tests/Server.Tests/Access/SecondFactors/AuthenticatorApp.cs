using Cairn.Domain.Access;
using NodaTime;

namespace Cairn.Server.Tests.Access.SecondFactors;

/// <summary>The app on somebody's phone: it has the secret from the QR code and shows codes by its own clock.</summary>
internal sealed class AuthenticatorApp(string secret)
{
    private readonly byte[] key = Decode(secret);

    /// <summary>The code of now, or of the steps beside it, which hold as well.</summary>
    public string Code(int stepsAway = 0) => Totp.Code(key, Totp.StepAt(SystemClock.Instance.GetCurrentInstant()) + stepsAway);

    private static byte[] Decode(string text)
    {
        var bits = string.Concat(text.Select(character => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(character), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(part => part.Length == 8).Select(part => Convert.ToByte(new string(part), 2))];
    }
}
