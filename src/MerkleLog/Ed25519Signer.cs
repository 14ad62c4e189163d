using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Cairn.MerkleLog;

/// <summary>
/// Signs with Ed25519 (RFC 8032) through OpenSSL's libcrypto, 1.1.1 or newer: the framework has no Ed25519.
/// Safe for use by several threads at once. The seed is the whole secret; the caller clears its own copy.
/// </summary>
public sealed class Ed25519Signer : IDisposable
{
    /// <summary>Length of the secret seed in bytes.</summary>
    public const int SeedSize = 32;

    private readonly LibCrypto.KeyHandle _key;

    /// <exception cref="ArgumentException">The seed has not 32 bytes.</exception>
    /// <exception cref="DllNotFoundException">No usable libcrypto; the message names the fix.</exception>
    /// <exception cref="CryptographicException">libcrypto refused.</exception>
    public Ed25519Signer(ReadOnlySpan<byte> seed32)
    {
        if (seed32.Length != SeedSize)
        {
            throw new ArgumentException($"An Ed25519 seed has 32 bytes, not {seed32.Length}.", nameof(seed32));
        }

        _key = LibCrypto.NewKey(seed32);
        PublicKey = LibCrypto.PublicKeyOf(_key);
    }

    /// <summary>The 32 bytes of the public key.</summary>
    public byte[] PublicKey { get; }

    /// <summary>A new secret seed from the system's random numbers.</summary>
    public static byte[] NewSeed() => RandomNumberGenerator.GetBytes(SeedSize);

    /// <summary>The 64 bytes of the signature. The same message gives the same bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message) => LibCrypto.Sign(_key, message);

    public void Dispose() => _key.Dispose();
}

/// <summary>The few functions of libcrypto that signing needs, found at first use.</summary>
internal static unsafe class LibCrypto
{
    private const int Ed25519KeyType = 1087;

    private static readonly Lazy<Functions> Api = new(Load);

    public static KeyHandle NewKey(ReadOnlySpan<byte> seed)
    {
        fixed (byte* bytes = seed)
        {
            var key = Api.Value.NewRawPrivateKey(Ed25519KeyType, 0, bytes, (nuint)seed.Length);
            return key != 0 ? new KeyHandle(key) : throw Refused("make an Ed25519 key");
        }
    }

    public static byte[] PublicKeyOf(KeyHandle key)
    {
        var bytes = new byte[Ed25519.PublicKeySize];
        var length = (nuint)bytes.Length;
        fixed (byte* target = bytes)
        {
            return Api.Value.GetRawPublicKey(key.DangerousGetHandle(), target, &length) == 1 && length == (nuint)bytes.Length
                ? bytes
                : throw Refused("give the public key");
        }
    }

    public static byte[] Sign(KeyHandle key, ReadOnlySpan<byte> message)
    {
        var signature = new byte[Ed25519.SignatureSize];
        var length = (nuint)signature.Length;
        var isHeld = false;
        var context = Api.Value.NewContext();
        try
        {
            // Holding the handle keeps the key alive when another thread disposes the signer meanwhile.
            key.DangerousAddRef(ref isHeld);
            fixed (byte* target = signature)
            fixed (byte* text = message)
            {
                // An empty span is a null pointer, which libcrypto would take for "how long is a signature?".
                var empty = (byte)0;
                var isSigned = context != 0
                    && Api.Value.SignInit(context, 0, 0, 0, key.DangerousGetHandle()) == 1
                    && Api.Value.Sign(context, target, &length, text == null ? &empty : text, (nuint)message.Length) == 1;
                return isSigned ? signature : throw Refused("sign");
            }
        }
        finally
        {
            Api.Value.FreeContext(context);
            if (isHeld)
            {
                key.DangerousRelease();
            }
        }
    }

    private static CryptographicException Refused(string what) => new($"OpenSSL's libcrypto refused to {what}.");

    private static Functions Load()
    {
        if (OpenSslLibrary.TryLoad("EVP_DigestSign", out var library))
        {
            return new Functions(library);
        }

        throw new DllNotFoundException(
            "Signing checkpoints needs OpenSSL's libcrypto, version 1.1.1 or 3, and none was found. "
            + "Install it (Debian and Ubuntu: apt-get install libssl3; Fedora: dnf install openssl-libs; macOS: brew install openssl@3) and start again.");
    }

    internal sealed class KeyHandle : SafeHandle
    {
        public KeyHandle(nint key) : base(0, ownsHandle: true) => SetHandle(key);

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            Api.Value.FreeKey(handle);
            return true;
        }
    }

    private sealed class Functions(nint library)
    {
        public readonly delegate* unmanaged<int, nint, byte*, nuint, nint> NewRawPrivateKey = (delegate* unmanaged<int, nint, byte*, nuint, nint>)NativeLibrary.GetExport(library, "EVP_PKEY_new_raw_private_key");
        public readonly delegate* unmanaged<nint, byte*, nuint*, int> GetRawPublicKey = (delegate* unmanaged<nint, byte*, nuint*, int>)NativeLibrary.GetExport(library, "EVP_PKEY_get_raw_public_key");
        public readonly delegate* unmanaged<nint, void> FreeKey = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "EVP_PKEY_free");
        public readonly delegate* unmanaged<nint> NewContext = (delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "EVP_MD_CTX_new");
        public readonly delegate* unmanaged<nint, void> FreeContext = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "EVP_MD_CTX_free");
        public readonly delegate* unmanaged<nint, nint, nint, nint, nint, int> SignInit = (delegate* unmanaged<nint, nint, nint, nint, nint, int>)NativeLibrary.GetExport(library, "EVP_DigestSignInit");
        public readonly delegate* unmanaged<nint, byte*, nuint*, byte*, nuint, int> Sign = (delegate* unmanaged<nint, byte*, nuint*, byte*, nuint, int>)NativeLibrary.GetExport(library, "EVP_DigestSign");
    }
}
