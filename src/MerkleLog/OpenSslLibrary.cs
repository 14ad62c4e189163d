using System.Runtime.InteropServices;

namespace Cairn.MerkleLog;

/// <summary>Finds OpenSSL's libcrypto, under the names that systems give it.</summary>
internal static class OpenSslLibrary
{
    // The unversioned libcrypto.dylib of macOS is left out on purpose: loading it aborts the process.
    private static readonly string[] Candidates =
    [
        "libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.so",
        "/opt/homebrew/opt/openssl@3/lib/libcrypto.dylib", "/usr/local/opt/openssl@3/lib/libcrypto.dylib", "libcrypto.3.dylib",
        "libcrypto-3-x64.dll", "libcrypto-3-arm64.dll", "libcrypto-3.dll",
    ];

    /// <summary>The first libcrypto that has this function.</summary>
    public static bool TryLoad(string function, out nint library)
    {
        foreach (var name in Candidates)
        {
            if (NativeLibrary.TryLoad(name, out library))
            {
                if (NativeLibrary.TryGetExport(library, function, out _))
                {
                    return true;
                }

                NativeLibrary.Free(library);
            }
        }

        library = 0;
        return false;
    }
}
