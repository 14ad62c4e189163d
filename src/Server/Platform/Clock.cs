using NodaTime;

namespace Cairn.Server.Platform;

/// <summary>The one source of "now". Ledger times have whole milliseconds, so that their text and the stored column are the same instant.</summary>
internal sealed class Clock(TimeProvider provider)
{
    public Instant Now => Instant.FromDateTimeOffset(provider.GetUtcNow());

    /// <summary>Now, cut to whole milliseconds.</summary>
    public Instant NowMilliseconds => Instant.FromUnixTimeMilliseconds(provider.GetUtcNow().ToUnixTimeMilliseconds());
}

/// <summary>Ids that sort by the time they were made.</summary>
internal static class NewId
{
    public static Guid Next() => Guid.CreateVersion7();
}
