using System.Buffers.Text;
using System.Text.Json;
using Cairn.Server.Access.SecondFactors;
using NodaTime;

namespace Cairn.Server.Access.Passkeys;

/// <summary>What is kept between asking a browser for a passkey and its answer.</summary>
/// <param name="State">The challenge, as the framework wrote it.</param>
/// <param name="Person">Who adds one; <see langword="null"/> when one is asked for.</param>
internal sealed record PasskeyTicket(string State, Guid? Person)
{
    public const string Purpose = "passkey";

    public static readonly Duration Life = Duration.FromMinutes(5);

    public static readonly TicketCookie Cookie = new("cairn-passkey");
}

/// <summary>The answer of a browser, unread but for the name of the credential.</summary>
/// <param name="Id">Which credential, as the authenticator named it.</param>
/// <param name="Json">The whole answer.</param>
internal sealed record PasskeyAnswer(byte[] Id, string Json)
{
    /// <summary>Longer names do not exist (Web Authentication, section 4).</summary>
    private const int LongestId = 1_023;

    /// <summary><see langword="null"/> when it is no answer of a browser at all.</summary>
    public static PasskeyAnswer? Read(JsonElement credential)
    {
        if (credential.ValueKind != JsonValueKind.Object || !credential.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var text = id.GetString()!;
        var bytes = new byte[LongestId];
        return text.Length > 0 && text.Length <= Base64Url.GetEncodedLength(LongestId) && Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var length)
            ? new PasskeyAnswer(bytes[..length], credential.GetRawText())
            : null;
    }
}
