using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Cairn.MerkleLog;

/// <summary>
/// SHA-256 of the few hundred bytes that entries, nodes and signed texts have. The framework's way to OpenSSL takes
/// several times longer for those than the hashing itself, so short texts go to libcrypto's own functions where it has
/// them; everything else, and every system without them, goes through the framework. The digests are the same.
/// </summary>
internal static unsafe class Sha256
{
    /// <summary>Longer texts would hold up the garbage collector, which waits for these calls.</summary>
    private const int LongestDirect = 4096;

    // One per thread, because the static one-shot method looks its algorithm up in every call.
    [ThreadStatic]
    private static SHA256? algorithm;

    private static readonly Functions? Direct = Load();

    /// <summary>Writes the 32 bytes of the digest.</summary>
    [SkipLocalsInit]
    public static void Hash(ReadOnlySpan<byte> text, Span<byte> digest)
    {
        if (Direct is null || text.Length > LongestDirect)
        {
            algorithm ??= SHA256.Create();
            algorithm.TryComputeHash(text, digest, out _);
            return;
        }

        var state = Direct.Start;
        Finish(Direct, &state, text, digest);
    }

    /// <summary>A key of HMAC-SHA256 made ready once. Any number of threads may use it at once.</summary>
    public sealed class Mac : IDisposable
    {
        private const int BlockBytes = 64;

        private readonly byte[] key;
        private State inner;
        private State outer;

        public Mac(ReadOnlySpan<byte> key)
        {
            this.key = key.ToArray();
            if (Direct is not null)
            {
                inner = Begin(0x36);
                outer = Begin(0x5c);
            }
        }

        /// <summary>Writes the 32 bytes of the code.</summary>
        [SkipLocalsInit]
        public void Compute(ReadOnlySpan<byte> text, Span<byte> code)
        {
            if (Direct is null || text.Length > LongestDirect)
            {
                HMACSHA256.HashData(key, text, code);
                return;
            }

            var state = inner;
            Finish(Direct, &state, text, code);
            state = outer;
            Finish(Direct, &state, code[..Hash256.Size], code);
        }

        public void Dispose()
        {
            CryptographicOperations.ZeroMemory(key);
            (inner, outer) = (default, default);
        }

        // RFC 2104: the key, hashed first when it is longer than a block, is padded with zeros and masked.
        private State Begin(byte mask)
        {
            Span<byte> block = stackalloc byte[BlockBytes];
            block.Clear();
            if (key.Length > BlockBytes)
            {
                SHA256.HashData(key, block);
            }
            else
            {
                key.CopyTo(block);
            }

            foreach (ref var one in block)
            {
                one ^= mask;
            }

            var state = Direct!.Start;
            fixed (byte* bytes = block)
            {
                Direct.Update(&state, bytes, BlockBytes);
            }

            CryptographicOperations.ZeroMemory(block);
            return state;
        }
    }

    private static void Finish(Functions direct, State* state, ReadOnlySpan<byte> text, Span<byte> digest)
    {
        if (digest.Length < Hash256.Size)
        {
            throw new ArgumentException("A SHA-256 value has 32 bytes.", nameof(digest));
        }

        fixed (byte* from = text)
        fixed (byte* to = digest)
        {
            direct.Update(state, from, (nuint)text.Length);
            direct.Final(to, state);
        }
    }

    private static Functions? Load()
    {
        if (!OpenSslLibrary.TryLoad("SHA256_Update", out var library)
            || !NativeLibrary.TryGetExport(library, "SHA256_Init", out var init)
            || !NativeLibrary.TryGetExport(library, "SHA256_Update", out var update)
            || !NativeLibrary.TryGetExport(library, "SHA256_Final", out var final))
        {
            return null;
        }

        var found = new Functions(init, update, final);
        Span<byte> digest = stackalloc byte[Hash256.Size];
        var state = found.Start;
        Finish(found, &state, "abc"u8, digest);
        return digest.SequenceEqual(SHA256.HashData("abc"u8)) ? found : null;
    }

    /// <summary>Room for libcrypto's SHA256_CTX, which has had 112 bytes since 2004, and for as much again.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 224)]
    private struct State
    {
        private ulong first;
    }

    private sealed class Functions
    {
        /// <summary>The state before the first byte. Copying it is quicker than asking libcrypto for it each time.</summary>
        public readonly State Start;

        public readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<State*, byte*, nuint, int> Update;

        public readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<byte*, State*, int> Final;

        public Functions(nint init, nint update, nint final)
        {
            Update = (delegate* unmanaged[Cdecl, SuppressGCTransition]<State*, byte*, nuint, int>)update;
            Final = (delegate* unmanaged[Cdecl, SuppressGCTransition]<byte*, State*, int>)final;
            State start = default;
            ((delegate* unmanaged[Cdecl]<State*, int>)init)(&start);
            Start = start;
        }
    }
}
