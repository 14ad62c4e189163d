using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access;

/// <summary>Hears of keys that another process revoked or limited. While nobody listens, <see cref="KnownApiKeys"/> trusts a row for a second and no longer.</summary>
internal sealed class HearRevocations(KnownApiKeys keys) : INotificationListener
{
    public string Channel => KnownApiKeys.Channel;

    public void Heard(string payload)
    {
        if (TypedId.TryParse<ApiKeyId>(payload, out var key))
        {
            keys.Forget(key);
        }
    }

    public void Reset() => keys.Clear();
}
