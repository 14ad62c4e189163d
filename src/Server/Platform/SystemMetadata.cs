using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Cairn.MerkleLog;

namespace Cairn.Server.Platform;

/// <summary>The part of a receipt that names the system that recorded the fact, in canonical bytes, ready to be signed.</summary>
internal sealed class SystemMetadata(CairnOptions options)
{
    private readonly ConcurrentDictionary<(int, bool), ReadOnlyMemory<byte>> made = new();

    /// <summary>The version of this program.</summary>
    public static string ProgramVersion { get; } = typeof(SystemMetadata).Assembly.GetName().Version!.ToString(3);

    /// <summary>Canonical JSON for a secret version, marked late where the fact came late.</summary>
    public ReadOnlyMemory<byte> Canonical(int secretVersion, bool late) => made.GetOrAdd((secretVersion, late), Make);

    private ReadOnlyMemory<byte> Make((int SecretVersion, bool Late) key) => Jcs.Canonicalize(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
    {
        hostname = options.Hostname,
        late = key.Late,
        region = options.Region,
        secret_version = key.SecretVersion,
        version = ProgramVersion,
    })));
}
