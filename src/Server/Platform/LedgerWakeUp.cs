using System.Threading.Channels;
using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

/// <summary>
/// Tells the publisher of this process, and whoever else follows the logs, that a log grew. Only a hint: all of them also
/// sweep the heads, so a lost wake-up (another process appended, a crash) costs a second and nothing else.
/// </summary>
internal sealed class LedgerWakeUp
{
    private readonly Channel<CustomerId> grown = New();
    private volatile Channel<CustomerId>[] others = [];

    public ChannelReader<CustomerId> Grown => grown.Reader;

    /// <summary>A channel of its own for one more listener, who stays as long as the process.</summary>
    public ChannelReader<CustomerId> Subscribe()
    {
        var channel = New();
        lock (grown)
        {
            others = [.. others, channel];
        }

        return channel.Reader;
    }

    public void Wake(CustomerId customer)
    {
        grown.Writer.TryWrite(customer);
        foreach (var other in others)
        {
            other.Writer.TryWrite(customer);
        }
    }

    private static Channel<CustomerId> New() => Channel.CreateBounded<CustomerId>(
        new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
}
