using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Cairn.Server.Tests.Access.Passkeys;

/// <summary>How an authenticator may go wrong; by default it does not.</summary>
internal sealed record Behaviour
{
    public string? Origin { get; init; }

    public string? RpId { get; init; }

    public string? Type { get; init; }

    public bool CrossOrigin { get; init; }

    /// <summary>Whether it asked its owner for a finger or a PIN.</summary>
    public bool IsVerified { get; init; } = true;

    public bool IsPresent { get; init; } = true;

    /// <summary>The counter it shows instead of the next.</summary>
    public uint? Count { get; init; }

    public bool BreaksSignature { get; init; }

    /// <summary>Whom it says the passkey is for.</summary>
    public string? UserHandle { get; init; }
}

/// <summary>
/// A device with one passkey, as Web Authentication describes it, for what a real one would never do. That real browsers
/// get along with the server is shown by web/e2e/passkeys.mjs.
/// </summary>
internal sealed class SoftwareAuthenticator(Uri server, bool isRsa = false)
{
    private readonly ECDsa ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RSA rsa = RSA.Create(2048);
    private readonly byte[] credentialId = RandomNumberGenerator.GetBytes(32);
    private string user = "";
    private uint count;

    private string Origin => server.GetLeftPart(UriPartial.Authority);

    /// <summary>What <c>navigator.credentials.create(options)</c> answers.</summary>
    public object Create(JsonElement options, Behaviour? behaviour = null)
    {
        var how = behaviour ?? new Behaviour();
        user = options.GetProperty("user").GetProperty("id").GetString()!;
        byte[] key = isRsa ? RsaKey() : EcKey();
        byte[] length = [(byte)(credentialId.Length >> 8), (byte)credentialId.Length];
        byte[] data = [.. Data(how, attested: true), .. new byte[16], .. length, .. credentialId, .. key];
        byte[] attestation = [.. Head(5, 3), .. Text("fmt"), .. Text("none"), .. Text("attStmt"), .. Head(5, 0), .. Text("authData"), .. Bytes(data)];
        return Answer(new
        {
            clientDataJSON = Base64Url.EncodeToString(ClientData("webauthn.create", options, how)),
            attestationObject = Base64Url.EncodeToString(attestation),
            transports = new[] { "internal" },
        });
    }

    /// <summary>What <c>navigator.credentials.get(options)</c> answers.</summary>
    public object Get(JsonElement options, Behaviour? behaviour = null)
    {
        var how = behaviour ?? new Behaviour();
        var client = ClientData("webauthn.get", options, how);
        var data = Data(how, attested: false);
        byte[] signed = [.. data, .. SHA256.HashData(client)];
        var signature = isRsa
            ? rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : ec.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        if (how.BreaksSignature)
        {
            signature[^1] ^= 1;
        }

        return Answer(new
        {
            clientDataJSON = Base64Url.EncodeToString(client),
            authenticatorData = Base64Url.EncodeToString(data),
            signature = Base64Url.EncodeToString(signature),
            userHandle = how.UserHandle ?? user,
        });
    }

    private object Answer(object response) => new
    {
        id = Base64Url.EncodeToString(credentialId),
        rawId = Base64Url.EncodeToString(credentialId),
        type = "public-key",
        clientExtensionResults = new { },
        response,
    };

    private byte[] ClientData(string type, JsonElement options, Behaviour how) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        type = how.Type ?? type,
        challenge = options.GetProperty("challenge").GetString(),
        origin = how.Origin ?? Origin,
        crossOrigin = how.CrossOrigin,
    });

    private byte[] Data(Behaviour how, bool attested)
    {
        var flags = (byte)((how.IsPresent ? 0x01 : 0) | (how.IsVerified ? 0x04 : 0) | (attested ? 0x40 : 0));
        var shown = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(shown, how.Count ?? ++count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(how.RpId ?? server.Host)), flags, .. shown];
    }

    private byte[] EcKey()
    {
        var point = ec.ExportParameters(false).Q;
        return [.. Head(5, 5), 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, .. Bytes(point.X!), 0x22, .. Bytes(point.Y!)];
    }

    private byte[] RsaKey()
    {
        var key = rsa.ExportParameters(false);
        return [.. Head(5, 4), 0x01, 0x03, 0x03, .. Head(1, 256), 0x20, .. Bytes(key.Modulus!), 0x21, .. Bytes(key.Exponent!)];
    }

    private static byte[] Text(string text) => [.. Head(3, text.Length), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Bytes(byte[] bytes) => [.. Head(2, bytes.Length), .. bytes];

    /// <summary>The head of a CBOR item (RFC 8949, section 3).</summary>
    private static byte[] Head(int major, int value) => value switch
    {
        < 24 => [(byte)((major << 5) | value)],
        < 256 => [(byte)((major << 5) | 24), (byte)value],
        _ => [(byte)((major << 5) | 25), (byte)(value >> 8), (byte)value],
    };
}
